import pg from 'pg';
import type { RequestLimits } from '../../src/http/apollo-server.js';
import type { TokenClaims } from '../../src/http/sign-in/development-token.js';
import type { AccessSettings } from '../../src/shared/access.js';
import { planMutations, READY_PLAN } from '../support/plans.js';
import { startTestService, TEST_LIMITS, type TestService } from '../support/service.js';

/**
 * A company in which every text that is about a person carries a mark with their external id, so that an answer tells by
 * itself about whom it says something.
 */

/** People with a plan that has everything a plan can have. */
export const PEOPLE = ['ally.adventure', 'morgan.summit', 'riley.ridge', 'sasha.trail', 'E-0061', 'E-0069'];
/** One of them, who has left since. */
export const LEAVER = 'E-0069';

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
    skills: READY_PLAN.skills.map((skill) => ({
      ...skill,
      outcome: marked(skill.outcome),
      actions: skill.actions.map((action) => ({
        ...action,
        description: mark,
        expectedOutcome: mark,
        timeFrame: mark,
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

/** The company, in a service of its own. */
export async function startWorld(accessSettings: AccessSettings): Promise<TestService> {
  const service = await startTestService({ accessSettings, limits: SWEEP_LIMITS });
  for (const externalId of PEOPLE) await addPlan(service, externalId);
  await withOwner(service.databaseUrl, async (owner) => {
    await owner.query(`update employee set work_email = lower('employment-of-' || external_id || '-end@example.com')`);
    await owner.query(`update employee set employment_status = 'TERMINATED' where external_id = $1`, [LEAVER]);
    await owner.query(`update employee set employment_status = 'ON_LEAVE' where external_id = 'E-0061'`);
  });
  return service;
}

export interface Sight {
  /** The condition on `employee` that the viewer sees the person at all. */
  exists: string;
  /** That they see how the person is employed. */
  employment: string;
  /** That they see the person's plans and progress. */
  plans: string;
}

/** Takes everything away that a viewer may not see, and changes what they may not see of the rest. */
export const removeUnseen = (url: string, { exists, employment, plans }: Sight): Promise<void> =>
  withOwner(url, async (owner) => {
    await owner.query(`set session_replication_role = replica`); // no triggers, no foreign keys: nothing is refused
    for (const table of ['progress_update', 'plan_revision', 'action', 'plan_skill', 'action_plan']) {
      await owner.query(`delete from ${table} where employee_id not in (select id from employee where ${plans})`);
    }
    await owner.query(`
      update employee set work_email = 'other-' || work_email, hired_on = '1999-09-09', role_id = null, manager_id = null,
        employment_status = case employment_status when 'ACTIVE' then 'ON_LEAVE' when 'ON_LEAVE' then 'ACTIVE' else employment_status end
      where not (${employment})`);
    await owner.query(`create temporary table unseen as select id from employee where not (${exists})`);
    for (const [table, column] of [
      ['employee', 'manager_id'],
      ['plan_revision', 'author_id'],
      ['progress_update', 'author_id'],
      ['plan_policy', 'author_id'],
    ]) {
      await owner.query(`update ${table} set ${column} = null where ${column} in (select id from unseen)`);
    }
    await owner.query('delete from employee where id in (select id from unseen)');
    await owner.query('set session_replication_role = origin');
    await owner.query('delete from reporting_line');
    await owner.query('select rebuild_reporting_lines(array_agg(id)) from employee');
  });

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
