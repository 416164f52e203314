import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { type AuditVerification, verifyAuditTrail } from '../../src/database/verify-audit-trail.js';
import { SCOPE_STATEMENT, scopeValues } from '../../src/database/viewer-scope.js';
import type { TokenClaims } from '../../src/http/sign-in/development-token.js';
import { connectForMigration } from '../../src/service.js';
import { encodeTypedId } from '../../src/shared/typed-id.js';
import type { Viewer } from '../../src/shared/viewer.js';
import { captureLog } from '../support/captured-log.js';
import { eraseEmployee } from '../support/erase-employee.js';
import { planMutations, READY_PLAN } from '../support/plans.js';
import { ALLY, HR_ADMIN, HRIS, SASHA, startTestService, type TestService } from '../support/service.js';
import { asServiceRole } from '../support/test-database.js';
import { dropDatabaseWall } from './world.js';

/**
 * A person's right to take along what is stored about them, and to be forgotten. Robin is a manager in the middle of the
 * company. Everything that Robin is called, said, or that was said about Robin carries a mark.
 */

const MARK = 'marker-zq7';
const NAME = `Robin ${MARK}`;
const ROBIN: TokenClaims = { employee: `${MARK}-id`, roles: [] };
const RILEY: TokenClaims = { employee: 'riley.ridge', roles: [] };

const { log, lines } = captureLog();

let service: TestService;
let owner: DataSource;
let robinId: string;
let robinsPlan: string;
let allysPlan: string;
let allysAction: string;

const ask = async (query: string, variables: object, as: TokenClaims) => {
  const answer = await service.ask(query, variables, as);
  expect(answer.errors).toBeUndefined();
  return answer.data;
};
const RECORD = `mutation ($input: RecordProgressInput!) { recordProgress(input: $input) { userErrors { code } } }`;
const REVISE = `mutation ($input: ReviseActionPlanInput!) { reviseActionPlan(input: $input) { userErrors { code } } }`;
const EXPORT = `query ($ref: EmployeeRef!) { exportEmployeeData(ref: $ref) { format exportedAt employee { name } data } }`;

/** Everything in every table, by table. */
async function dump(): Promise<Record<string, string>> {
  const tables: { name: string }[] = await owner.query(
    `select relname as name from pg_class where relkind in ('r', 'p', 'm') and relnamespace = 'public'::regnamespace`,
  );
  const contents = tables.map(async ({ name }) => {
    const [row] = await owner.query(`select coalesce(string_agg(t::text, E'\\n'), '') as text from "${name}" as t`);
    return [name, row.text as string];
  });
  return Object.fromEntries(await Promise.all(contents));
}

const marked = (contents: Record<string, string>): string[] =>
  Object.keys(contents)
    .filter((table) => contents[table]!.includes('zq7'))
    .sort();

/** What is counted of everybody, as analysts would. */
const aggregates = () =>
  owner.query(`
    select (select jsonb_agg(t order by t::text) from (select department_id, role_id, count(*) from employee group by 1, 2) as t) as people,
      (select jsonb_agg(t order by t::text) from (select status, target_on, count(*), sum(version) from action_plan group by 1, 2) as t) as plans,
      (select jsonb_agg(t order by t::text) from (select skill_id, rank, count(*) from plan_skill group by 1, 2) as t) as skills,
      (select jsonb_agg(t order by t::text) from (
        select category, kind, status, due_on, count(*), avg(percent_complete) from action group by 1, 2, 3, 4) as t) as actions,
      (select jsonb_agg(t order by t::text) from (
        select status, occurred_at, count(*), avg(percent_complete) from progress_update group by 1, 2) as t) as progress,
      (select jsonb_agg(t order by t::text) from (select kind, version, count(*) from plan_revision group by 1, 2) as t) as revisions`);

