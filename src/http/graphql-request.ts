import type { IncomingMessage } from 'node:http';
import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import { chooseAnswerType, GRAPHQL_RESPONSE_TYPE, JSON_TYPE } from './answer-type.js';
import { checkJsonBounds } from './json-bounds.js';
import { PREFLIGHTED_HEADERS } from './preflighted-headers.js';
import { RequestRefusal } from './request-refusal.js';
import { type DocumentStanding, nameDocument } from './trusted-documents/named-document.js';
import type { TrustedDocuments } from './trusted-documents/trusted-documents.js';

const METHODS = ['GET', 'POST'];

const LOOKED_AT = ['content-type', ...PREFLIGHTED_HEADERS];

const PARAMETERS = ['query', 'documentId', 'operationName', 'variables', 'extensions'];

/** A request in the form that Apollo takes, and how its document stands to the manifest. */
export interface GraphqlRequest {
  request: HTTPGraphQLRequest;
  standing: DocumentStanding;
  /** The text of the document; empty where only Apollo's cache may know it. */
  text: string;
}

/** Whether no operation of the document can write: the word has to stand there, in these letters, where one does. */
export const canOnlyRead = ({ text }: GraphqlRequest): boolean => text !== '' && !text.includes('mutation');

/** Refuses what is in no form that this API reads or writes, before the body is looked at. */
export function requireKnownForms({ method, headers, headersDistinct }: IncomingMessage): void {
  if (!METHODS.includes(method!))
    throw new RequestRefusal(405, 'Send GraphQL with POST, or a query with GET.', { allow: METHODS.join(', ') });
  if (!chooseAnswerType(headers.accept))
    throw new RequestRefusal(406, `The answer is ${JSON_TYPE} or ${GRAPHQL_RESPONSE_TYPE}; "accept" takes neither.`);
  // Node would take the first: a proxy in front may have looked at another.
  if ((headersDistinct['authorization'] ?? []).length > 1)
    throw new RequestRefusal(400, 'The request has more than one "authorization" header.', {
      'www-authenticate': 'Bearer error="invalid_request"',
    });
  if (method !== 'POST') return;
  const [type, ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.join(';').match(/(?:^|;)\s*charset\s*=\s*"?([^\s;"]*)/)?.[1] ?? 'utf-8';
  if (type!.trim() !== JSON_TYPE || !['utf-8', 'utf8'].includes(charset))
    throw new RequestRefusal(415, `Send a body of "content-type: ${JSON_TYPE}", in UTF-8.`, {
      'accept-post': JSON_TYPE,
    });
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity')
    throw new RequestRefusal(415, 'Send the body as it is, without "content-encoding".', {
      'accept-encoding': 'identity',
    });
}

/** The headers as Apollo takes them, as far as it looks at them, with the one type of answer that was chosen. */
export function readHeaders({ headers }: IncomingMessage): HeaderMap {
  const map = new HeaderMap();
  for (const name of LOOKED_AT) {
    const value = headers[name];
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  // Apollo would find out that it has no such answer when everything has run; and only who takes nothing newer is legacy.
  const { type, isLegacy } = chooseAnswerType(headers.accept)!;
  map.set('accept', isLegacy || type === GRAPHQL_RESPONSE_TYPE ? type : '*/*');
  return map;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestRefusal(400, text === '' ? 'The body is empty.' : 'The body is not valid JSON.');
  }
}

function readPost(sent: string, maximumParts: number, documents: TrustedDocuments) {
  checkJsonBounds(sent, maximumParts);
  const body = parseJson(sent);
  if (!isRecord(body)) throw new RequestRefusal(400, 'The body must be one JSON object: one operation per request.');
  const { query } = body;
  // Apollo would take one for another: it keeps documents by a hash that does not tell halves of characters apart.
  if (typeof query === 'string' && !query.isWellFormed())
    throw new RequestRefusal(400, 'The document must be well-formed Unicode, without lone surrogates.');
  const { standing, settled } = nameDocument(body, documents);
  return { standing, search: '', body: settled ? { ...body, ...settled } : body, text: settled?.query ?? query };
}

/** The parameters of an address, of which each stands there once and can be decoded. */
function parseSearch(search: string): URLSearchParams {
  try {
    decodeURIComponent(search);
  } catch {
    throw new RequestRefusal(400, 'The address is not in percent-encoded UTF-8.');
  }
  const parameters = new URLSearchParams(search);
  const repeated = PARAMETERS.find((name) => parameters.getAll(name).length > 1);
  if (repeated) throw new RequestRefusal(400, `The address has "${repeated}" more than once.`);
  return parameters;
}

/** Undefined also where it is no JSON: Apollo says so. */
function parseExtensions(parameters: URLSearchParams): unknown {
  try {
    return JSON.parse(parameters.get('extensions') ?? 'null');
  } catch {
    return undefined;
  }
}

function readGet(request: IncomingMessage, documents: TrustedDocuments) {
  const [, search = ''] = request.url!.split(/\?(.*)/s);
  const parameters = parseSearch(search);
  const extensions = parseExtensions(parameters);
  const { query, documentId } = Object.fromEntries(parameters);
  const { standing, settled } = nameDocument({ query, documentId, extensions }, documents);
  if (settled) parameters.set('query', settled.query);
  if (settled?.extensions) parameters.set('extensions', JSON.stringify(settled.extensions));
  return { standing, search: `?${parameters}`, body: '', text: settled?.query ?? query };
}

/** What a request says beyond its headers. */
export interface SentRequest {
  incoming: IncomingMessage;
  /** The body; empty where there is none. */
  sent: string;
  maximumParts: number;
}

/**
 * Reads one GraphQL request, and puts the text of a trusted document in place of its name.
 * @throws RequestRefusal when it is in no form that this API knows
 */
export function readGraphqlRequest(
  { incoming, sent, maximumParts }: SentRequest,
  documents: TrustedDocuments,
): GraphqlRequest {
  const read = incoming.method === 'POST' ? readPost(sent, maximumParts, documents) : readGet(incoming, documents);
  const { standing, search, body, text } = read;
  return {
    standing,
    request: { method: incoming.method!, headers: readHeaders(incoming), search, body },
    text: typeof text === 'string' ? text : '',
  };
}
