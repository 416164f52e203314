import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { planMutations } from '../../../support/plans.js';
import { ALLY, startTestService, type TestService } from '../../../support/service.js';

/** What the database refuses by itself, whatever the code in front of it does. */

let service: TestService;
let client: pg.Client;
let planId: string;
let planSkillId: string;
let actionId: string;

beforeAll(async () => {
  service = await startTestService();
  const plan = await planMutations(service).createActive();
  client = new pg.Client({ connectionString: service.databaseUrl });
  await client.connect();
  const { rows } = await client.query(
    `select action.id, action.plan_id, action.plan_skill_id from action join plan_skill on plan_skill.id = plan_skill_id
     where rank = 1 and position = 0`,
  );
  [actionId, planId, planSkillId] = [rows[0].id, rows[0].plan_id, rows[0].plan_skill_id];
  const mutation =
    'mutation ($id: ID!) { recordProgress(input: { actionId: $id, percentComplete: 5 }) { userErrors { code } } }';
  await service.ask(mutation, { id: plan.skills[0].actions[0].id }, ALLY);
});
afterAll(async () => {
  await client.end();
  await service.close();
});
beforeEach(() => client.query('begin'));
afterEach(() => client.query('rollback'));

const constraint = async (text: string, values: unknown[] = []): Promise<string> => {
  const attempt = async () => {
    await client.query(text, values);
    await client.query('set constraints all immediate');
  };
  return attempt().then(
    () => 'accepted',
    (error: pg.DatabaseError) => error.constraint ?? error.message,
  );
};

const insertSkill = (rank: number | null, skill = 'S-SQL') =>
  constraint(
    `insert into plan_skill (id, plan_id, employee_id, skill_id, rank, removed_at)
     select gen_random_uuid(), $1, (select employee_id from action_plan where id = $1), id, $2::smallint,
       case when $2::smallint is null then now() end from skill where external_id = $3`,
    [planId, rank, skill],
  );
const updateAction = (assignment: string) => constraint(`update action set ${assignment} where id = $1`, [actionId]);
const updatePlan = (assignment: string) => constraint(`update action_plan set ${assignment} where id = $1`, [planId]);

describe('skills of a plan', () => {
  test('a third is accepted, a fourth is not', async () => {
    expect(await insertSkill(3)).toBe('accepted');
    expect(await insertSkill(4, 'S-STORYTELLING')).toBe('plan_skill_rank_check');
  });
  test('no rank twice', async () => expect(await insertSkill(2)).toBe('plan_skill_plan_id_rank_key'));
  test('no skill twice', async () =>
    expect(await insertSkill(3, 'S-PUBLIC-SPEAKING')).toBe('plan_skill_plan_id_skill_id_key'));
  test('a removed one may come again', async () =>
    expect(await insertSkill(null, 'S-PUBLIC-SPEAKING')).toBe('accepted'));
  test('no rank without being there, and none the other way round', async () => {
    const text = 'update plan_skill set removed_at = now() where id = $1';
    expect(await constraint(text, [planSkillId])).toBe('plan_skill_removed_check');
  });
});

describe('plans', () => {
  test('one active plan for an employee', async () => {
    const text = `insert into action_plan (id, employee_id, goal, status, version, policy_id, created_at, updated_at, activated_at)
      select gen_random_uuid(), employee_id, 'Another', 'ACTIVE', 1, policy_id, now(), now(), now() from action_plan where id = $1`;
    expect(await constraint(text, [planId])).toBe('action_plan_one_active_per_employee_key');
  });
  test.each([
    [`status = 'SLEEPING'`, 'action_plan_status_check'],
    [`status = 'COMPLETED', completed_at = now()`, 'action_plan_outcome_check'],
    [`outcome = 'GOAL_REACHED'`, 'action_plan_outcome_check'],
    [`status = 'ARCHIVED'`, 'action_plan_archived_check'],
    [`activated_at = null, policy_id = null`, 'action_plan_activated_check'],
    ['policy_id = null', 'action_plan_policy_check'],
    ['version = 0', 'action_plan_version_check'],
  ])('not %s', async (assignment, expected) => expect(await updatePlan(assignment)).toBe(expected));
});

describe('actions', () => {
  test.each([
    [`kind = 'COURSE'`, 'action_kind_check'],
    [`category = 'EDUCATION'`, 'action_kind_check'],
    [`kind = 'NAPPING'`, 'action_kind_check'],
    [`start_on = '2027-04-01', due_on = '2027-03-31'`, 'action_dates_check'],
    [`status = 'CANCELLED', percent_complete = 101`, 'action_percent_complete_check'],
    ["status = 'CANCELLED', percent_complete = -1", 'action_percent_complete_check'],
    [`status = 'DONE', percent_complete = 99`, 'action_status_check'],
    [`status = 'IN_PROGRESS', percent_complete = 100`, 'action_status_check'],
    [`status = 'NOT_STARTED', percent_complete = 1`, 'action_status_check'],
    ['plan_id = gen_random_uuid()', 'action_plan_skill_id_fkey'],
  ])('not %s', async (assignment, expected) => expect(await updateAction(assignment)).toBe(expected));
});

describe('what is only ever added', () => {
  test.each(['progress_update', 'plan_revision', 'plan_policy'])('%s refuses change and removal', async (table) => {
    expect(await constraint(`update ${table} set created_at = now()`)).toBe(`${table} is append-only: UPDATE refused`);
    await client.query('rollback; begin');
    expect(await constraint(`delete from ${table}`)).toBe(`${table} is append-only: DELETE refused`);
    await client.query('rollback; begin');
    expect(await constraint(`truncate ${table} cascade`)).toMatch(/ is append-only: TRUNCATE refused$/);
  });
  test('progress has a percent and a status that agree', async () => {
    const text = `insert into progress_update (id, action_id, employee_id, percent_complete, status, occurred_at, created_at)
      select gen_random_uuid(), id, employee_id, $2, $3, now(), now() from action where id = $1`;
    expect(await constraint(text, [actionId, 50, 'DONE'])).toBe('progress_update_status_check');
    await client.query('rollback; begin');
    expect(await constraint(text, [actionId, 50, 'CANCELLED'])).toBe('progress_update_status_check');
  });
});

describe('policies', () => {
  const insert = (assignments: string) =>
    constraint(`insert into plan_policy select (jsonb_populate_record(plan_policy, '{"version": 99,
      "id": "01900000-0000-7000-8000-000000000099", ${assignments}}')).* from plan_policy where version = 1`);
  test.each([
    ['"experience_percent": 71', 'plan_policy_shares_check'],
    ['"experience_percent": 110, "exposure_percent": -20', 'plan_policy_shares_check'],
    ['"max_skills": 4', 'plan_policy_skills_check'],
    ['"min_skills": 3, "max_skills": 2', 'plan_policy_skills_check'],
    ['"max_actions_per_skill": 11', 'plan_policy_actions_check'],
    ['"slack": 11', 'plan_policy_slack_check'],
    ['"slack": 1', 'accepted'],
  ])('with %s', async (assignments, expected) => expect(await insert(assignments)).toBe(expected));
});