async function plantRobin(): Promise<void> {
  // Ally's manager, with Riley above.
  await owner.query(
    `update employee set name = $1, external_id = $2, work_email = $3, job_title = $4 where external_id = 'morgan.summit'`,
    [NAME, ROBIN.employee, `${MARK}@example.com`, `Head of ${MARK}`],
  );
  [{ id: robinId }] = await owner.query('select id from employee where external_id = $1', [ROBIN.employee]);
  const plans = planMutations(service, ROBIN);
  const plan = await plans.createActive({
    ...READY_PLAN,
    employee: { externalId: ROBIN.employee },
    goal: `Goal ${MARK}`,
    skills: READY_PLAN.skills.map((skill) => ({
      ...skill,
      outcome: `${skill.outcome} ${MARK}`,
      actions: skill.actions.map((action) => ({
        ...action,
        title: `${action.title} ${MARK}`,
        description: MARK,
        successMeasure: `${action.successMeasure} ${MARK}`,
        expectedOutcome: MARK,
        timeFrame: MARK,
      })),
    })),
    idempotencyKey: `${MARK} create`,
  });
  robinsPlan = plan.id;
  const actionId = plan.skills[0].actions[0].id;
  await ask(RECORD, { input: { actionId, percentComplete: 30, note: MARK, idempotencyKey: `${MARK} one` } }, ROBIN);
  await ask(
    RECORD,
    { input: { actionId, percentComplete: 50, note: `Seen by Riley ${MARK}`, idempotencyKey: `r ${MARK}` } },
    RILEY,
  );
  const edits = [{ changePlan: { goal: `Other goal ${MARK}` } }];
  await ask(REVISE, { input: { planId: robinsPlan, expectedVersion: 2, edits, reason: MARK } }, ROBIN);
  await plans.complete({ planId: robinsPlan, expectedVersion: 3, outcome: 'GOAL_REACHED', closingNote: MARK });
}

/** What Robin wrote about Ally, and Ally about Robin. */
async function plantAlly(): Promise<void> {
  const plans = planMutations(service, ALLY);
  const skills = structuredCloneOf(READY_PLAN.skills);
  skills[0]!.actions[0]!.title = `Write a message house with robin ${MARK.toUpperCase()} for the spring range`;
  skills[0]!.actions[1]!.successMeasure = `Sent to ${MARK}@example.com, by 1 May`;
  const plan = await plans.createActive({ skills, goal: `To become what Robin ${MARK} is` });
  allysPlan = plan.id;
  allysAction = plan.skills[0].actions[0].id;
  await ask(RECORD, { input: { actionId: allysAction, percentComplete: 20, note: `Talked to Robin ${MARK}.` } }, ALLY);
  const opinion = {
    actionId: allysAction,
    percentComplete: 40,
    note: `What I think: ${MARK}`,
    idempotencyKey: `o ${MARK}`,
  };
  await ask(RECORD, { input: opinion }, ROBIN);
  const edits = [{ changePlan: { goal: `To become what Robin ${MARK} was` } }];
  await ask(REVISE, { input: { planId: allysPlan, expectedVersion: 2, edits, reason: `I find ${MARK}` } }, ROBIN);
}

const structuredCloneOf = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));

/** What the company says of Robin in what is about nobody, and in the title of somebody else. */
async function plantCompany(): Promise<void> {
  await owner.query(`update employee set job_title = $1 where external_id = 'ally.adventure'`, [
    `Assistant to ${NAME}`,
  ]);
  const planted = { department: ['name'], role: ['title'], skill: ['name', 'description', 'category'] };
  for (const [table, columns] of Object.entries(planted))
    for (const column of columns)
      await owner.query(
        `update ${table} set ${column} = ${column} || $1 where id = (select id from ${table} order by id limit 1)`,
        [` of ${NAME}`],
      );
  await owner.query(`insert into skill_alias select id, $1, 90 from skill order by id limit 1`, [`As ${NAME}`]);
}

