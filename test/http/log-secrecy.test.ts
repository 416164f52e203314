import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { loggedError } from '../../src/http/logged-error.js';
import { captureLog } from '../support/captured-log.js';
import { READY_PLAN } from '../support/plans.js';
import { ALLY, startTestService, type TestService } from '../support/service.js';

/** What somebody wrote, wherever a text may stand. */
const TEXT = 'Zanzibarfrogmarch';

interface Line {
  msg: string;
  incidentId?: string;
  path?: string;
  err?: Record<string, unknown>;
}

const { log, lines } = captureLog<Line>();
let service: TestService;
let owner: pg.Client;
let token: string;
beforeAll(async () => {
  service = await startTestService({ log });
  owner = new pg.Client({ connectionString: service.databaseUrl });
  await owner.connect();
  token = await service.token(ALLY);
});
beforeEach(() => {
  lines.length = 0;
});
/** After each test, whatever it was about. */
afterEach(() => {
  expect(lines.length).toBeGreaterThan(0);
  const all = JSON.stringify(lines);
  expect(all).not.toMatch(new RegExp(TEXT, 'i'));
  expect(all).not.toContain(token.split('.')[1]);
  expect(all).not.toContain('Bearer');
});
afterAll(async () => {
  await owner.end();
  await service.close();
});

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body,
  });

