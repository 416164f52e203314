import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ALLY, startTestService, type TestService } from '../support/service.js';
import { statementsOf } from '../support/statement-counter.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

const QUERY = '{ __typename me { permissions } }';
const JSON_TEXT = JSON.stringify({ query: QUERY });
const search = `?query=${encodeURIComponent(QUERY)}`;
const multipart = () => {
  const form = new FormData();
  form.set('query', QUERY);
  return form;
};

/** Sends as a page of another site can without being asked whether it may. */
async function send(path: string, init: RequestInit) {
  let answer: { status: number; body: unknown } | undefined;
  const statements = await statementsOf(async () => {
    const headers = { ...(init.headers as Record<string, string>), origin: 'https://evil.example' };
    const response = await fetch(`${service.url}/graphql${path}`, { ...init, headers });
    answer = { status: response.status, body: await response.json() };
  });
  return { ...answer!, statements };
}

test.each<[string, string, RequestInit, number]>([
  ['a form', '', { method: 'POST', body: new URLSearchParams({ query: QUERY }) }, 415],
  ['a form with files', '', { method: 'POST', body: multipart() }, 415],
  ['JSON that says it is text', '', { method: 'POST', body: JSON_TEXT }, 415],
  ['JSON of no type', '', { method: 'POST', body: new Blob([JSON_TEXT]) }, 415],
  ['a form to an address with a query', search, { method: 'POST', body: new URLSearchParams({ a: 'b' }) }, 415],
  ['a link', search, {}, 400],
  ['a link that accepts JSON', search, { headers: { accept: 'application/json' } }, 400],
  ['a link with a type that needs no question', search, { headers: { 'content-type': 'text/plain' } }, 400],
  ['a link with an empty header', search, { headers: { 'apollo-require-preflight': '' } }, 400],
])('%s of another site is refused, and runs nothing', async (_, path, init, status) => {
  expect(await send(path, init)).toEqual({
    status,
    body: { errors: [{ message: expect.any(String), extensions: { code: 'BAD_USER_INPUT' } }] },
    statements: [],
  });
});

test.each<[string, () => string | Promise<string>, number]>([
  ['apollo-require-preflight', () => '1', 401],
  ['x-apollo-operation-name', () => 'Q', 401],
  ['authorization', async () => `Bearer ${await service.token(ALLY)}`, 200],
])('a query with GET and %s, of which browsers ask first, is looked at', async (name, value, status) => {
  const response = await fetch(`${service.url}/graphql${search}`, { headers: { [name]: await value() } });
  expect(response.status).toBe(status);
});
