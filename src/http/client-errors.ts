import { randomUUID } from 'node:crypto';
import { maxHeaderSize, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Connections } from './connections.js';
import type { Logger } from './logger.js';
import { errorBody, sendError } from './send.js';

/** What Node calls it, with the status and what to say. */
const KNOWN: Record<string, [status: number, message: string]> = {
  HPE_HEADER_OVERFLOW: [431, `The headers have more than ${maxHeaderSize} bytes.`],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The chunks of the body have extensions that are too long.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive.'],
};

const OTHER: [status: number, message: string] = [400, 'This is not a valid HTTP request.'];

const CODE = 'BAD_USER_INPUT';

/** An answer without a request to answer to: all of it is written by hand. */
function writeAnswer(socket: Duplex, status: number, message: string, headers: ReadonlyMap<string, string>): void {
  const body = JSON.stringify(errorBody(message, CODE));
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...[...headers].map(([name, value]) => `${name}: ${value}`),
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

/** Answers in JSON what Node can make no request of, or only the beginning of one, and lets go of the connection. */
export function answerClientErrors(
  server: Server,
  connections: Connections,
  headers: ReadonlyMap<string, string>,
  log: Logger,
): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const [status, message] = KNOWN[error.code ?? ''] ?? OTHER;
    const [first, ...others] = connections.waiting(socket);
    if (!first) {
      const requestId = randomUUID();
      log.info({ requestId, status, reason: error.code }, 'no request');
      writeAnswer(socket, status, message, new Map([...headers, ['x-request-id', requestId]]));
    } else if (others.length === 0 && !first.headersSent && !first.req.complete) {
      first.setHeader('connection', 'close');
      sendError(first, status, message, CODE);
    } else {
      socket.destroy(); // answers are on their way that must not be mixed up with this one
    }
  });
}
