import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { buildSchema } from '../../src/graphql/build-schema.js';
import { resolvers } from '../../src/resolvers.js';
import { SWEEP_LIMITS, startWorld } from '../permissions/world.js';
import { anyQuery } from '../support/any-query.js';
import { ALLY, copyTestService, HR_ADMIN, HRIS, MORGAN, SASHA, type TestService } from '../support/service.js';
import { statementsOf } from '../support/statement-counter.js';

/** What a query will read is read in one statement, before it runs; what it answers stays the same. See docs/adr/0015. */

let world: TestService;
/** Reads ahead always. */
let ahead: TestService;
/** The same without. */
let step: TestService;
/** As it is shipped. */
let shipped: TestService;
/** One that does not wait for long. */
let impatient: TestService;
let owners: pg.Client[];
beforeAll(async () => {
  world = await startWorld({ indirectManagersReadPlans: true });
  ahead = await copyTestService(world, { limits: SWEEP_LIMITS, readAhead: 'FIRST_TIME' });
  step = await copyTestService(world, { limits: SWEEP_LIMITS, readAhead: 'NEVER' });
  shipped = await copyTestService(world);
  impatient = await copyTestService(world, { readAhead: 'FIRST_TIME', timeouts: { lock: 100 } });
  owners = [ahead, step, impatient].map(({ databaseUrl }) => new pg.Client({ connectionString: databaseUrl }));
  for (const owner of owners) await owner.connect();
});
afterAll(async () => {
  for (const owner of owners) await owner.end();
  await world.close();
  await ahead.close();
  await step.close();
  await impatient.close();
  await shipped.close();
});

const MY_PLAN = `{ me { employee { name activeActionPlan { goal percentComplete mix { compliant } readiness { ready }
  skills { rank skill { name } actions { title latestUpdate { note } updates(first: 3) { nodes { note } } } } } } } }`;

const TEAM = `{ me { employee { name reports(first: 10) { nodes { name department { name } manager { name }
  activeActionPlan { goal skills { skill { name } } } actionPlans(first: 2) { nodes { status percentComplete } } } } } } }`;

describe('one statement for who asks, and one for all that follows:', () => {
  test.each([
    ['my plan', MY_PLAN, ALLY],
    ['a team', TEAM, MORGAN],
  ])('%s', async (_, query, viewer) => {
    const [first, statements] = await answerOf(ahead, query, viewer);
    expect(statements).toHaveLength(2);
    const [second, more] = await answerOf(step, query, viewer);
    expect(more.length).toBeGreaterThan(4);
    expect(first.errors).toBeUndefined();
    expect(first.data).toEqual(second.data);
  });
});

async function answerOf(service: TestService, query: string, viewer: object, variables = {}) {
  let answer: Awaited<ReturnType<TestService['ask']>>;
  const statements = await statementsOf(async () => {
    answer = await service.ask(query, variables, viewer as typeof ALLY);
  });
  return [answer!, statements] as const;
}

/** What is recorded of what was seen of whom, and how often. */
const sightsOf = async (owner: pg.Client): Promise<object[]> =>
  (
    await owner.query(`select action, subject, party.identity, count(*) from audit_entry
      join audit_party as party on party.key = person group by 1, 2, 3 order by 1, 2, 3`)
  ).rows;

test('whatever is asked, by whomever, the answer and what is recorded of it are the same', async () => {
  const schema = buildSchema(resolvers);
  const roots = [
    ['me', 'Viewer'],
    ['me { employee', 'Employee'],
    ['employees(first: 3)', 'EmployeeConnection'],
    ['actionPlans(first: 3)', 'ActionPlanConnection'],
    ['actionPlan(id: $plan)', 'ActionPlan'],
    ['employee(ref: { externalId: "ally.adventure" })', 'Employee'],
  ] as const;
  const { data } = await ahead.ask('{ me { employee { activeActionPlan { id } } } }');
  const plan = data.me.employee.activeActionPlan.id;
  const query = fc.constantFrom(...roots).chain(([root, type]) =>
    anyQuery(schema, root, type).map((text) => {
      const closed = root.includes('{ employee') ? text.replace(' used:', ' } used:') : text;
      return root.includes('$plan') ? closed.replace('query (', 'query ($plan: ID!, ') : closed;
    }),
  );
  const viewers = fc.constantFrom(ALLY, MORGAN, SASHA, HR_ADMIN, HRIS);
  let saved = 0;
  await fc.assert(
    fc.asyncProperty(query, viewers, async (text, viewer) => {
      const variables = text.includes('$plan: ID!') ? { plan, first: 3 } : {};
      const [first, fewer] = await answerOf(ahead, text, viewer, variables);
      const [second, more] = await answerOf(step, text, viewer, variables);
      expect({ errors: first.errors, data: first.data }).toEqual({ errors: second.errors, data: second.data });
      // Not in each case: what is not declared may be asked for in two ticks where it was one.
      saved += more.length - fewer.length;
      expect(await sightsOf(owners[0]!)).toEqual(await sightsOf(owners[1]!));
    }),
    { numRuns: 150 },
  );
  expect(saved).toBeGreaterThan(30);
});

test('as it is shipped, a statement is read ahead from the second time on: to plan it takes longer than to run it', async () => {
  const counts: number[] = [];
  for (let time = 0; time < 3; time++) counts.push((await answerOf(shipped, MY_PLAN, ALLY))[1].length);
  expect(counts[0]).toBeGreaterThan(2);
  expect(counts.slice(1)).toEqual([1, 1]); // whom the token names is confirmed with it
});

describe('what goes wrong is said where the thing is asked for:', () => {
  test('a cursor of another list', async () => {
    const query = MY_PLAN.replace('updates(first: 3)', 'updates(first: 3, after: "Zm9yZWlnbg")');
    const answer = await ahead.ask(query);
    expect(answer.errors![0]).toMatchObject({
      path: ['me', 'employee', 'activeActionPlan', 'skills', 0, 'actions', 0, 'updates'],
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(answer.errors).toEqual((await step.ask(query)).errors);
  });

  test('an argument out of bounds', async () => {
    const query = MY_PLAN.replace('first: 3', 'first: 3, last: 3');
    const answer = await ahead.ask(query);
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors).toEqual((await step.ask(query)).errors);
  });

  test('an id that is none', async () => {
    const query = '{ actionPlan(id: "nothing") { goal skills { skill { name } } } }';
    const answer = await ahead.ask(query);
    expect(answer.errors![0]).toMatchObject({ path: ['actionPlan'], extensions: { code: 'BAD_USER_INPUT' } });
    expect(answer.errors).toEqual((await step.ask(query)).errors);
  });

  test('a statement that takes too long', async () => {
    const owner = owners[2]!;
    await owner.query('begin; lock table progress_update in access exclusive mode');
    const { errors } = await impatient.ask(MY_PLAN);
    await owner.query('rollback');
    expect(errors).toMatchObject([{ path: ['me', 'employee'], extensions: { code: 'TIMED_OUT' } }]);
    expect((await impatient.ask(MY_PLAN)).errors).toBeUndefined();
  });
});
