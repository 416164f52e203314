import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { decodeTypedId } from '../../../../src/shared/typed-id.js';
import { untilBackends, waiting } from '../../../support/backends.js';
import { planMutations } from '../../../support/plans.js';
import { startTestService, type TestService } from '../../../support/service.js';

/** What becomes of a mutation whose plan somebody else has locked. */

let service: TestService;
let plans: ReturnType<typeof planMutations>;
/** Somebody else, and one who looks on. */
let other: pg.Client;
let watcher: pg.Client;
// biome-ignore lint/suspicious/noExplicitAny: tests look into plans of any shape
let plan: any;
beforeAll(async () => {
  service = await startTestService({ timeouts: { lock: 1_000 } });
  plans = planMutations(service);
  plan = await plans.createActive();
  other = new pg.Client({ connectionString: service.databaseUrl });
  watcher = new pg.Client({ connectionString: service.databaseUrl });
  await Promise.all([other.connect(), watcher.connect()]);
});
beforeEach(async () => {
  plan = await plans.read(plan.id);
  await other.query('begin');
  await other.query('select from action_plan where id = $1 for update', [identifierOf(plan.id)]);
});
afterAll(async () => {
  await Promise.all([other.end(), watcher.end()]);
  await service.close();
});

const identifierOf = (id: string): string => decodeTypedId(id)!.identifier;

const revise = (...edits: object[]) =>
  service.ask(
    `mutation ($input: ReviseActionPlanInput!) { reviseActionPlan(input: $input) {
      plan { skills { actions { id percentComplete } } } userErrors { code } } }`,
    { input: { planId: plan.id, expectedVersion: plan.version, edits } },
  );

test('it sees all that was done to the plan and its actions while it waited', async () => {
  const [action] = plan.skills[0].actions;
  const revising = revise({ changeAction: { actionId: action.id, timeFrame: 'within ten weeks' } });
  await untilBackends(watcher, waiting(1));
  await other.query(`update action set status = 'IN_PROGRESS', percent_complete = 37 where id = $1`, [
    identifierOf(action.id),
  ]);
  await other.query('commit');
  const { data } = await revising;
  expect(data.reviseActionPlan.userErrors).toEqual([]);
  const [revised] = data.reviseActionPlan.plan.skills[0].actions;
  expect(revised).toMatchObject({ id: action.id, percentComplete: 37 });
  expect((await plans.read(plan.id)).skills[0].actions[0]).toMatchObject({
    percentComplete: 37,
    status: 'IN_PROGRESS',
  });
});

test('who may see the plan but not change it is told so, and waits for nobody', async () => {
  const input = { planId: plan.id, expectedVersion: plan.version };
  const archive =
    'mutation ($input: ArchiveActionPlanInput!) { archiveActionPlan(input: $input) { userErrors { code } } }';
  const answer = await service.ask(archive, { input }, { employee: 'sasha.trail', roles: ['hr_admin'] });
  expect(answer.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  await other.query('rollback');
});

test('that it failed while it waited is recorded, and whose plan it was', async () => {
  const answer = await revise({ changePlan: { goal: 'To wait for the others' } });
  await other.query('rollback');
  expect(answer).toMatchObject({ status: 504, errors: [{ extensions: { code: 'TIMED_OUT' } }] });
  const { rows } = await watcher.query(`
    select outcome, employee.external_id as person from audit_entry
    left join audit_party on audit_party.key = audit_entry.person left join employee on employee.id::text = identity
    where action = 'reviseActionPlan' order by occurred_at desc limit 1`);
  expect(rows).toEqual([{ outcome: 'FAILED', person: 'ally.adventure' }]);
});
