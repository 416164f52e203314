import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Keeps track of which connections have a request in flight, so that a server that closes can let go of all others at
 * once: also of those that a client opened and never used, which Node itself would wait for.
 */
export class Connections {
  private readonly inFlight = new Map<Socket, number>();
  private closing = false;

  constructor(server: Server) {
    server.on('connection', (socket) => {
      this.inFlight.set(socket, 0);
      socket.once('close', () => this.inFlight.delete(socket));
    });
  }

  /** A request has come whose answer this will be. */
  begin(response: ServerResponse): void {
    const socket = response.socket;
    if (!socket) return;
    this.inFlight.set(socket, (this.inFlight.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (this.inFlight.get(socket) ?? 1) - 1;
      if (this.inFlight.has(socket)) this.inFlight.set(socket, left);
      if (this.closing && left === 0) socket.end();
    });
  }

  /** Lets go of every connection, of those with a request in flight once it is answered. */
  close(): void {
    this.closing = true;
    for (const [socket, requests] of this.inFlight) if (requests === 0) socket.destroy();
  }
}
