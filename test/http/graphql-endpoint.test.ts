import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ALLY, HRIS, startTestService, type TestService } from '../support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });

describe('who is asking', () => {
  test('nobody is refused before anything runs', async () => {
    const { status, data, errors } = await service.ask('{ me { permissions } }', {}, null);
    expect(status).toBe(401);
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  test('the schema may be read by nobody', async () => {
    const { data } = await service.ask('{ __schema { queryType { name } } __typename }', {}, null);
    expect(data.__schema.queryType.name).toBe('Query');
  });

  test.each([
    ['no bearer', 'Basic abc'],
    ['no token', 'Bearer not-a-token'],
    [
      'an unsigned token',
      `Bearer ${btoa('{"alg":"none"}')}.${btoa('{"sub":"ally.adventure","exp":9999999999}')}.`.replaceAll('=', ''),
    ],
  ])('%s is UNAUTHENTICATED', async (_, authorization) => {
    const response = await post('{"query":"{ __typename }"}', { authorization });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  test('somebody who does not work here is UNAUTHENTICATED', async () => {
    const { status } = await service.ask('{ me { permissions } }', {}, { employee: 'nobody.known', roles: [] });
    expect(status).toBe(401);
  });

  test('a service reads people, and no plans', async () => {
    expect((await service.ask('{ me { employee { name } permissions } }', {}, HRIS)).data.me).toEqual({
      employee: null,
      permissions: ['READ_PEOPLE'],
    });
    const refused = await service.ask('query { ...F } fragment F on Query { actionPlans { nodes { id } } }', {}, HRIS);
    expect(refused.status).toBe(403);
    expect(refused.errors).toMatchObject([
      {
        message:
          '"Query.actionPlans" is not for your sign-in (Action plans: skills, actions, mix, readiness, history). ' +
          'It is for: the employee, the direct manager, indirect managers, HR admins.',
        locations: [{ line: 1, column: 38 }],
        extensions: { code: 'FORBIDDEN' },
      },
    ]);
  });

  test('a service finds no plans below people either', async () => {
    const query = '{ employee(ref: { externalId: "ally.adventure" }) { name activeActionPlan { id } } }';
    const { data, errors } = await service.ask(query, {}, HRIS);
    expect(data?.employee?.activeActionPlan ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});

describe('what is wrong with a call', () => {
  test.each([
    ['a document that does not parse', '{ me {'],
    ['a field that does not exist', '{ me { shoeSize } }'],
    ['a literal of the wrong type', '{ skills(first: "three") { nodes { id } } }'],
    ['an unknown enum value', '{ employees(filter: { employmentStatus: ASLEEP }) { nodes { id } } }'],
    ['two names at once', '{ employee(ref: { id: "a", externalId: "b" }) { id } }'],
    ['an id of another type', '{ actionPlan(id: "employee_01h455vb4pex5vsknk084sn02q") { id } }'],
    ['an id that is none', '{ node(id: "1") { id } }'],
    ['a page below the bounds', '{ skills(first: 0) { nodes { id } } }'],
    ['a page above the bounds', '{ skills(last: 101) { nodes { id } } }'],
    ['first and last', '{ skills(first: 1, last: 1) { nodes { id } } }'],
    ['a cursor that is none', '{ skills(first: 1, after: "abc") { nodes { id } } }'],
    ['a mix below zero', '{ checkActionMix(experience: -1, exposure: 0, education: 0) { total } }'],
    ['too many nodes', `{ nodes(ids: [${'"a",'.repeat(101)}]) { id } }`],
  ])('%s is BAD_USER_INPUT and says so', async (_, query) => {
    const { errors } = await service.ask(query);
    expect(errors).toHaveLength(1);
    expect(errors![0]!.extensions['code']).toBe('BAD_USER_INPUT');
    expect(errors![0]!.extensions).not.toHaveProperty('stacktrace');
    expect(errors![0]!.message.length).toBeGreaterThan(10);
  });

  test.each([
    ['NUL', 'a\0b'],
    ['a lone surrogate', 'a\uD800b'],
  ])('%s in a variable is BAD_USER_INPUT and says where', async (_, text) => {
    const query = 'query ($filter: EmployeeFilter) { employees(filter: $filter) { nodes { id } } }';
    const { errors } = await service.ask(query, { filter: { search: text } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', inputPath: ['filter', 'search'] } }]);
  });

  test('NUL in a literal is BAD_USER_INPUT', async () => {
    const { errors } = await service.ask('{ skills(search: "a\\u0000b") { nodes { id } } }');
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('a variable of the wrong type is BAD_USER_INPUT', async () => {
    const query = 'query ($first: Int) { skills(first: $first) { nodes { id } } }';
    const { status, errors } = await service.ask(query, { first: 1.5 });
    expect(status).toBe(400);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('a body that is not JSON is answered in JSON', async () => {
    const response = await post('{"query":');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  test('a body of more than a megabyte is answered in JSON', async () => {
    const response = await post(JSON.stringify({ query: `{ me { permissions } } #${'x'.repeat(1_000_001)}` }));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  test('a form post, as another site could send it, is refused', async () => {
    const response = await post('query=%7B__typename%7D', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
  });

  test('another path is not found, in JSON', async () => {
    const response = await fetch(`${service.url}/nothing`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  });
});

describe('an operation', () => {
  const send = async (body: object) => {
    const response = await post(JSON.stringify(body), { authorization: `Bearer ${await service.token(ALLY)}` });
    return { status: response.status, body: await response.json() };
  };
  const two = 'query A { me { permissions } } query B { me { permissions } }';
  test.each([
    ['of two that are not chosen from', { query: two }],
    ['of a name that is not there', { query: two, operationName: 'C' }],
    ['of a kind that is not offered', { query: 'subscription { me }' }],
  ])('%s is BAD_USER_INPUT', async (_, body) => {
    expect(await send(body)).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
    });
  });
  test('that is chosen by its name runs', async () => {
    expect(await send({ query: two, operationName: 'B' })).toMatchObject({ status: 200, body: { data: { me: {} } } });
  });
});

describe('variables', () => {
  test('nested deeply are BAD_USER_INPUT', async () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    const response = await post(`{"query":"{ me { permissions } }","variables":{"x":${deep}}}`, {
      authorization: `Bearer ${await service.token(ALLY)}`,
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });
  test('of very many names are BAD_USER_INPUT, before they are made into an object', async () => {
    const variables = Object.fromEntries(Array.from({ length: 2_000 }, (_, place) => [`name${place}`, 1]));
    const { status, errors } = await service.ask('{ __typename }', variables);
    expect({ status, errors }).toMatchObject({
      status: 400,
      errors: [{ message: expect.stringContaining('different keys') }],
    });
  });
  test('of too many values are BAD_USER_INPUT', async () => {
    const { status, errors } = await service.ask('{ me { permissions } }', { x: Array(101).fill(Array(199).fill(1)) });
    expect({ status, errors }).toMatchObject({
      status: 400,
      errors: [{ message: expect.stringContaining('20000 values'), extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });
  test('may be as many as a batch needs where they feed people in, and no more', async () => {
    const ask = (count: number) =>
      service.ask('{ me { permissions } }', { x: Array(100).fill(Array(count / 100).fill(1)) }, HRIS);
    expect((await ask(90_000)).status).toBe(200);
    expect((await ask(100_000)).errors).toMatchObject([
      { message: expect.stringContaining('100000 values'), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
  test('count as often as they are used', async () => {
    const uses = Array.from(
      { length: 20 },
      (_, place) => `a${place}: reviseActionPlan(input: $i) { userErrors { code } }`,
    );
    const ask = async (count: number) => {
      const edits = Array(count).fill({ a: 1, b: 2, c: 3, d: 4, e: 5 });
      const document = `mutation ($i: ReviseActionPlanInput!) { ${uses.join(' ')} }`;
      return (await service.ask(document, { i: { edits } })).errors![0]!.message;
    };
    expect(await ask(160)).not.toContain('as often as it is used');
    expect(await ask(170)).toContain('as often as it is used');
  });
  test.each([
    ['a list of very many', Array(201).fill('x'), 'at most 200 entries'],
    ['a very long text', ['x'.repeat(20_001)], 'at most 20000 characters'],
  ])('with %s are BAD_USER_INPUT', async (_, ids, message) => {
    const { status, errors } = await service.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect({ status, errors }).toMatchObject({
      status: 400,
      errors: [
        {
          message: expect.stringContaining(message),
          extensions: { code: 'BAD_USER_INPUT', inputPath: expect.arrayContaining(['ids']) },
        },
      ],
    });
  });
  test.each([
    ['query ($e: String) { employee(ref: { externalId: $e }) { name } }', {}],
    ['query ($e: String) { employee(ref: { externalId: $e }) { name } }', { e: null }],
    [
      `mutation ($goal: ChangePlanEdit) { reviseActionPlan(input: { planId: "plan_01h455vb4pex5vsknk084sn02q",
        expectedVersion: 1, edits: [{ changePlan: $goal }] }) { userErrors { code } } }`,
      { goal: null },
    ],
  ])('that leave nothing to go by are BAD_USER_INPUT: %s %j', async (query, variables) => {
    const { errors } = await service.ask(query, variables);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('the status', () => {
  const wrongId = 'wrong: actionPlan(id: "x") { goal }';
  test.each([
    ['is 400 when nothing could be answered', `{ ${wrongId} }`, 400],
    ['is 200 beside data', `{ ${wrongId} me { permissions } }`, 200],
    ['is 400 for a cursor of another list', '{ skills(after: "abc") { nodes { name } } }', 400],
  ])('%s', async (_, query, status) => {
    const answer = await service.ask(query);
    expect(answer.status).toBe(status);
    expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', inputPath: [expect.any(String)] } }]);
  });
});

describe('a body', () => {
  test.each([{}, { query: '' }, { query: null }, { variables: {} }])(
    'that names no document, %j, is told how to',
    async (body) => {
      const response = await fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await service.token(ALLY)}` },
        body: JSON.stringify(body),
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        errors: [
          {
            message: 'Put the document into "query", or name it with "documentId".',
            extensions: { code: 'BAD_USER_INPUT' },
          },
        ],
      });
    },
  );

  const long = `{"query":"{ __typename }${' '.repeat(100_000)}"}`;

  test('without a token is short: all that it can ask for is the schema', async () => {
    const refused = await post(long);
    expect({ status: refused.status, body: await refused.json() }).toMatchObject({
      status: 413,
      body: { errors: [{ message: 'The body has more than 100000 bytes.' }] },
    });
  });

  test('is not even read where the token is of no use', async () => {
    expect((await post(long, { authorization: 'Bearer none' })).status).toBe(401);
    expect((await post('{', { authorization: 'Bearer none' })).status).toBe(401);
  });
});

describe('a document', () => {
  test('in which very much is wrong is told of some of it', async () => {
    const wrong = Array.from({ length: 100 }, (_, place) => `x${place}`).join(' ');
    const { errors } = await service.ask(`{ me { ${wrong} } }`);
    expect(errors).toHaveLength(21); // the last one says that there is more
    expect(errors!.at(-1)!.message).toMatch(/^Too many validation errors/);
  });

  test('with half of a character is refused, also after another that differs only in that', async () => {
    expect((await service.ask('{ skills(search: "q\ufffdx") { nodes { name } } }')).status).toBe(200);
    const { status, errors } = await service.ask('{ skills(search: "q\ud800x") { nodes { name } } }');
    expect({ status, errors }).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  test.each([
    ['lines', `${'\n'.repeat(450_000)}{ me { ${Array.from({ length: 200 }, (_, place) => `x${place}`).join(' ')} } }`],
    ['characters', `{ me { permissions } } #${'x'.repeat(100_000)}`],
    ['tokens', `{ ${'a '.repeat(6000)} }`],
  ])('of too many %s is refused before it is parsed to the end, and says nothing of HTTP', async (bound, query) => {
    const { status, errors } = await service.ask(query);
    expect(status).toBe(400);
    expect(errors).toHaveLength(1);
    expect(errors![0]!.extensions).toEqual({
      code: 'QUERY_TOO_COMPLEX',
      bound: bound === 'lines' ? 'characters' : bound,
      limit: expect.any(Number),
    });
  });
});

describe('a value in another form says which form is right', () => {
  const create =
    'mutation ($day: Date) { createActionPlan(input: { employee: { externalId: "x" }, goal: "x", targetOn: $day }) { userErrors { code } } }';
  test.each([['31.05.2035'], ['2035-5-31'], ['2035-02-30T00:00:00Z'], [''], [20350531]])(
    'a Date as %j',
    async (day) => {
      const { errors } = await service.ask(create, { day });
      expect(errors).toMatchObject([
        { message: expect.stringContaining('YYYY-MM-DD'), extensions: { code: 'BAD_USER_INPUT' } },
      ]);
    },
  );
  const record =
    'mutation ($at: DateTime) { recordProgress(input: { actionId: "x", occurredAt: $at }) { userErrors { code } } }';
  test.each([
    ['2026-11-22T10:00:00'],
    ['yesterday'],
    [''],
    ['2016-12-31T23:59:60Z'],
    ['2026-11-22T10:00:00+99:99'],
    ['9999-12-31T23:59:59-23:59'],
    ['0001-01-01T00:00:00+23:59'],
  ])('a DateTime as %j', async (at) => {
    const { errors } = await service.ask(record, { at });
    expect(errors).toMatchObject([{ message: expect.stringContaining('2026-11-23T09:30:00Z') }]);
  });
  test.each([
    ['2035-02-30', '2035-02-30'],
    ['2035-13-01', '2035-13-01'],
    ['2035-02-29', '2035-02-29'],
    ['0000-01-01', '0000-01-01'],
  ])('the day %s, which there is not', async (day, said) => {
    const message = `There is no such day in the calendar: "${said}".`;
    const inVariable = await service.ask(create, { day });
    expect(inVariable.errors).toMatchObject([
      { message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT', inputPath: ['day'] } },
    ]);
    const inDocument = await service.ask(create.replace('$day: Date', '$a: Int').replace('$day', `"${day}"`));
    expect(inDocument.errors).toContainEqual(expect.objectContaining({ message: expect.stringContaining(message) }));
  });
  test.each(['2026-02-30T00:00:00Z', '2025-02-29t23:59:59.5+02:00', '0000-01-01T00:00:00Z'])(
    'an instant of a day that there is not, %s',
    async (at) => {
      const message = `There is no such day in the calendar: "${at.slice(0, 10)}".`;
      const { errors } = await service.ask(record, { at });
      expect(errors).toMatchObject([{ message: expect.stringContaining(message) }]);
      expect(errors![0]!.message).not.toContain('is written with');
    },
  );
  test('an id that was cut off', async () => {
    const { errors } = await service.ask('{ actionPlan(id: "plan_01h455vb4pex5vsknk084sn02") { goal } }');
    expect(errors).toMatchObject([{ message: expect.stringContaining('not a whole id') }]);
  });
});

describe('around a request', () => {
  test('a query with GET works', async () => {
    const response = await fetch(`${service.url}/graphql?query=${encodeURIComponent('{ me { permissions } }')}`, {
      headers: { authorization: `Bearer ${await service.token(ALLY)}`, 'apollo-require-preflight': 'true' },
    });
    expect(response.status).toBe(200);
  });

  test('a query with GET works whatever its content type', async () => {
    const response = await fetch(`${service.url}/graphql?query=${encodeURIComponent('{ me { permissions } }')}`, {
      headers: { authorization: `Bearer ${await service.token(ALLY)}`, 'content-type': 'application/json' },
    });
    expect(response.status).toBe(200);
  });

  test('a mutation with GET is refused', async () => {
    const query = encodeURIComponent(
      'mutation { updatePlanPolicy(input: { expectedVersion: 1 }) { userErrors { code } } }',
    );
    const response = await fetch(`${service.url}/graphql?query=${query}`, {
      headers: { authorization: `Bearer ${await service.token(ALLY)}`, 'apollo-require-preflight': 'true' },
    });
    expect(response.status).toBe(405);
  });

  test('the id of a request comes back, and one is given where none came', async () => {
    const given = await fetch(`${service.url}/health/live`, { headers: { 'x-request-id': 'abc-1' } });
    expect(given.headers.get('x-request-id')).toBe('abc-1');
    const made = await fetch(`${service.url}/health/live`, { headers: { 'x-request-id': 'no good\u0020id!' } });
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('health answers', async () => {
    expect(await (await fetch(`${service.url}/health/live`)).json()).toEqual({ status: 'live' });
    expect(await (await fetch(`${service.url}/health/ready`)).json()).toEqual({ status: 'ready' });
  });
});
