import type { Identifier } from './identifier.js';

/** How a token names somebody, as Postgres looks for it, and who that was the last time. */
export interface RememberedEmployee {
  employeeId: Identifier;
  match: string;
  value: string;
}

/**
 * Whether somebody who is remembered is still who the token names. Postgres says so before it reads anything in their name.
 * See docs/adr/0019.
 */
export class ViewerConfirmation {
  private state: 'OPEN' | 'CONFIRMED' | 'REFUTED' = 'OPEN';
  /** Why a statement that was to confirm it did not; undefined where none was sent, or none failed. */
  failure: unknown;

  constructor(readonly remembered: RememberedEmployee) {}

  get isOpen(): boolean {
    return this.state === 'OPEN';
  }

  get isRefuted(): boolean {
    return this.state === 'REFUTED';
  }

  confirm(): void {
    if (this.isOpen) this.state = 'CONFIRMED';
  }

  fail(error: unknown): void {
    if (this.isOpen) this.failure ??= error;
  }

  /** For good, also where another statement was a moment earlier, and confirmed it. */
  refute(): void {
    this.state = 'REFUTED';
  }
}
