import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { TokenClaims } from '../../../src/http/sign-in/development-token.js';
import { ALLY, type GraphqlAnswer, HR_ADMIN, HRIS, startTestService, type TestService } from '../../support/service.js';
import { statementsOf } from '../../support/statement-counter.js';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

const TRUSTED = 'query Trusted { me { permissions } }';
const NAMED = 'query Named { me { __typename } }';
const OTHER = 'query Other { me { permissions __typename } }';

const lines: Record<string, unknown>[] = [];
const log = pino(
  { base: null },
  new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  }),
);

let service: TestService;
beforeAll(async () => {
  service = await startTestService({
    log,
    trustedDocuments: new Map([
      [hash(TRUSTED), TRUSTED],
      ['release-7:named', NAMED],
    ]),
    documentModes: { employee: 'only', hr_admin: 'prefer', hris: 'all' },
  });
});
afterAll(() => service.close());
beforeEach(() => {
  lines.length = 0;
});

/** By their modes. */
const CALLERS: Record<'all' | 'prefer' | 'only', TokenClaims> = { all: HRIS, prefer: HR_ADMIN, only: ALLY };

type Parameters = Record<string, unknown>;

async function headersOf(as: TokenClaims | null) {
  return {
    'content-type': 'application/json',
    'x-request-id': 'request-7',
    ...(as && { authorization: `Bearer ${await service.token(as)}` }),
  };
}

async function read(response: Response) {
  const { data, errors } = (await response.json()) as Pick<GraphqlAnswer, 'data' | 'errors'>;
  return { status: response.status, code: errors?.[0]?.extensions['code'], data };
}

const post = async (parameters: Parameters, as: TokenClaims | null) =>
  read(
    await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: await headersOf(as),
      body: JSON.stringify(parameters),
    }),
  );

async function get(parameters: Parameters, as: TokenClaims | null) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    search.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  return read(await fetch(`${service.url}/graphql?${search}`, { headers: await headersOf(as) }));
}

const byHash = (sha256Hash: unknown) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });

const WAYS: [string, Parameters][] = [
  ['its text', { query: TRUSTED }],
  ['its hash', byHash(hash(TRUSTED))],
  ['its hash and its text', { query: TRUSTED, ...byHash(hash(TRUSTED)) }],
  ['its id', { documentId: hash(TRUSTED) }],
  ['an id that is no hash', { documentId: 'release-7:named' }],
  ['an id that is no hash, in the protocol of Apollo', byHash('release-7:named')],
  ['the hash of a text whose id is another', byHash(hash(NAMED))],
  ['the hash and the text of one whose id is another', { query: NAMED, ...byHash(hash(NAMED)) }],
];

describe.each(['all', 'prefer', 'only'] as const)('in the mode %s', (mode) => {
  const as = CALLERS[mode];

  test.each(WAYS)('a document of the manifest runs, named by %s', async (_, parameters) => {
    for (const send of [post, get]) {
      expect(await send(parameters, as)).toMatchObject({ status: 200, code: undefined, data: { me: {} } });
    }
    expect(lines.some(({ msg }) => msg === 'document is not in the manifest')).toBe(false);
  });

  test('an id that nothing has is refused', async () => {
    const code = mode === 'only' ? 'DOCUMENT_NOT_TRUSTED' : 'PERSISTED_QUERY_NOT_FOUND';
    for (const send of [post, get]) {
      expect(await send({ documentId: hash('nothing') }, as)).toEqual({ status: 400, code, data: undefined });
      expect(await send(byHash(hash('nothing')), as)).toEqual({ status: 400, code, data: undefined });
    }
  });

  test.each<[string, Parameters]>([
    ['an id beside a text', { documentId: hash(TRUSTED), query: TRUSTED }],
    ['an id beside a hash', { documentId: hash(TRUSTED), ...byHash(hash(TRUSTED)) }],
    ['a hash of another text', { query: TRUSTED, ...byHash(hash(OTHER)) }],
  ])('%s is refused, as it could mean two things', async (_, parameters) => {
    for (const send of [post, get])
      expect(await send(parameters, as)).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
  });

  test.each<[string, Parameters]>([
    ['an id that is no text', { documentId: [hash(TRUSTED)] }],
    ['a hash that is a list', byHash([hash(TRUSTED)])],
    ['a hash that is missing', { extensions: { persistedQuery: { version: 1 } } }],
    ['a hash in no object', { extensions: { persistedQuery: hash(TRUSTED) } }],
    ['no document at all', { operationName: 'Trusted' }],
    ['a text that is none', { query: { text: TRUSTED } }],
  ])('%s is refused', async (_, parameters) => {
    expect(await post(parameters, as)).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
  });
});

describe.each(['all', 'prefer'] as const)('a document that is not in the manifest, in the mode %s', (mode) => {
  const as = CALLERS[mode];

  test('runs by its text', async () => {
    expect(await post({ query: OTHER }, as)).toMatchObject({ status: 200, data: { me: {} } });
    expect(await get({ query: OTHER }, as)).toMatchObject({ status: 200, data: { me: {} } });
  });

  test('can be registered, and then runs by its hash', async () => {
    const text = `query Registered { me { permissions } } # ${mode}`;
    expect(await post(byHash(hash(text)), as)).toMatchObject({ status: 400, code: 'PERSISTED_QUERY_NOT_FOUND' });
    expect(await post({ query: text, ...byHash(hash(text)) }, as)).toMatchObject({ status: 200 });
    for (const send of [post, get])
      expect(await send(byHash(hash(text)), as)).toMatchObject({ status: 200, data: { me: {} } });
  });
});

