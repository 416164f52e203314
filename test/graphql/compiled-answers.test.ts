import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery, getOperationAST, parse } from 'graphql';
import { compilableOf } from '../../src/graphql/compilable.js';
import { findReadyQueries } from '../../src/http/explorer/ready-queries.js';
import type { TokenClaims } from '../../src/http/sign-in/development-token.js';
import { callsFor, findPool } from '../permissions/sweep-calls.js';
import { startWorld } from '../permissions/world.js';
import { PLAN } from '../support/plans.js';
import { ALLY, type GraphqlAnswer, HR_ADMIN, MORGAN, type TestService } from '../support/service.js';

let service: TestService;
let planId: string;

beforeAll(async () => {
  service = await startWorld({ indirectManagersReadPlans: true });
  const { data } = await service.ask('{ me { employee { activeActionPlan { id } } } }');
  planId = data.me.employee.activeActionPlan.id;
}, 60_000);
afterAll(() => service.close());

/** In an export it stands who has looked at somebody, and so the question before. */
const isTrail = (value: unknown): boolean =>
  Array.isArray(value) && value.some((entry) => typeof entry?.recorded_at === 'string');

/** The answer to the letter, but for what is another each time. */
const told = ({ status, data, errors }: GraphqlAnswer): string =>
  JSON.stringify({ status, data, errors }, (key, value) => (key === 'incidentId' || isTrail(value) ? 'hidden' : value));

let documents = 0;

/** Asks with a text that has not come before, which graphql-js runs, and with one that is kept the second time and compiled the third. */
async function compare(query: string, variables?: object, as: TokenClaims = ALLY): Promise<string> {
  const reference = told(await service.ask(`${query} # ${documents++}`, variables, as));
  for (const _ of ['first', 'second']) await service.ask(query, variables, as);
  const compiled = told(await service.ask(query, variables, as));
  const place = [...reference].findIndex((character, index) => character !== compiled[index]);
  const around = (text: string) => (place < 0 ? text.length : text.slice(Math.max(0, place - 300), place + 100));
  expect(around(compiled)).toBe(around(reference));
  return reference;
}

function isCompiled(query: string): boolean {
  const document = parse(query);
  return compilableOf(document, getOperationAST(document)!) !== null;
}

const file = (...parts: string[]) => fs.readFileSync(path.join(import.meta.dirname, '..', '..', ...parts), 'utf8');

describe('compiled code answers as graphql-js does', () => {
  test.each([
    ['Morgan', MORGAN],
    ['HR', HR_ADMIN],
  ])(
    'whatever can be asked, as %s',
    async (_, claims) => {
      const calls = callsFor(claims, await findPool(service.databaseUrl));
      const byQuery = new Map(calls.map((call) => [call.query, call]));
      for (const { query, variables } of byQuery.values()) await compare(query, variables, claims);
      // Those of two steps from object to object are too large.
      expect([...byQuery.keys()].filter(isCompiled).length).toBeGreaterThan(5);
    },
    240_000,
  );

  const ready = findReadyQueries(file('README.md')).filter(({ query }) => !/^mutation/m.test(query));
  test.each(ready.map((query) => [query.title, query] as const))(
    'of the README: %s',
    async (_, { query, variables }) => {
      expect(isCompiled(query)).toBe(true);
      await compare(query, JSON.parse(variables?.replace('PLAN_ID', planId) ?? '{}'), MORGAN);
    },
  );

  test.each(['my-plan', 'team-page'])('of the benchmark: %s', async (name) => {
    const query = /query = `([^`]*)`/.exec(file('bench', 'workloads', `${name}.mjs`))![1]!;
    expect(isCompiled(query)).toBe(true);
    await compare(query, {}, MORGAN);
  });

  test('a plan in whole, by fragments', async () => {
    const answer = await compare(`query ($id: ID!) { actionPlan(id: $id) { ...Plan } } ${PLAN}`, { id: planId });
    expect(answer).toContain('"toComply"');
  });

  test('the schema', async () => {
    expect(await compare(getIntrospectionQuery())).toContain('"ActionPlan"');
  });
});

describe('compiled code fails as graphql-js does', () => {
  test.each([
    ['a variable is missing', 'query ($id: ID!) { actionPlan(id: $id) { goal } }', {}, 400],
    [
      'a variable is of another type',
      'query ($first: Int) { employees(first: $first) { nodes { name } } }',
      { first: 'x' },
      400,
    ],
    [
      'a reference has two fields',
      'query ($ref: EmployeeRef!) { employee(ref: $ref) { name } }',
      { ref: { id: 'a', externalId: 'b' } },
      400,
    ],
    ['a resolver refuses', 'query ($id: ID!) { actionPlan(id: $id) { goal } }', { id: 'plan_x' }, 400],
    ['a cursor is foreign', '{ me { employee { name reports(after: "x") { nodes { name } } } } }', {}, 200],
    ['what is nested refuses', '{ me { permissions employee { reports(first: 0) { nodes { name } } } } }', {}, 200],
    [
      'two refuse',
      '{ one: actionPlan(id: "x") { goal } two: actionPlan(id: "y") { goal } me { permissions } }',
      {},
      200,
    ],
    [
      'the page is too large',
      'query ($first: Int!) { employees(first: $first) { nodes { name } } }',
      { first: 101 },
      400,
    ],
    [
      'the input of a mutation is of no use',
      'mutation ($input: RecordProgressInput!) { recordProgress(input: $input) { userErrors { code } } }',
      { input: { actionId: 'x', percentComplete: 1 } },
      400,
    ],
  ])('when %s', async (_, query, variables, status) => {
    expect(isCompiled(query)).toBe(true);
    const answer = JSON.parse(await compare(query, variables));
    expect(answer).toMatchObject({ status, errors: expect.anything() });
  });
});
