import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import type { DocumentBounds } from '../graphql/document-bounds.js';
import { brokenBoundError } from '../graphql/document-bounds-guard.js';
import { UnauthenticatedError } from '../graphql/errors.js';
import type { RequestHooks } from '../graphql/request-hooks.js';
import { ClientGoneError } from '../shared/client-gone.js';
import { ForeignCursorError } from '../shared/cursor.js';
import { NotPermittedError } from '../shared/not-permitted.js';
import { OutageError } from '../shared/outage.js';
import { ViewerErasedError } from '../shared/viewer-erased.js';
import type { Logger } from './logger.js';
import { OUTAGE_STATUS, RETRY_AFTER } from './outage-error.js';

const MASK = 'Something went wrong on our side. Give the incident id when you report it.';

/** Messages repeat a value that is wrong, however long it is. */
const LONGEST_MESSAGE = 1_000;

const shorten = (message: string): string =>
  message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE).toWellFormed()}…` : message;

/** What Apollo says to those who run a server, said to those who call it. */
function inOurWords(message: string): string {
  if (message.startsWith('GraphQL introspection is not allowed'))
    return 'The schema is not shown here. Whoever runs the service can allow it (INTROSPECTION), or hand it out as schema.graphql.';
  if (message.startsWith('This operation has been blocked as a potential'))
    return 'Any page could send such a request. Send one of the headers "authorization" or "apollo-require-preflight" with it.';
  if (message.startsWith('GraphQL operations must contain') || message.startsWith('POST body missing'))
    return 'Put the document into "query", or name it with "documentId".';
  return message;
}

/** Apollo's names for what is wrong with a call itself, which this API calls by one name. */
const MALFORMED = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
]);

/**
 * Whether an error without a code of its own is about the call: one that came up before anything ran, or an argument
 * that turned out to be of no use when its variables were known.
 */
function isCallersFault(error: unknown, code: string): boolean {
  if (code !== 'INTERNAL_SERVER_ERROR' || !(error instanceof GraphQLError)) return false;
  return error.originalError === undefined || /^Argument "/.test(error.message);
}

/** Whether the error is one that we throw on purpose, rather than a bug or a failure. */
function isExpected(error: GraphQLError): boolean {
  const cause = error.originalError;
  return (
    cause == null ||
    cause instanceof GraphQLError ||
    cause instanceof ForeignCursorError ||
    cause instanceof NotPermittedError ||
    cause instanceof OutageError ||
    cause instanceof ViewerErasedError ||
    cause instanceof ClientGoneError
  );
}

/** The HTTP status of a call that nothing could be answered of. */
function statusOfRefusal(errors: readonly GraphQLFormattedError[]): number {
  const codes = new Set(errors.map(({ extensions }) => extensions?.['code']));
  if (codes.has('INTERNAL_SERVER_ERROR')) return 500;
  if (codes.has('UNAUTHENTICATED')) return 401;
  if (codes.has('UNAVAILABLE')) return OUTAGE_STATUS.UNAVAILABLE;
  if (codes.has('TIMED_OUT')) return OUTAGE_STATUS.TIMED_OUT;
  return codes.has('FORBIDDEN') ? 403 : 400;
}

/** Statuses that an error asks for itself. */
const MEANT = new Set([401, 403, 405, 429, 503, 504]);

/** Where something could be answered the status is 200, so that no client throws it away for the sake of an error. */
export function statusHooks(): RequestHooks {
  return {
    async willSendResponse({ response: { body, http } }) {
      if (body.kind !== 'single' || !body.singleResult.errors) return;
      const { data, errors } = body.singleResult;
      const isRefusal = data == null || Object.values(data).every((value) => value === null);
      if (!isRefusal) http.status = undefined;
      else if (!MEANT.has(http.status!)) http.status = statusOfRefusal(errors);
      if (http.status === 503 && !http.headers.has('retry-after')) http.headers.set('retry-after', RETRY_AFTER);
    },
  };
}

/** Tells the log of outages, each once: what was lost to one may be asked for by many fields, and then end the request. */
export function outageHooks(log: Logger): RequestHooks {
  const told = new WeakSet<OutageError>();
  const tell = (outage: unknown, request: object): void => {
    if (!(outage instanceof OutageError) || told.has(outage)) return;
    told.add(outage);
    log.warn({ err: outage, code: outage.code, ...request }, 'the database does not answer');
  };
  return {
    async didEncounterErrors({ errors, contextValue: { requestId }, operationName }) {
      for (const { originalError } of errors) tell(originalError, { requestId, operationName });
    },
    async contextCreationDidFail({ error }) {
      tell(error instanceof GraphQLError ? error.originalError : error, {});
    },
  };
}

/** Tells the log, where it is asked for much, why somebody is not signed in: whoever set up the sign-in can see what is missing. */
export function signInHooks(log: Logger): RequestHooks {
  return {
    async didEncounterErrors({ errors, contextValue: { requestId } }) {
      const refusal = errors.find((error) => error instanceof UnauthenticatedError);
      if (refusal) log.debug({ reason: refusal.reason, requestId }, 'not signed in');
    },
    async contextCreationDidFail({ error }) {
      if (error instanceof UnauthenticatedError) log.debug({ reason: error.reason }, 'not signed in');
    },
  };
}

/** The field of the schema that an error came up at: the path has aliases, which may be anything. */
const fieldOf = ({ nodes }: GraphQLError): string | undefined => {
  const [node] = nodes ?? [];
  return node?.kind === Kind.FIELD ? node.name.value : undefined;
};

/** Gives each unexpected error an incident id, and tells the log what it was. */
export function incidentHooks(log: Logger): RequestHooks {
  return {
    async didEncounterErrors({ errors, contextValue, operationName }) {
      for (const error of errors.filter((candidate) => !isExpected(candidate))) {
        const incidentId = randomUUID();
        error.extensions['incidentId'] = incidentId;
        const { requestId } = contextValue;
        log.error(
          { err: error.originalError, incidentId, requestId, operationName, field: fieldOf(error) },
          'unexpected error',
        );
      }
    },
  };
}

/** Turns errors into what clients see: the codes of this API, and nothing of the inside. */
export function maskErrors(
  log: Logger,
  bounds: DocumentBounds,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  const tooLarge = (bound: keyof DocumentBounds): GraphQLFormattedError => {
    const { message, extensions } = brokenBoundError(bound, bounds[bound]);
    const { http: _, ...shown } = extensions;
    return { message, extensions: shown };
  };
  return (formatted, error) => {
    const { message, locations, path } = formatted;
    const { stacktrace: _, ...extensions } = formatted.extensions ?? {};
    const place = { ...(locations && { locations }), ...(path && { path }) };
    const cause = error instanceof GraphQLError ? error.originalError : error;
    if (cause instanceof ForeignCursorError) {
      return { message, ...place, extensions: { code: 'BAD_USER_INPUT', inputPath: [cause.argument] } };
    }
    if (cause instanceof NotPermittedError) return { message, ...place, extensions: { code: 'FORBIDDEN' } };
    if (cause instanceof OutageError) return { message, ...place, extensions: { code: cause.code } };
    if (cause instanceof ViewerErasedError) return { message, ...place, extensions: { code: 'UNAUTHENTICATED' } };
    if (cause instanceof ClientGoneError) return { message, ...place, extensions: { code: 'CLIENT_GONE' } };
    const code = String(extensions['code'] ?? 'INTERNAL_SERVER_ERROR');
    // What parsing or validating a document thousands of levels deep ends in.
    const isTooDeep = path === undefined && message === 'Maximum call stack size exceeded';
    if (isTooDeep) return tooLarge('depth');
    if (path === undefined && message.startsWith('Syntax Error: Document contains more')) return tooLarge('tokens');
    if (MALFORMED.has(code) || isCallersFault(error, code))
      return { message: shorten(inOurWords(message)), ...place, extensions: { ...extensions, code: 'BAD_USER_INPUT' } };
    if (code !== 'INTERNAL_SERVER_ERROR') return { message: shorten(message), ...place, extensions };
    const incidentId = extensions['incidentId'] ?? reportIncident(log, cause ?? error);
    return { message: MASK, ...place, extensions: { code, incidentId } };
  };
}

/** An error that no request was there for yet, such as a sign-in that could not ask the database. */
function reportIncident(log: Logger, error: unknown): string {
  const incidentId = randomUUID();
  log.error({ err: error, incidentId }, 'unexpected error');
  return incidentId;
}