describe('a document that is not in the manifest, in the mode prefer', () => {
  const entries = () => lines.filter(({ msg }) => msg === 'document is not in the manifest');
  const withSecret =
    'query Other($search: String) { skills(search: $search) { nodes { id } } roles(first: 1) { nodes { id } } }';

  test('is in the log by its name and hash, without text and variables', async () => {
    await post({ query: withSecret, variables: { search: 'a secret' } }, CALLERS.prefer);
    expect(entries()).toMatchObject([
      { level: 40, requestId: 'request-7', operationName: 'Other', documentHash: hash(withSecret) },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/a secret|skills|nodes/);
  });

  test('is in the log also when it is known by its hash', async () => {
    await post({ query: OTHER, ...byHash(hash(OTHER)) }, CALLERS.prefer);
    await post(byHash(hash(OTHER)), CALLERS.prefer);
    expect(entries().map(({ documentHash }) => documentHash)).toEqual([hash(OTHER), hash(OTHER)]);
  });

  test('is not in the log in the mode all', async () => {
    await post({ query: OTHER }, CALLERS.all);
    expect(entries()).toEqual([]);
  });
});

describe('a document that is not in the manifest, in the mode only', () => {
  const refused = { status: 400, code: 'DOCUMENT_NOT_TRUSTED', data: undefined };

  test.each<[string, Parameters]>([
    ['by its text', { query: OTHER }],
    ['by a text that differs in a blank', { query: `${TRUSTED} ` }],
    ['by a text that does not parse', { query: '{ me {' }],
    ['by its text and hash', { query: OTHER, ...byHash(hash(OTHER)) }],
    ['by its text and the hash of a trusted one', { query: OTHER, ...byHash(hash(TRUSTED)) }],
  ])('is refused %s', async (_, parameters) => {
    for (const send of [post, get]) {
      const statements = await statementsOf(async () => expect(await send(parameters, CALLERS.only)).toEqual(refused));
      expect(statements).toHaveLength(1); // who asks
    }
  });

  test('is refused when somebody else has registered it', async () => {
    expect(await post({ query: OTHER, ...byHash(hash(OTHER)) }, CALLERS.all)).toMatchObject({ status: 200 });
    expect(await post(byHash(hash(OTHER)), CALLERS.all)).toMatchObject({ status: 200 });
    for (const send of [post, get]) expect(await send(byHash(hash(OTHER)), CALLERS.only)).toEqual(refused);
    expect(await post(byHash([hash(OTHER)]), CALLERS.only)).toMatchObject({ status: 400, data: undefined });
  });

  test('is not registered by being refused', async () => {
    const text = 'query Hopeful { me { permissions } }';
    expect(await post({ query: text, ...byHash(hash(text)) }, CALLERS.only)).toEqual(refused);
    expect(await post(byHash(hash(text)), CALLERS.all)).toMatchObject({ code: 'PERSISTED_QUERY_NOT_FOUND' });
  });

  test('is refused to those without a sign-in as to people; a token of no use is told of first', async () => {
    expect(await post({ query: OTHER }, null)).toEqual(refused);
    expect(await post({ query: TRUSTED }, null)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(await post({ query: OTHER }, { employee: 'nobody.known', roles: [] })).toMatchObject({ status: 401 });
  });
});

test('a mutation of the manifest does not run with GET', async () => {
  const text = 'mutation M { updatePlanPolicy(input: { expectedVersion: 1 }) { userErrors { code } } }';
  const own = await startTestService({ trustedDocuments: new Map([['m', text]]) });
  const response = await fetch(`${own.url}/graphql?documentId=m`, {
    headers: { authorization: `Bearer ${await own.token(HR_ADMIN)}` },
  });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('POST');
  await own.close();
});

test('refusals count for the rate limit', async () => {
  const own = await startTestService({
    trustedDocuments: new Map([['t', TRUSTED]]),
    documentModes: { employee: 'only' },
    rateLimit: { employee: 1_000, service: 1_000, store: 'memory' },
  });
  const codes = [];
  for (let count = 0; count < 7; count += 1) codes.push((await own.ask(OTHER)).errors![0]!.extensions['code']);
  expect(codes).toEqual([...Array(5).fill('DOCUMENT_NOT_TRUSTED'), ...Array(2).fill('RATE_LIMITED')]);
  await own.close();
});

test('without a manifest the protocol of Apollo works for everybody', async () => {
  const own = await startTestService();
  const send = async (parameters: object) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await own.token(ALLY)}` };
    return read(await fetch(`${own.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(parameters) }));
  };
  expect(await send(byHash(hash(OTHER)))).toMatchObject({ status: 400, code: 'PERSISTED_QUERY_NOT_FOUND' });
  expect(await send({ query: OTHER, ...byHash(hash(OTHER)) })).toMatchObject({ status: 200 });
  expect(await send(byHash(hash(OTHER)))).toMatchObject({ status: 200 });
  expect(await send({ documentId: hash(OTHER) })).toMatchObject({ status: 400, code: 'PERSISTED_QUERY_NOT_FOUND' });
  await own.close();
});
