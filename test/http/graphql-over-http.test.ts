import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { ALLY, type GraphqlAnswer, startTestService, type TestService } from '../support/service.js';

let service: TestService;
let token: string;
beforeAll(async () => {
  service = await startTestService();
  token = await service.token(ALLY);
});
afterAll(() => service.close());

/** As somebody who is signed in, and nothing else. */
const fetchFn = (url: string, init: RequestInit = {}) =>
  fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${token}` } });

const audits = serverAudits({ url: () => `${service.url}/graphql`, fetchFn });

test('there are audits of every kind', () => {
  expect(audits).toHaveLength(61);
  for (const kind of ['MUST', 'SHOULD', 'MAY']) expect(audits.some(({ name }) => name.startsWith(kind))).toBe(true);
});

test.each(audits.map((audit) => [audit.id, audit.name, audit.fn] as const))('%s %s', async (id, name, run) => {
  expect(await run()).toEqual({ id, name, status: 'ok' });
});

describe('a client that takes application/json alone', () => {
  const ask = async (query: string, accept: string, variables?: object) => {
    const response = await fetchFn(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ query, variables }),
    });
    const { errors } = (await response.json()) as Pick<GraphqlAnswer, 'errors'>;
    return { status: response.status, code: errors?.[0]?.extensions['code'] };
  };
  const unfit = 'query ($first: Int) { skills(first: $first) { nodes { id } } }';

  test.each([
    ['a document that does not parse', '{ me {', undefined],
    ['a document that does not validate', '{ me { shoeSize } }', undefined],
    ['variables that do not fit', unfit, { first: 1.5 }],
  ])('is told of %s with 200', async (_, query, variables) => {
    expect(await ask(query, 'application/json', variables)).toEqual({ status: 200, code: 'BAD_USER_INPUT' });
  });

  test.each([
    ['what is too large', `{ me { ${'id '.repeat(5_001)} } }`, 400, 'QUERY_TOO_COMPLEX'],
    [
      'what is forbidden',
      'mutation { updatePlanPolicy(input: { expectedVersion: 1 }) { userErrors { code } } }',
      403,
      'FORBIDDEN',
    ],
    ['an argument of no use', '{ actionPlan(id: "x") { goal } }', 400, 'BAD_USER_INPUT'],
    ['an operation that is not there', 'query A { __typename } query B { __typename }', 400, 'BAD_USER_INPUT'],
  ])('is refused %s with 4xx', async (_, query, status, code) => {
    expect(await ask(query, 'application/json')).toEqual({ status, code });
  });

  test.each([
    ['whatever there is', '*/*'],
    ['something else', 'application/json, */*;q=0.1'],
    ['the newer type, too', 'application/json, application/graphql-response+json;q=0.5'],
  ])('is not one that takes %s', async (_, accept) => {
    expect(await ask('{ me {', accept)).toEqual({ status: 400, code: 'BAD_USER_INPUT' });
  });
});

describe('the type of the answer', () => {
  const typeFor = async (accept: string) => {
    const response = await fetchFn(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: '{"query":"{ __typename }"}',
    });
    return `${response.status} ${response.headers.get('content-type')}`;
  };

  test.each([
    ['application/graphql-response+json, application/json', 'application/graphql-response+json; charset=utf-8'],
    ['application/json;q=0.5, application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
    ['application/json, application/graphql-response+json;q=0.5', 'application/json; charset=utf-8'],
    ['application/*', 'application/json; charset=utf-8'],
    ['application/json; charset=iso-8859-1', 'application/json; charset=utf-8'],
    ['application/json;q=0, */*', 'application/graphql-response+json; charset=utf-8'],
    ['multipart/mixed;deferSpec=20220824, Application/JSON', 'application/json; charset=utf-8'],
  ])('%s', async (accept, type) => {
    expect(await typeFor(accept)).toBe(`200 ${type}`);
  });
});
