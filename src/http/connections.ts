import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** How long a request that is on its way may take to come whole when the server closes, in milliseconds. */
const HALF_SENT_PATIENCE = 1_000;

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

  /**
   * Lets go of every connection, of those with a request in flight once it is answered; of those whose request has still not
   * come whole a moment later, too.
   */
  close(): void {
    this.closing = true;
    for (const [socket, responses] of this.inFlight) {
      if (responses.size === 0) socket.destroy();
      // The client is not to send another request into a connection that is about to end.
      for (const response of responses) if (!response.headersSent) response.setHeader('connection', 'close');
    }
    setTimeout(() => {
      for (const [socket, responses] of this.inFlight)
        if ([...responses].some(({ req }) => !req.complete)) socket.destroy();
    }, HALF_SENT_PATIENCE).unref();
  }
}
