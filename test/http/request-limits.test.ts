import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HR_ADMIN, startTestService, TEST_LIMITS, type TestService } from '../support/service.js';
import { statementsOf } from '../support/statement-counter.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({
    limits: { ...TEST_LIMITS, cost: { ...TEST_LIMITS.cost, employee: 400, hr_admin: 600 } },
  });
});
afterAll(() => service.close());

const times = (count: number, part: (place: number) => string): string =>
  Array.from({ length: count }, (_, place) => part(place)).join(' ');

describe('a document that is too large is refused, and no statement is run for it', () => {
  const doubling = times(40, (place) => `fragment F${place} on Query { ...F${place + 1} ...F${place + 1} }`);
  test.each([
    ['tokens', `{ me { ${'id '.repeat(5_001)} } }`],
    ['depth', `{ x(a: ${'['.repeat(6_000)} }`],
    ['depth', `${'{ me '.repeat(1_000)}${'}'.repeat(1_000)}`],
    ['depth', `{ ${'... { '.repeat(10)} ${'a { '.repeat(30)} b ${'} '.repeat(40)} }`],
    ['rootFields', `{ ${times(21, (place) => `skills(first: ${place}) { nodes { id } }`)} }`],
    ['aliases', `{ me { ${times(101, (place) => `a${place}: __typename`)} } }`],
    ['directives', `{ me { permissions ${times(101, () => '@include(if: true)')} } }`],
    ['selections', `{ me { ${times(2_001, (place) => `field${place}`)} } }`],
    ['rootFields', `{ ...F0 } ${doubling} fragment F40 on Query { __typename }`],
    ['repeats', `{ me { ${times(1_000, () => 'permissions')} } }`],
  ])('%s', async (bound, query) => {
    let answer: Awaited<ReturnType<TestService['ask']>>;
    for (const _ of ['at first', 'and again']) {
      const statements = await statementsOf(async () => {
        answer = await service.ask(query);
      });
      expect(answer!).toMatchObject({
        status: 400,
        data: undefined,
        errors: [{ message: expect.stringMatching(/more than \d+/), extensions: { code: 'QUERY_TOO_COMPLEX', bound } }],
      });
      expect(statements.filter((text) => !text.includes('find_employee_for_sign_in'))).toEqual([]);
    }
  });

  test('also when it makes no sense', async () => {
    const { errors } = await service.ask(`{ ${times(200, (place) => `x${place}: nonsense`)} }`);
    expect(errors).toHaveLength(1);
    expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
  });

  test('a neighbour of the same text up to the bound is answered', async () => {
    const { status } = await service.ask(`{ me { ${times(50, () => 'permissions')} } }`);
    expect(status).toBe(200);
  });
});

describe('the cost of an operation', () => {
  const query = 'query ($first: Int) { skills(first: $first) { nodes { id } } employees(first: 100) { nodes { id } } }';
  const costOf = async (first: number, as = undefined as Parameters<TestService['ask']>[2]) => {
    const response = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await service.token(as ?? { employee: 'ally.adventure', roles: [] })}`,
      },
      body: JSON.stringify({ query, variables: { first } }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  test('is told with every answer', async () => {
    expect((await costOf(10)).body['extensions']).toEqual({ cost: { requested: 112, limit: 400 } });
  });

  test('is what the variables make of it, up to the limit of the viewer', async () => {
    const dear = `query ($first: Int) { employees(first: 100) { nodes { id reports(first: $first) { nodes { id } } } } }`;
    expect(await service.ask(dear, { first: 1 })).toMatchObject({ status: 200 });
    let answer: Awaited<ReturnType<TestService['ask']>>;
    const statements = await statementsOf(async () => {
      answer = await service.ask(dear, { first: 2 });
    });
    expect(answer!).toMatchObject({
      status: 400,
      errors: [
        {
          message: expect.stringContaining('401'),
          extensions: { code: 'QUERY_TOO_COMPLEX', cost: { requested: 401, limit: 400 } },
        },
      ],
    });
    expect(statements).toHaveLength(1); // who asks
    expect(await service.ask(dear, { first: 2 }, HR_ADMIN)).toMatchObject({ status: 200 });
  });
});
