import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ALLY, copyTestService, startTestService, type TestService } from '../support/service.js';
import { statementsOf } from '../support/statement-counter.js';

const ORIGIN = 'https://careers.example.com';

let service: TestService;
let closed: TestService;
let authorization: string;
beforeAll(async () => {
  service = await startTestService({
    explorer: true,
    corsOrigins: [ORIGIN, 'http://localhost:5173'],
    rateLimit: { employee: 5_000, service: 1e9, store: 'memory' },
  });
  closed = await copyTestService(service);
  authorization = `Bearer ${await service.token(ALLY)}`;
});
afterAll(async () => {
  await closed.close();
  await service.close();
});

const ofCors = (headers: Headers) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary'));

async function ask(path: string, init: RequestInit, url = service.url) {
  const response = await fetch(`${url}${path}`, init);
  await response.arrayBuffer();
  return { status: response.status, headers: ofCors(response.headers) };
}

const preflight = (origin: string) => ({
  method: 'OPTIONS',
  headers: {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,content-type',
  },
});

describe('a page of an origin that is set', () => {
  test.each([ORIGIN, 'http://localhost:5173'])('may ask whether it may call: %s', async (origin) => {
    const statements = await statementsOf(async () => {
      expect(await ask('/graphql', preflight(origin))).toEqual({
        status: 204,
        headers: {
          'access-control-allow-origin': origin,
          'access-control-allow-methods': 'GET,POST',
          'access-control-allow-headers': 'authorization,content-type,x-request-id,apollo-require-preflight',
          'access-control-expose-headers': 'x-request-id,retry-after',
          'access-control-max-age': '3600',
          vary: 'Origin',
        },
      });
    });
    expect(statements).toEqual([]);
  });

  const json = { origin: ORIGIN, 'content-type': 'application/json' };
  const body = '{"query":"{ me { permissions } }"}';
  const readable = {
    'access-control-allow-origin': ORIGIN,
    'access-control-expose-headers': 'x-request-id,retry-after',
    vary: 'Origin',
  };

  test('may read the answer', async () => {
    const answer = await ask('/graphql', { method: 'POST', headers: { ...json, authorization }, body });
    expect(answer).toEqual({ status: 200, headers: readable });
  });

  test.each<[number, RequestInit]>([
    [401, { method: 'POST', headers: json, body }],
    [400, { method: 'POST', headers: json, body: '{' }],
    [413, { method: 'POST', headers: json, body: 'x'.repeat(1_000_001) }],
    [415, { method: 'POST', headers: { ...json, 'content-type': 'text/plain' }, body }],
    [405, { method: 'PUT', headers: json }],
  ])('may read why it was refused with %d', async (status, init) => {
    expect(await ask('/graphql', init)).toEqual({ status, headers: readable });
  });

  test('may read that it has asked for too much, and when to come again', async () => {
    const headers = {
      ...json,
      authorization: `Bearer ${await service.token({ employee: 'morgan.summit', roles: [] })}`,
    };
    const dear = '{"query":"{ employees(first: 100) { nodes { reports(first: 100) { nodes { id } } } } }"}';
    expect(await ask('/graphql', { method: 'POST', headers, body: dear })).toEqual({ status: 429, headers: readable });
  });

  test('has no business outside of GraphQL', async () => {
    for (const path of ['/', '/health/live', '/development/eyes', '/nothing'])
      expect((await ask(path, { headers: { origin: ORIGIN } })).headers).toEqual({});
  });
});

test.each([
  'https://evil.example',
  `${ORIGIN}.evil.example`,
  'http://careers.example.com',
  'https://careers.example.com:8443',
  'https://CAREERS.example.com',
  'null',
])('a page of another origin may not read: %s', async (origin) => {
  expect((await ask('/graphql', preflight(origin))).headers).not.toHaveProperty('access-control-allow-origin');
  const get = await ask('/graphql?query={__typename}', { headers: { origin, authorization } });
  expect(get.headers).not.toHaveProperty('access-control-allow-origin');
  expect(get.headers['vary']).toBe('Origin');
});

test('nobody is told to send cookies', async () => {
  expect((await ask('/graphql', preflight(ORIGIN))).headers).not.toHaveProperty('access-control-allow-credentials');
});

test('where no origin is set nothing is said of origins', async () => {
  expect(await ask('/graphql', preflight(ORIGIN), closed.url)).toEqual({ status: 405, headers: {} });
  const query = '/graphql?query={__typename}';
  const answer = await ask(query, { headers: { origin: ORIGIN, 'apollo-require-preflight': '1' } }, closed.url);
  expect(answer).toEqual({ status: 200, headers: {} });
});
