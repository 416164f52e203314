import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { copyTestService, startTestService, type TestService } from '../support/service.js';

let open: TestService;
let shut: TestService;
beforeAll(async () => {
  shut = await startTestService({ production: true });
  open = await copyTestService(shut, { production: true, introspection: true });
});
afterAll(async () => {
  await open.close();
  await shut.close();
});

const CASES: [string, string, object][] = [
  ['a field', '{ me { permission } }', {}],
  ['a type', 'query ($id: Id) { node(id: $id) { id } }', {}],
  ['an argument', '{ skills(firs: 1) { nodes { id } } }', {}],
  ['an enum value in the document', '{ employees(filter: { employmentStatus: ACTIV }) { nodes { id } } }', {}],
  [
    'an enum value in a variable',
    'query ($filter: EmployeeFilter) { employees(filter: $filter) { nodes { id } } }',
    { filter: { employmentStatus: 'ACTIV' } },
  ],
  [
    'a field of an input in a variable',
    'query ($filter: EmployeeFilter) { employees(filter: $filter) { nodes { id } } }',
    { filter: { serch: 'x' } },
  ],
];

/** The message is cut off within the suggestion. */
const CUT_OFF = Array.from({ length: 30 }, (_, place) => ({ serch: 'x'.repeat(830 + 4 * place) }));

describe('in production', () => {
  test.each(['{ __schema { queryType { name } } }', '{ __type(name: "Plan") { name } }'])(
    'the schema cannot be read: %s',
    async (query) => {
      expect(await shut.ask(query)).toMatchObject({
        status: 400,
        data: undefined,
        errors: [{ message: expect.stringContaining('INTROSPECTION'), extensions: { code: 'BAD_USER_INPUT' } }],
      });
      expect((await shut.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
    },
  );

  test.each(CASES)('the name of %s that is nearly right is not put right', async (_, query, variables) => {
    const { status, errors } = await shut.ask(query, variables);
    expect(status).toBe(400);
    expect(errors![0]!.message).not.toMatch(/did you mean/i);
    expect(errors![0]!.message.length).toBeGreaterThan(10);
  });
});

test('in production, a suggestion is taken out before a long message is cut off', async () => {
  const query = 'query ($filter: EmployeeFilter) { employees(filter: $filter) { nodes { id } } }';
  for (const filter of CUT_OFF) {
    const { errors } = await shut.ask(query, { filter });
    expect(errors![0]!.message).not.toMatch(/did you/i);
  }
});

describe('in production, where it is allowed', () => {
  test('the schema can be read', async () => {
    expect((await open.ask('{ __schema { queryType { name } } }')).data.__schema.queryType.name).toBe('Query');
  });

  test.each(CASES)('the name of %s that is nearly right is put right', async (_, query, variables) => {
    expect((await open.ask(query, variables)).errors![0]!.message).toMatch(/Did you mean .*\?$/);
  });
});
