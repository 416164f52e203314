import { randomUUID } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApolloServer } from '@apollo/server';
import type { RequestContext } from '../graphql/context.js';
import { Connections } from './connections.js';
import type { ExplorerPage } from './explorer-page.js';
import { answerGraphql } from './graphql-endpoint.js';
import type { Logger } from './logger.js';
import { RequestRefusal } from './request-body.js';
import { sendError, sendJson } from './send.js';
import type { KeySetState } from './sign-in/key-set.js';

export interface ServerParts {
  apollo: ApolloServer<RequestContext>;
  createContext(requestId: string, request: IncomingMessage): Promise<RequestContext>;
  /** Throws when the database does not answer. */
  checkDatabase(): Promise<void>;
  /** How it stands with the keys that tokens are checked with; null where there is no identity provider. */
  signInState(): KeySetState | null;
  log: Logger;
  /** Only in development. */
  explorer?: ExplorerPage;
  /** Only in development: through whose eyes the explorer can look. */
  listEyes?(): Promise<object[]>;
}

export interface RunningServer {
  url: string;
  /** Takes no new requests, lets those in flight finish, then resolves. */
  close(): Promise<void>;
}

const REQUEST_ID = /^[\w.-]{1,100}$/;

/** The id that a proxy gave the request, or a new one. */
function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

function logWhenDone(
  log: Logger,
  requestId: string,
  request: IncomingMessage,
  pathname: string,
  response: ServerResponse,
): void {
  const start = performance.now();
  response.once('close', () => {
    const milliseconds = Math.round((performance.now() - start) * 10) / 10;
    const line = { requestId, method: request.method, path: pathname, status: response.statusCode, milliseconds };
    if (pathname.startsWith('/health')) log.debug(line, 'request');
    else log.info(line, 'request');
  });
}

/** What to do about an address that cannot be listened on. */
function explainListenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new Error(`Port ${port} is taken (PORT). Choose another, such as PORT=${port + 1}.`);
  return new Error(`The service cannot listen on ${host}:${port} (HOST, PORT): ${error.message}`);
}

/** Starts the HTTP server: GraphQL, health and, in development, the explorer. */
export async function startServer(parts: ServerParts, host: string, port: number): Promise<RunningServer> {
  const { apollo, log, explorer } = parts;
  let closing = false;

  async function answerReadiness(response: ServerResponse): Promise<void> {
    if (closing) return sendJson(response, 503, { status: 'stopping' });
    try {
      await parts.checkDatabase();
    } catch (error) {
      log.warn({ err: error }, 'not ready');
      return sendJson(response, 503, { status: 'the database does not answer' });
    }
    const signIn = parts.signInState();
    if (signIn && !signIn.isUsable) return sendJson(response, 503, { status: 'the identity provider does not answer' });
    const outage = signIn?.failingSince;
    const note = outage && `the identity provider has not answered since ${outage.toISOString()}; known keys stay good`;
    sendJson(response, 200, { status: 'ready', ...(note && { signIn: note }) });
  }

  async function route(request: IncomingMessage, response: ServerResponse, pathname: string, requestId: string) {
    if (pathname === '/graphql') {
      return answerGraphql(apollo, request, response, () => parts.createContext(requestId, request));
    }
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isRead && pathname === '/health/live') return sendJson(response, 200, { status: 'live' });
    if (isRead && pathname === '/health/ready') return answerReadiness(response);
    if (isRead && pathname === '/development/eyes' && parts.listEyes)
      return sendJson(response, 200, await parts.listEyes());
    if (isRead && explorer?.serve(pathname, response)) return;
    sendError(response, 404, 'There is nothing here. GraphQL is at /graphql.', 'NOT_FOUND');
  }

  const server = http.createServer(async (request, response) => {
    const requestId = requestIdOf(request);
    const pathname = request.url!.split('?', 1)[0]!;
    response.setHeader('x-request-id', requestId);
    connections.begin(response);
    if (closing) response.setHeader('connection', 'close');
    logWhenDone(log, requestId, request, pathname, response);
    try {
      await route(request, response, pathname, requestId);
    } catch (error) {
      if (response.headersSent || response.destroyed) {
        response.destroy();
      } else if (error instanceof RequestRefusal) {
        response.setHeader('connection', 'close'); // the rest of the body is not read
        sendError(response, error.status, error.message, 'BAD_USER_INPUT');
      } else {
        const incidentId = randomUUID();
        log.error({ err: error, requestId, incidentId }, 'unexpected error');
        const message = 'Something went wrong on our side. Give the incident id when you report it.';
        sendJson(response, 500, { errors: [{ message, extensions: { code: 'INTERNAL_SERVER_ERROR', incidentId } }] });
      }
    }
  });

  const connections = new Connections(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explainListenError(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        closing = true;
        server.close(() => resolve());
        connections.close();
      }),
  };
}
