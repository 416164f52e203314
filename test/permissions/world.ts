import pg from 'pg';
import type { RequestLimits } from '../../src/http/apollo-server.js';
import type { TokenClaims } from '../../src/http/sign-in/development-token.js';
import type { AccessSettings } from '../../src/shared/access.js';
import { planMutations, READY_PLAN } from '../support/plans.js';
import { HR_ADMIN, startTestService, TEST_LIMITS, type TestService } from '../support/service.js';
import { fillWorld } from './fill-world.js';

/**
 * A company in which every text that is about a person carries a mark with their external id, so that an answer tells by
 * itself about whom it says something.
 */

/** People with plans that have everything a plan can have. */
export const PEOPLE = ['ally.adventure', 'morgan.summit', 'riley.ridge', 'sasha.trail', 'E-0061', 'E-0069'];
/** One of them, who has left since. */
export const LEAVER = 'E-0069';

/** The SQL of their ids. */
export const PEOPLE_IDS = `select id from employee where external_id in ('${PEOPLE.join("', '")}')`;

/** The sweep asks for everything at once, as no client would. */
export const SWEEP_LIMITS: RequestLimits = {
  document: { ...TEST_LIMITS.document, characters: 10_000_000, tokens: 50_000, aliases: 10_000, selections: 10_000 },
  cost: { employee: 1e9, hr_admin: 1e9, hris: 1e9, analyst: 1e9, exporter: 1e9 },
};

export const planMark = (externalId: string): string => `plan-of-${externalId}-end`;
export const employmentMark = (externalId: string): string => `employment-of-${externalId}-end`.toLowerCase();

export async function withOwner<Outcome>(url: string, work: (owner: pg.Client) => Promise<Outcome>): Promise<Outcome> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

async function addPlan(service: TestService, externalId: string): Promise<void> {
  const as: TokenClaims = { employee: externalId, roles: [] };
  const mark = planMark(externalId);
  const marked = (text: string): string => `${text} ${mark}`;
  const plan = await planMutations(service, as).createActive({
    ...READY_PLAN,
    employee: { externalId },
    goal: marked('A goal'),
    idempotencyKey: mark,
    skills: READY_PLAN.skills.map((skill) => ({
      ...skill,
      outcome: marked(skill.outcome),
      actions: skill.actions.map((action) => ({
        ...action,
        description: mark,
        expectedOutcome: mark,
        timeFrame: mark,
        startOn: '2026-12-01',
        title: marked(action.title),
        successMeasure: marked(action.successMeasure),
      })),
    })),
  });
  const record = `mutation ($input: RecordProgressInput!) { recordProgress(input: $input) { userErrors { code } } }`;
  for (const { id } of plan.skills[0].actions.slice(0, 2)) {
    await service.ask(record, { input: { actionId: id, percentComplete: 40, note: mark } }, as);
  }
  const revise =
    'mutation ($input: ReviseActionPlanInput!) { reviseActionPlan(input: $input) { userErrors { code } } }';
  const edits = [{ changePlan: { goal: marked('Another goal') } }];
  const { data } = await service.ask(
    revise,
    { input: { planId: plan.id, expectedVersion: plan.version, edits, reason: mark } },
    as,
  );
  if (data.reviseActionPlan.userErrors.length > 0) throw new Error('The plan could not be revised.');
}

/** The SQL of an id that comes after all that the service makes. */
const LATE_ID = `overlay(gen_random_uuid()::text placing 'f' from 1 for 1)::uuid`;

/** One that was given up as a draft, and breaks rules; and one that was completed, without a skill that it began with. */
async function addFormerPlans(service: TestService, externalId: string): Promise<void> {
  const plans = planMutations(service, { employee: externalId, roles: [] });
  const mark = planMark(externalId);
  const [skill] = READY_PLAN.skills;
  const draft = { employee: { externalId }, goal: `An old goal ${mark}`, skills: [skill] };
  const { plan } = await plans.create(draft);
  const archiving = { planId: plan.id, expectedVersion: 1, reason: mark };
  await plans.archive(archiving);
  await plans.archive(archiving); // refused, and the audit trail says why
  // Without its actions and skills: the sweep reads enough of those of the plan that is active, whose ids come first.
  await withOwner(service.databaseUrl, (owner) =>
    owner.query(
      `with plan as (
         insert into action_plan (id, employee_id, goal, status, version, policy_id, outcome, closing_note, created_at,
           updated_at, activated_at, completed_at)
         select ${LATE_ID}, employee.id, $2, 'COMPLETED', 3, plan_policy.id, 'GOAL_REACHED', $2, now(), now(), now(), now()
         from employee, plan_policy where external_id = $1 returning id, employee_id
       )
       insert into plan_skill (id, plan_id, employee_id, skill_id, outcome, removed_at)
       select ${LATE_ID}, plan.id, employee_id, skill.id, $2, now() from plan, skill
       where external_id = 'S-PUBLIC-SPEAKING'`,
      [externalId, mark],
    ),
  );
}

/** The rules with a little more slack, so that somebody wrote them. */
async function changePlanPolicy(service: TestService): Promise<void> {
  const { data } = await service.ask(
    'mutation { updatePlanPolicy(input: { expectedVersion: 1, slack: 1 }) { userErrors { code } } }',
    {},
    HR_ADMIN,
  );
  if (data.updatePlanPolicy.userErrors.length > 0) throw new Error('The plan policy could not be changed.');
}

/** The company, in a service of its own. sweep-world.test.ts says what is missing in it. */
export async function startWorld(accessSettings: AccessSettings): Promise<TestService> {
  const service = await startTestService({ accessSettings, limits: SWEEP_LIMITS });
  for (const externalId of PEOPLE) {
    await addPlan(service, externalId);
    await addFormerPlans(service, externalId);
  }
  await changePlanPolicy(service);
  await service.ask('{ actionPlans(first: 50) { nodes { goal } } }', {}, HR_ADMIN); // the audit trail says of whom
  await withOwner(service.databaseUrl, async (owner) => {
    await owner.query(`update employee set work_email = lower('employment-of-' || external_id || '-end@example.com')`);
    await owner.query(`update employee set employment_status = 'TERMINATED' where external_id = $1`, [LEAVER]);
    await owner.query(`update employee set employment_status = 'ON_LEAVE' where external_id = 'E-0061'`);
    await fillWorld(owner, PEOPLE_IDS, (externalId) => `lower('employment-of-' || ${externalId} || '-end')`);
  });
  return service;
}

/** Leaves the API to decide alone. */
export const dropDatabaseWall = (url: string): Promise<void> =>
  withOwner(url, async (owner) => {
    const { rows } = await owner.query(`select relname from pg_class where relrowsecurity`);
    for (const { relname } of rows) await owner.query(`alter table ${relname} disable row level security`);
    const { rows: columns } = await owner.query(
      `select string_agg(case attname when 'employee_id' then 'id as employee_id' else attname end, ', ' order by attnum) as list
       from pg_attribute where attrelid = 'employment'::regclass and attnum > 0`,
    );
    await owner.query(`create or replace view employment as select ${columns[0].list} from employee`);
  });
