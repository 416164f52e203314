import type { KeepingConnection } from './kept-statements.js';

/** What pg does not publish of its connection: the messages of the protocol, as far as they are sent from here. */
export interface ProtocolConnection extends KeepingConnection {
  stream: { cork(): void; uncork(): void };
  parse(message: { name: string; text: string }): void;
  bind(message: { portal: string; statement: string; values: readonly unknown[] }): void;
  describe(message: { type: 'P'; name: string }): void;
  execute(message: { portal: string; rows: number }): void;
  sync(): void;
  sendCopyFail(reason: string): void;
}