/** The line about the incident that a client was told of. */
async function incidentOf(query: string, variables: object = {}): Promise<Line> {
  const response = await post(JSON.stringify({ query, variables }));
  const { errors } = (await response.json()) as { errors: { message: string; extensions: Record<string, unknown> }[] };
  expect(errors[0]!.message).not.toContain(TEXT);
  expect(errors[0]!.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', incidentId: expect.any(String) });
  const line = lines.find(({ incidentId }) => incidentId === errors[0]!.extensions['incidentId']);
  expect(line).toBeDefined();
  return line!;
}

const CREATE = `mutation ($input: CreateActionPlanInput!) { createActionPlan(input: $input) { userErrors { code } } }`;
const plan = {
  ...READY_PLAN,
  goal: `I want ${TEXT}`,
  idempotencyKey: `the "key" of '${TEXT}'`,
  skills: READY_PLAN.skills.map((skill) => ({ ...skill, outcome: TEXT })),
};

test('a wall of the database that breaks', async () => {
  await owner.query(`alter table action_plan add constraint no_wishes check (goal not like 'I want%')`);
  const line = await incidentOf(CREATE, { input: plan });
  await owner.query('alter table action_plan drop constraint no_wishes');
  expect(line.err).toMatchObject({
    type: 'QueryFailedError',
    code: '23514',
    constraint: 'no_wishes',
    table: 'action_plan',
    message: 'new row for relation "…"',
    statement: expect.stringMatching(/insert into/i),
    stack: expect.stringMatching(/^at [\s\S]*action-plan\.repository/),
  });
});

/** Runs with a trigger that raises an error about a row before it is written. */
async function withTrigger<Value>(body: string, work: () => Promise<Value>): Promise<Value> {
  await owner.query(`
    create function break_down() returns trigger language plpgsql as $$ begin ${body} return new; end $$;
    create trigger break_down before insert on action_plan for each row execute function break_down()`);
  try {
    return await work();
  } finally {
    await owner.query('drop function break_down cascade');
  }
}

test.each([
  ['a function that casts what it must not', `perform new.goal::uuid;`, '22P02'],
  ['a function that repeats what it got', `raise exception 'no "%"', new.goal using detail = new.goal;`, 'P0001'],
  ['a function with a hint', `raise exception 'no' using hint = new.goal, column = new.goal;`, 'P0001'],
  ['a text that is no JSON', `perform new.goal::jsonb;`, '22P02'],
])('%s', async (_, body, code) => {
  const line = await withTrigger(body, () => incidentOf(CREATE, { input: plan }));
  expect(line.err).toMatchObject({ code });
});

test('a read that breaks on what was asked for', async () => {
  await owner.query('alter table skill rename column name to out_of_order');
  const query = 'query ($search: String) { skills(search: $search) { nodes { name } } }';
  const line = await incidentOf(query, { search: TEXT });
  await owner.query('alter table skill rename column out_of_order to name');
  expect(line.err).toMatchObject({
    code: expect.stringMatching(/^42/),
    statement: expect.stringMatching(/^select [\s\S]* from skill/),
    stack: expect.stringMatching(/^at [\s\S]*page\.ts/),
  });
});

test('a read that the role may not, by a loader', async () => {
  const role = 'career_conversations_service';
  await owner.query(`revoke select on employee from ${role}`);
  const line = await incidentOf('{ me { employee { name } } }');
  await owner.query(`grant select on employee to ${role}`);
  expect(line.err).toMatchObject({
    code: '42501',
    message: 'permission denied for table employee',
    statement: expect.stringMatching(/^select [\s\S]* from employee/),
    stack: expect.stringMatching(/^at [\s\S]*batch-loader\.ts/),
  });
});

test('a read that takes too long', async () => {
  const slow = await startTestService({ log, timeouts: { statement: 100 } });
  const client = new pg.Client({ connectionString: slow.databaseUrl });
  await client.connect();
  await client.query('begin; lock table skill');
  const { errors } = await slow.ask(`{ skills(search: "${TEXT}") { nodes { name } } }`);
  await client.end();
  await slow.close();
  expect(errors![0]!.extensions).toMatchObject({ code: 'TIMED_OUT' });
  const line = lines.find(({ msg }) => msg === 'the database does not answer');
  expect(line?.err).toMatchObject({
    stack: expect.stringMatching(/^at [\s\S]*page\.ts/),
    cause: { code: '57014', statement: expect.stringMatching(/^select [\s\S]* from skill/) },
  });
});

test('bodies, headers and addresses', async () => {
  const headers = { 'user-agent': TEXT, referer: `https://x/${TEXT}`, 'x-request-id': `${TEXT} is mine`, cookie: TEXT };
  expect((await post(`{"query":"{ me { permissions } }","variables":"${TEXT}`, headers)).status).toBe(400);
  expect((await post(JSON.stringify({ query: `{ ${TEXT} }` }), headers)).status).toBe(400);
  expect(
    (await post(JSON.stringify({ query: `{ skills(search: "${TEXT}", first: -1) { nodes { id } } }` }))).status,
  ).toBe(400);
  const query = encodeURIComponent(`query ($search: String) { skills(search: $search) { nodes { id } } }`);
  const variables = encodeURIComponent(JSON.stringify({ search: TEXT }));
  const authorization = `Bearer ${token}`;
  const got = await fetch(`${service.url}/graphql?query=${query}&variables=${variables}`, {
    headers: { authorization, 'apollo-require-preflight': 'true' },
  });
  expect(got.status).toBe(200);
  for (const path of [`/graphql/${TEXT}`, `/${TEXT}?${TEXT}`, `/health/${TEXT}`, `//${TEXT}/graphql`])
    expect((await fetch(service.url + path, { headers })).status).toBe(404);
  expect((await post('{"query":"{ me { permissions } }"}', { authorization: `Basic ${TEXT}` })).status).toBe(401);
  const paths = lines.filter(({ msg }) => msg === 'request').map(({ path }) => path);
  expect(new Set(paths)).toEqual(new Set(['/graphql', 'another']));
});

test('errors of the code, whatever they say', () => {
  const parse = () => {
    try {
      return JSON.parse(`{"note": "${TEXT}"`.slice(0, -1).replace('note', TEXT));
    } catch (error) {
      return error;
    }
  };
  const several = new AggregateError([new Error(`no '${TEXT}'`)], `“${TEXT}”`);
  const errors = [
    parse(),
    new Error(`There is no skill "Sam's ${TEXT}" here`),
    new Error(`A skill "${TEXT}`),
    new Error(`Lines "of\n    at ${TEXT} (file:///x.js:1:1)"`),
    Object.assign(new Error('x'), { note: TEXT, code: `${TEXT}!`, detail: TEXT, parameters: [TEXT], query: TEXT }),
    new Error('outer', { cause: new Error(`inner '${TEXT}'`, { cause: { text: TEXT } }) }),
    several,
    TEXT,
    { message: TEXT },
  ];
  for (const error of errors) log.error({ err: error }, 'planted');
  for (const error of errors.filter((one) => one instanceof Error)) {
    log.error(error);
    log.warn({ err: error });
    log.fatal(`A plugin threw: ${error}`);
  }
  expect(lines).toHaveLength(errors.length + 3 * errors.filter((one) => one instanceof Error).length);
  expect(loggedError(errors[5])).toMatchObject({ message: 'outer', cause: { message: 'inner "…"', type: 'Error' } });
  expect(loggedError(several)).toMatchObject({ type: 'AggregateError', errors: [{ message: 'no "…"' }] });
});
