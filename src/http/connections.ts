import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Keeps track of which connections have a request in flight, so that a server that closes can let go of all others at
 * once: also of those that a client opened and never used, which Node itself would wait for.
 */
export class Connections {
  private readonly inFlight = new Map<Duplex, Set<ServerResponse>>();
  private closing = false;

  constructor(server: Server) {
    server.on('connection', (socket) => {
      this.inFlight.set(socket, new Set());
      socket.once('close', () => this.inFlight.delete(socket));
    });
  }

  /** A request has come whose answer this will be. */
  begin(response: ServerResponse): void {
    const socket = response.socket;
    const responses = socket && this.inFlight.get(socket);
    if (!responses) return;
    responses.add(response);
    response.once('close', () => {
      responses.delete(response);
      if (this.closing && responses.size === 0) socket.end();
    });
  }

  /** The answers that a connection still waits for, in the order of their requests. */
  waiting(socket: Duplex): readonly ServerResponse[] {
    return [...(this.inFlight.get(socket) ?? [])];
  }

  /** Lets go of every connection, of those with a request in flight once it is answered. */
  close(): void {
    this.closing = true;
    for (const [socket, responses] of this.inFlight) if (responses.size === 0) socket.destroy();
  }
}
