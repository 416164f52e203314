import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sendRaw } from '../support/raw-request.js';
import { ALLY, copyTestService, startTestService, type TestService } from '../support/service.js';

let service: TestService;
let production: TestService;
beforeAll(async () => {
  service = await startTestService({ explorer: true });
  production = await copyTestService(service, { production: true });
});
afterAll(async () => {
  await production.close();
  await service.close();
});

const JSON_BODY = { method: 'POST', headers: { 'content-type': 'application/json' } };

const UNKNOWN_HASH = '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"abc"}}}';

const ANSWERS: [string, string, RequestInit, number][] = [
  ['an answer', '/graphql', { ...JSON_BODY, body: '{"query":"{ __typename }"}' }, 200],
  ['a refusal of GraphQL', '/graphql', { ...JSON_BODY, body: '{"query":"{ me { permissions } }"}' }, 401],
  ['an id that nobody knows', '/graphql', { ...JSON_BODY, body: '{"documentId":"x"}' }, 400],
  ['a hash that nobody knows', '/graphql', { ...JSON_BODY, body: UNKNOWN_HASH }, 400],
  ['a body that is no JSON', '/graphql', { ...JSON_BODY, body: '{' }, 400],
  ['a body that is too long', '/graphql', { ...JSON_BODY, body: 'x'.repeat(1_000_001) }, 413],
  ['a method that there is not', '/graphql', { method: 'PUT' }, 405],
  ['a path that there is not', '/nothing', {}, 404],
  ['health', '/health/ready', {}, 200],
];

const EXPECTED = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

describe.each(['development', 'production'])('in %s', (mode) => {
  const ofMode = () => (mode === 'production' ? production : service);

  /** HTTPS is insisted on where there is HTTPS. */
  function check(headers: Headers) {
    expect(Object.fromEntries(headers)).toMatchObject(EXPECTED);
    expect(headers.get('strict-transport-security')).toBe(mode === 'production' ? 'max-age=31536000' : null);
    expect(headers.has('x-powered-by')).toBe(false);
  }

  test.each(ANSWERS)('%s carries the security headers', async (_, path, init, status) => {
    const response = await fetch(`${ofMode().url}${path}`, init);
    await response.arrayBuffer();
    expect(response.status).toBe(status);
    check(response.headers);
  });

  test('so does what answers no request', async () => {
    check((await sendRaw(ofMode().url, 'Good morning\r\n\r\n')).headers);
  });

  test('so does an answer to somebody', async () => {
    check((await ofMode().ask('{ me { permissions } }', {}, ALLY)).headers);
  });
});

test('the explorer keeps a policy of its own', async () => {
  const { headers } = await fetch(service.url);
  expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cache-control')).toBe('no-cache');
});
