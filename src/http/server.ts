import { randomUUID } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerClientErrors } from './client-errors.js';
import { signalWhenGone, wentAway } from './client-gone.js';
import { Connections } from './connections.js';
import type { CrossOrigin } from './cross-origin.js';
import type { ExplorerPage } from './explorer-page.js';
import type { Asker, GraphqlEndpoint } from './graphql-endpoint.js';
import type { Logger } from './logger.js';
import { RequestRefusal } from './request-refusal.js';
import type { RequestTimeouts } from './request-timeouts.js';
import { sendError, sendJson } from './send.js';
import type { KeySetState } from './sign-in/key-set.js';

/** A request for GraphQL, before it is known who asks. */
export interface AskedRequest {
  requestId: string;
  request: IncomingMessage;
  /** Aborted when the client goes away before it was answered. */
  gone: AbortSignal;
}

export interface ServerParts {
  graphql: GraphqlEndpoint;
  askerOf(asked: AskedRequest): Asker;
  /** What every answer carries. */
  headers: ReadonlyMap<string, string>;
  /** Which pages of other origins may call. */
  crossOrigin: CrossOrigin;
  timeouts: RequestTimeouts;
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

/** What the log calls a request that nobody waited for, as others do, too. */
const CLIENT_GONE = 499;

const REQUEST_ID = /^[\w.-]{1,100}$/;

/** The id that a proxy gave the request, or a new one. */
function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

const PATHS = new Set(['/', '/graphql', '/health/live', '/health/ready', '/development/eyes']);

/** Paths are logged as far as they are ours: what else somebody puts there may be anything. */
const loggedPath = (pathname: string): string => (PATHS.has(pathname) ? pathname : 'another');

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
    const status = wentAway(response) ? CLIENT_GONE : response.statusCode;
    const line = { requestId, method: request.method, path: loggedPath(pathname), status, milliseconds };
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
  const { log, explorer } = parts;
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

  const pages = new Map<string, (response: ServerResponse) => unknown>([
    ['/health/live', (response) => sendJson(response, 200, { status: 'live' })],
    ['/health/ready', answerReadiness],
  ]);
  const { listEyes } = parts;
  if (listEyes) pages.set('/development/eyes', async (response) => sendJson(response, 200, await listEyes()));

  async function route(request: IncomingMessage, response: ServerResponse, pathname: string, requestId: string) {
    if (request.headers.host === undefined && request.httpVersion === '1.1')
      throw new RequestRefusal(400, 'The request has no "host" header.');
    if (pathname === '/graphql') {
      if (parts.crossOrigin(request, response)) return;
      const gone = signalWhenGone(response);
      return parts.graphql.answer(request, response, parts.askerOf({ requestId, request, gone }));
    }
    const page = pages.get(pathname) ?? explorer?.find(pathname);
    if (!page) return sendError(response, 404, 'There is nothing here. GraphQL is at /graphql.', 'NOT_FOUND');
    if (request.method !== 'GET' && request.method !== 'HEAD')
      throw new RequestRefusal(405, 'This can only be read, with GET.', { allow: 'GET, HEAD' });
    await page(response);
  }

  function answerFailure(error: unknown, response: ServerResponse, requestId: string): void {
    if (response.headersSent || response.destroyed) {
      response.destroy();
    } else if (error instanceof RequestRefusal) {
      // The connection stays: ended with a body half read, it would take the answer down with it.
      for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
      sendError(response, error.status, error.message, 'BAD_USER_INPUT');
    } else {
      const incidentId = randomUUID();
      log.error({ err: error, requestId, incidentId }, 'unexpected error');
      const message = 'Something went wrong on our side. Give the incident id when you report it.';
      sendJson(response, 500, { errors: [{ message, extensions: { code: 'INTERNAL_SERVER_ERROR', incidentId } }] });
    }
  }

  const { timeouts } = parts;
  const options = {
    headersTimeout: timeouts.headers,
    requestTimeout: timeouts.whole,
    connectionsCheckingInterval: timeouts.check,
    requireHostHeader: false, // Node would answer with nothing but a status
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const requestId = requestIdOf(request);
    const pathname = request.url!.split('?', 1)[0]!;
    for (const [name, value] of parts.headers) response.setHeader(name, value);
    response.setHeader('x-request-id', requestId);
    connections.begin(response);
    if (closing) response.setHeader('connection', 'close');
    logWhenDone(log, requestId, request, pathname, response);
    try {
      await route(request, response, pathname, requestId);
    } catch (error) {
      answerFailure(error, response, requestId);
    }
  };
  const server = http.createServer(options, answer);
  // Who expects something unheard of gets an answer, too: Node would refuse with nothing but a status.
  server.on('checkExpectation', answer);

  const connections = new Connections(server);
  answerClientErrors(server, connections, parts.headers, log);
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