/** Requests that carry the mark wherever a request can. */
async function plantRequests(): Promise<void> {
  const authorization = `Bearer ${await service.token(ROBIN)}`;
  for (const body of [
    { query: `query ($s: String) { skills(search: $s) { nodes { name } } }`, variables: { s: MARK } },
    { query: `{ employees(filter: { search: "${MARK}" }) { nodes { name } } }` },
    { query: `{ employees(first: 1, after: "${MARK}") { nodes { name } } }` },
    { query: RECORD, variables: { input: { actionId: MARK, note: MARK } } },
    { query: RECORD, variables: { input: { actionId: allysAction, note: MARK, percentComplete: 101 } } },
  ]) {
    await fetch(`${service.url}/graphql?x=${MARK}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', 'user-agent': MARK, referer: `http://${MARK}/` },
      body: JSON.stringify(body),
    });
  }
  const headers = { authorization, 'content-type': 'application/json', 'x-request-id': `${MARK}-request` };
  const query = `mutation { archiveActionPlan(input: { planId: "${robinsPlan}", expectedVersion: 99 }) { userErrors { code } } }`;
  await fetch(`${service.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  await service.ask('{ actionPlans(first: 50) { nodes { goal } } }', {}, HR_ADMIN);
}

const NO_TIMEOUTS = { statement: 0, lock: 0, idleInTransaction: 0 };

const as = (employeeId: string | null, ...roles: Viewer['roles']): Viewer => ({
  subject: employeeId ?? 'service:test',
  employeeId,
  roles,
});

/** Asks Postgres as the service would, in somebody's name. */
async function inNameOf(viewer: Viewer, statement: string, values: unknown[]): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: asServiceRole(service.databaseUrl) });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(
      SCOPE_STATEMENT,
      scopeValues(viewer, { indirectManagersReadPlans: true }, NO_TIMEOUTS, 'BY_VALUES'),
    );
    return await client.query(statement, values);
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  service = await startTestService({ log });
  owner = await connectForMigration(service.databaseUrl);
  await plantRobin();
  await plantAlly();
  await plantCompany();
  await plantRequests();
});
afterAll(async () => {
  await owner.destroy();
  await service.close();
});

describe('every column', () => {
  test('says what becomes of it when a person is erased, and none that is not there does', async () => {
    const missing = await owner.query(`
      select attrelid::regclass::text || '.' || attname as column from pg_attribute
      join pg_class on pg_class.oid = attrelid and relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
      where attnum > 0 and not attisdropped and relname not in ('migration', 'personal_column')
        and not exists (select from personal_column where table_name = relname and column_name = attname)
      union all
      select table_name || '.' || column_name from personal_column where not exists (
        select from pg_attribute join pg_class on pg_class.oid = attrelid and relnamespace = 'public'::regnamespace
        where relname = table_name and attname = column_name and not attisdropped)`);
    expect(missing).toEqual([]);
  });

  test('is the id of a person where it refers to one', async () => {
    const references = await owner.query(`
      select conrelid::regclass::text || '.' || attname as column, treatment from pg_constraint
      join pg_attribute on attrelid = conrelid and attnum = any (conkey)
      join personal_column on table_name = conrelid::regclass::text and column_name = attname
      where contype = 'f' and confrelid = 'employee'::regclass and treatment not in ('PERSON', 'AUTHOR', 'OWNER') order by 1`);
    // Of the structure that the HRIS owns.
    expect(references.map(({ column }: { column: string }) => column)).toEqual([
      'employee.manager_id',
      'reporting_line.manager_id',
      'reporting_line.report_id',
    ]);
  });

  test('that can hold a text holds the mark: else nothing would be shown by what follows', async () => {
    const columns: { table_name: string; column_name: string }[] = await owner.query(
      `select table_name, column_name from personal_column where treatment in ('NAME', 'TEXT', 'NOTE', 'DOCUMENT')`,
    );
    expect(columns.length).toBeGreaterThan(14);
    for (const { table_name, column_name } of columns) {
      const [row] = await owner.query(
        `select count(*)::integer as count from ${table_name} where ${column_name}::text ~ 'zq7'`,
      );
      expect({ table_name, column_name, isMarked: row.count > 0 }).toEqual({ table_name, column_name, isMarked: true });
    }
  });
});

describe('the export of a person', () => {
  const exported = async (employee: TokenClaims, by: TokenClaims) =>
    (await ask(EXPORT, { ref: { externalId: employee.employee } }, by)).exportEmployeeData;

  test.each([
    ['the person', ROBIN],
    ['HR', HR_ADMIN],
  ])('is complete, for %s', async (_, by) => {
    const { format, exportedAt, employee, data } = await exported(ROBIN, by);
    expect({ format, exportedAt, employee }).toEqual({
      format: 'career-conversations/1',
      exportedAt: '2026-11-23T09:00:00.000Z',
      employee: { name: NAME },
    });
    const tables: { table_name: string; column_name: string; treatment: string }[] = await owner.query(
      `select * from personal_column where treatment in ('PERSON', 'OWNER')`,
    );
    for (const { table_name, column_name } of tables) {
      const rows: { row: object }[] = await owner.query(
        `select to_jsonb(t) as row from ${table_name} as t where ${column_name}::text = $1 order by to_jsonb(t)::text`,
        [robinId],
      );
      expect(rows.length).toBeGreaterThan(0);
      expect(data.about[table_name]).toEqual(rows.map(({ row }) => row));
    }
    expect(data.about.employee[0]).toMatchObject({ id: robinId, name: NAME, work_email: `${MARK}@example.com` });
  });

  test('has what the person wrote about others, in their own words only', async () => {
    const { data } = await exported(ROBIN, ROBIN);
    expect(data.written.progress_update).toMatchObject([{ note: `What I think: ${MARK}`, percent_complete: 40 }]);
    expect(data.written.plan_revision).toMatchObject([{ reason: `I find ${MARK}` }]);
    expect(Object.keys(data.written.plan_revision[0])).not.toContain('changes');
    expect(JSON.stringify(data)).not.toContain('Talked to Robin');
  });

  test('has nothing of the company', async () => {
    const { about, written } = (await exported(ROBIN, HR_ADMIN)).data;
    for (const table of ['department', 'role', 'role_skill', 'skill', 'skill_alias', 'rate_limit'])
      expect([about[table], written[table]]).toEqual([undefined, undefined]);
    expect(about.employee).toHaveLength(1);
  });

  test('has what the audit trail knows of the person, and does not say who else it was', async () => {
    const { data } = await exported(ROBIN, ROBIN);
    expect(data.audit).toContainEqual(
      expect.objectContaining({ action: 'createActionPlan', outcome: 'DONE', by: 'YOU' }),
    );
    expect(data.audit).toContainEqual(
      expect.objectContaining({ action: 'read', subject: 'ACTION_PLAN', by: 'SOMEBODY_ELSE', address: null }),
    );
    const [{ id }] = await owner.query(`select id from employee where external_id = 'jordan.lake'`);
    expect(JSON.stringify(data.audit)).not.toContain(id);
  });

  test('is recorded each time', async () => {
    const count = async () =>
      (await owner.query(`select count(*)::integer as count from audit_entry where subject = 'EXPORT_PERSON'`))[0]
        .count;
    const before = await count();
    await exported(ROBIN, ROBIN);
    await exported(ROBIN, HR_ADMIN);
    expect(await count()).toBe(before + 2);
  });

  test.each([
    ['a colleague', SASHA],
    ['a report', ALLY],
    ['a manager', RILEY],
  ])('does not exist for %s', async (_, by) => {
    expect(await exported(ROBIN, by)).toBeNull();
  });

  test('is refused to the HRIS', async () => {
    const { status } = await service.ask(EXPORT, { ref: { externalId: ROBIN.employee } }, HRIS);
    expect(status).toBe(403);
  });

  test('is refused by Postgres, too', async () => {
    const [{ id }] = await owner.query(`select id from employee where external_id = 'ally.adventure'`);
    await expect(inNameOf(as(id), 'select export_employee($1)', [robinId])).rejects.toThrow('only the person and HR');
  });
});

describe('to erase a person', () => {
  const erase = (externalId: string, by: TokenClaims) => eraseEmployee(service, { externalId }, by);

  test.each([
    ['the person', ROBIN],
    ['the manager', RILEY],
    ['the HRIS', HRIS],
  ])('is refused to %s', async (_, by) => {
    expect(await erase(ROBIN.employee!, by)).toMatchObject({
      status: 403,
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
  });

  test('is refused by Postgres, too, to whom is no HR admin and for oneself', async () => {
    for (const viewer of [as(robinId), as(null, 'hris'), as(robinId, 'hr_admin')])
      await expect(inNameOf(viewer, 'select erase_employee($1)', [robinId])).rejects.toThrow('only HR may erase');
  });

  test('cannot be done to oneself, nor to nobody', async () => {
    const refused = (code: string) => ({
      erasedEmployeeId: null,
      erasedAt: null,
      userErrors: [{ code, path: ['employee'] }],
    });
    expect((await erase('jordan.lake', HR_ADMIN)).data.eraseEmployee).toEqual(refused('CANNOT_ERASE_YOURSELF'));
    expect((await erase('nobody', HR_ADMIN)).data.eraseEmployee).toEqual(refused('NOT_FOUND'));
  });
});

describe('a person who was erased', () => {
  let before: AuditVerification;
  let countsBefore: unknown;
  let rowsOfTrail: number;
  beforeAll(async () => {
    expect(marked(await dump())).toEqual([
      'action',
      'action_plan',
      'audit_origin',
      'department',
      'employee',
      'idempotency_record',
      'plan_revision',
      'plan_skill',
      'progress_update',
      'role',
      'skill',
      'skill_alias',
    ]);
    before = await verifyAuditTrail(owner, {});
    countsBefore = await aggregates();
    rowsOfTrail = before.entries;
    const { data } = await eraseEmployee(service, { externalId: ROBIN.employee! });
    expect(data.eraseEmployee).toEqual({
      erasedEmployeeId: expect.stringMatching(/^employee_/),
      erasedAt: expect.any(String),
      userErrors: [],
    });
  });

  test('is in no table any longer, by no name and in no word', async () => {
    expect(marked(await dump())).toEqual([]);
  });

  test('is in no line of the log', () => {
    expect(lines.length).toBeGreaterThan(20);
    const texts = lines.map((line) => JSON.stringify(line));
    const named = texts.filter((line) => line.includes('zq7') && !line.includes(`"requestId":"${MARK}-request"`));
    expect(named).toEqual([]);
  });

  test('leaves an audit trail that is whole, and an entry that says who did it', async () => {
    const { findings, entries } = await verifyAuditTrail(owner, before.checkpoint);
    expect(findings).toEqual([]);
    expect(entries).toBe(rowsOfTrail + 1);
    const [parties] = await owner.query('select count(*)::integer as count from audit_party where identity = $1', [
      robinId,
    ]);
    expect(parties.count).toBe(0);
    const [entry] = await owner.query(
      `select action, outcome, person.erased_at is not null as "isErased" from audit_entry
       join audit_party as person on person.key = audit_entry.person where action = 'eraseEmployee' and outcome = 'DONE'`,
    );
    expect(entry).toEqual({ action: 'eraseEmployee', outcome: 'DONE', isErased: true });
  });

  test('still counts', async () => {
    expect(await aggregates()).toEqual(countsBefore);
  });

  test('cannot sign in, nor be erased again', async () => {
    expect((await service.ask('{ me { permissions } }', {}, ROBIN)).status).toBe(401);
    const [{ id }] = await owner.query('select id from employee where erased_at is not null');
    expect(id).toBe(robinId);
    const { data } = await eraseEmployee(service, { externalId: ROBIN.employee! });
    expect(data.eraseEmployee.userErrors).toEqual([{ code: 'NOT_FOUND', path: ['employee'] }]);
  });

  const seenBy = (by: TokenClaims) =>
    ask(
      `query ($plan: ID!, $robin: ID!) { actionPlans(first: 100) { nodes { id employee { name } } } plan: node(id: $plan) { id }
        robin: node(id: $robin) { id } employee(ref: { id: $robin }) { id } exportEmployeeData(ref: { id: $robin }) { format } }`,
      { plan: robinsPlan, robin: encodeTypedId('employee', robinId) },
      by,
    );
  const expectNothing = async () => {
    for (const by of [HR_ADMIN, RILEY, ALLY, SASHA]) {
      const { actionPlans, ...seen } = await seenBy(by);
      expect(seen).toEqual({ plan: null, robin: null, employee: null, exportEmployeeData: null });
      expect(actionPlans.nodes.map((plan: { id: string }) => plan.id)).not.toContain(robinsPlan);
    }
  };

  test('exists for nobody', async () => {
    await expectNothing();
    const { rows } = await inNameOf(as(null, 'hr_admin'), 'select from action_plan where employee_id = $1', [robinId]);
    expect(rows).toEqual([]);
    for (const table of ['employee', 'employment']) {
      const column = table === 'employee' ? 'id' : 'employee_id';
      const found = await inNameOf(as(null, 'hr_admin'), `select ${column} from ${table} where ${column} = $1`, [
        robinId,
      ]);
      expect(found.rows).toEqual([]);
    }
  });

  test('leaves the plans of others as they are, without what names them', async () => {
    const plan = await planMutations(service, ALLY).read(allysPlan);
    expect(plan.goal).toBe('To become what [erased] was');
    expect(plan.skills[0].actions[0].title).toBe('Write a message house with [erased] for the spring range');
    expect(plan.skills[0].actions[1].successMeasure).toBe('Sent to [erased], by 1 May');
    expect(plan.readiness.ready).toBe(true);
    const query = `query ($id: ID!) { actionPlan(id: $id) { employee { manager { name } } revisions { nodes { author { name } reason } }
      skills { actions { updates { nodes { note author { name } percentComplete } } } } } }`;
    const { actionPlan } = await ask(query, { id: allysPlan }, ALLY);
    expect(actionPlan.employee.manager).toBeNull();
    expect(actionPlan.skills[0].actions[0].updates.nodes).toEqual([
      { note: null, author: null, percentComplete: 40 },
      { note: 'Talked to [erased].', author: { name: 'Ally Adventure' }, percentComplete: 20 },
    ]);
    expect(actionPlan.revisions.nodes[0]).toEqual({ author: null, reason: null });
  });

  test('leaves those who reported to them to those above', async () => {
    const { actionPlan } = await ask('query ($id: ID!) { actionPlan(id: $id) { goal } }', { id: allysPlan }, RILEY);
    expect(actionPlan).not.toBeNull();
    // Also after the structure above has changed.
    await owner.query(`update employee set manager_id = manager_id where external_id = 'riley.ridge'`);
    await owner.query(`select rebuild_reporting_lines(array_agg(id)) from employee`);
    expect(
      (await service.ask('query ($id: ID!) { actionPlan(id: $id) { goal } }', { id: robinsPlan }, RILEY)).data
        .actionPlan,
    ).toBeNull();
    expect(
      (await service.ask('query ($id: ID!) { actionPlan(id: $id) { goal } }', { id: allysPlan }, RILEY)).data
        .actionPlan,
    ).not.toBeNull();
  });

  test('does not open what is only ever added to: it is as closed as before, in the same transaction, too', async () => {
    const runner = owner.createQueryRunner();
    for (const statement of [
      `update progress_update set note = 'x'`,
      `update plan_revision set reason = 'x'`,
      'delete from progress_update',
    ]) {
      await runner.startTransaction();
      await runner.query(
        SCOPE_STATEMENT,
        scopeValues(as(null, 'hr_admin'), { indirectManagersReadPlans: true }, NO_TIMEOUTS, 'BY_VALUES'),
      );
      const [{ erased }] = await runner.query(
        `select erase_employee(id) as erased from employee where external_id = 'ally.adventure'`,
      );
      expect(erased).toEqual(expect.any(Date));
      await expect(runner.query(statement)).rejects.toThrow('append-only');
      await runner.rollbackTransaction();
    }
    await runner.release();
  });

  test('exists for nobody by the wall of the API alone', async () => {
    await dropDatabaseWall(service.databaseUrl);
    await expectNothing();
  });
});
