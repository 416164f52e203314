import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { SCOPE_STATEMENT, scopeValues } from '../../src/database/viewer-scope.js';
import type { Viewer } from '../../src/shared/viewer.js';
import { planMutations } from '../support/plans.js';
import { ALLY, startTestService, type TestService } from '../support/service.js';
import { asServiceRole } from '../support/test-database.js';

/** The second wall alone: statements that say nothing of who may see what, sent as the role of the service. */

/** Tables that hold nothing of a person. Every other one must have row-level security. */
const IMPERSONAL = [
  'department',
  'migration',
  'personal_column',
  'rate_limit',
  'role',
  'role_skill',
  'skill',
  'skill_alias',
];

let service: TestService;
let owner: pg.Client;
let client: pg.Client;
const idOf: Record<string, string> = {};

beforeAll(async () => {
  service = await startTestService();
  const plans = planMutations(service);
  const plan = await plans.createActive();
  const actionId = plan.skills[0].actions[0].id;
  await service.ask(
    `mutation { recordProgress(input: { actionId: "${actionId}", percentComplete: 5, idempotencyKey: "k" }) { userErrors { code } } }`,
    {},
    ALLY,
  );
  owner = new pg.Client({ connectionString: service.databaseUrl });
  client = new pg.Client({ connectionString: asServiceRole(service.databaseUrl) });
  await owner.connect();
  await client.connect();
  const { rows } = await owner.query('select id, external_id from employee');
  for (const { id, external_id } of rows) idOf[external_id] = id;
});
afterAll(async () => {
  await owner.end();
  await client.end();
  await service.close();
});

const as = (externalId: string | null, ...roles: Viewer['roles']): Viewer => ({
  subject: externalId === null ? 'service' : idOf[externalId]!,
  employeeId: externalId === null ? null : idOf[externalId]!,
  roles,
});

/** What a statement finds in somebody's name; with null in nobody's. Nothing of it is kept. */
async function find(viewer: Viewer | null, text: string, indirectManagersReadPlans = true): Promise<pg.QueryResult> {
  await client.query('begin');
  try {
    const timeouts = { statement: 0, lock: 0, idleInTransaction: 0 };
    if (viewer)
      await client.query(SCOPE_STATEMENT, scopeValues(viewer, { indirectManagersReadPlans }, timeouts, 'BY_VALUES'));
    return await client.query(text);
  } finally {
    await client.query('rollback');
  }
}
const count = async (viewer: Viewer | null, from: string, setting = true): Promise<number> =>
  (await find(viewer, `select count(*)::integer as count from ${from}`, setting)).rows[0].count;
const outcome = (viewer: Viewer, text: string): Promise<string> =>
  find(viewer, text).then(
    ({ rowCount }) => `${rowCount} rows`,
    (error: pg.DatabaseError) =>
      error.message.replace(/ for (table|relation|view) \w+$/, '').replace(/ for table "\w+"$/, ''),
  );

describe('every table', () => {
  test('forces row-level security, or holds nothing of a person', async () => {
    const { rows } = await owner.query(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and not (relrowsecurity and relforcerowsecurity) order by relname`,
    );
    expect(rows.map(({ relname }) => relname)).toEqual(IMPERSONAL);
  });

  test('is owned by another role than that of the service, which can neither delete anything of people nor define anything', async () => {
    const { rows } = await client.query(
      `select relname, has_table_privilege(oid, 'delete') as deletes, has_table_privilege(oid, 'truncate') as truncates,
         pg_has_role(relowner, 'member') as owns from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')`,
    );
    expect(rows.length).toBeGreaterThan(10);
    const strong = rows.filter(({ deletes, truncates, owns }) => deletes || truncates || owns);
    expect(strong).toEqual([{ relname: 'rate_limit', deletes: true, truncates: false, owns: false }]);
    await expect(client.query('create table mine (id integer)')).rejects.toThrow('permission denied for schema public');
    const { rows: roles } = await client.query(
      `select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as strong from pg_roles
       where rolname in (current_user, 'career_conversations_service', 'career_conversations_analytics')`,
    );
    expect(roles).toEqual([{ strong: false }, { strong: false }, { strong: false }]);
  });

  test('is read and kept by the service and its owner alone; the role of analysts reads structure', async () => {
    const { rows } = await owner.query(
      `select distinct table_name from information_schema.role_table_grants
       where table_schema = 'public' and grantee in ('PUBLIC', 'career_conversations_analytics') order by 1`,
    );
    expect(rows.map(({ table_name }) => table_name)).toEqual(
      [...IMPERSONAL.filter((table) => !['rate_limit', 'personal_column'].includes(table)), 'plan_policy'].sort(),
    );
  });

  test('of the functions that work as the owner, the service calls those that it needs, and others none', async () => {
    const { rows } = await owner.query(
      `select proname, has_function_privilege('career_conversations_service', oid, 'execute') as service,
         has_function_privilege('public', oid, 'execute') and prorettype <> 'trigger'::regtype as everybody
       from pg_proc where prosecdef and pronamespace = 'public'::regnamespace order by proname`,
    );
    expect(rows.filter(({ everybody }) => everybody)).toEqual([]);
    expect(rows.filter((row) => row.service).map(({ proname }) => proname)).toEqual([
      'append_audit_entries',
      'confirm_viewer',
      'erase_employee',
      'export_employee',
      'find_employee_for_sign_in',
      'find_employees_by_name',
      'forget_audit_party',
      'maintain_reporting_lines',
      'refuse_erased',
    ]);
  });
});

const PLAN_TABLES = ['action_plan', 'plan_skill', 'action', 'plan_revision', 'progress_update'];

describe('plans and progress', () => {
  test.each(PLAN_TABLES)('%s: rows are there for the person, those above and HR, and nobody else', async (table) => {
    expect(await count(as('ally.adventure'), table)).toBeGreaterThan(0);
    expect(await count(as('morgan.summit'), table)).toBeGreaterThan(0);
    expect(await count(as('riley.ridge'), table)).toBeGreaterThan(0);
    expect(await count(as('riley.ridge'), table, false)).toBe(0);
    expect(await count(as('morgan.summit'), table, false)).toBeGreaterThan(0);
    expect(await count(as(null, 'hr_admin'), table)).toBeGreaterThan(0);
    for (const viewer of [
      as('sasha.trail'),
      as('E-0061'),
      as('jordan.lake'),
      as(null, 'hris'),
      as(null, 'analyst', 'exporter'),
      null,
    ]) {
      expect(await count(viewer, table)).toBe(0);
    }
  });

  const change = 'update action_plan set goal = goal';
  test.each([
    ['the person', () => as('ally.adventure'), '1 rows'],
    ['the manager', () => as('morgan.summit'), '1 rows'],
    ['somebody above the manager', () => as('riley.ridge'), '0 rows'],
    ['HR', () => as(null, 'hr_admin'), '0 rows'],
    ['a colleague', () => as('sasha.trail'), '0 rows'],
  ])('are changed by %s as the table says', async (_, viewer, expected) => {
    expect(await outcome(viewer(), change)).toBe(expected);
  });

  test('of others cannot be added, nor handed over', async () => {
    const add = `insert into action_plan (id, employee_id, goal, status, version, created_at, updated_at)
      values (gen_random_uuid(), '${idOf['ally.adventure']}', 'x', 'DRAFT', 1, now(), now())`;
    const refusal = 'new row violates row-level security policy';
    expect(await outcome(as('ally.adventure'), add)).toBe('1 rows');
    for (const viewer of [as('sasha.trail'), as('riley.ridge'), as(null, 'hr_admin'), as(null, 'hris')]) {
      expect(await outcome(viewer, add)).toBe(refusal);
    }
    const handOver = `update action_plan set employee_id = '${idOf['sasha.trail']}'`;
    expect(await outcome(as('ally.adventure'), handOver)).toBe(refusal);
    expect(await outcome(as('ally.adventure'), 'update plan_revision set reason = null')).toMatch(/permission denied/);
    expect(await outcome(as('ally.adventure'), 'update progress_update set note = null')).toMatch(/permission denied/);
  });
});

describe('people', () => {
  test('colleagues see who works here, and nothing more', async () => {
    const all = (await owner.query('select count(*)::integer as count from employee')).rows[0].count;
    const left = (await owner.query('select count(*)::integer as count from employee where not employed')).rows[0]
      .count;
    expect(left).toBeGreaterThan(0);
    expect(await count(as('sasha.trail'), 'employee')).toBe(all - left);
    expect(await count(as(null, 'hr_admin'), 'employee')).toBe(all);
    expect(await count(as(null, 'hris'), 'employee')).toBe(all);
    expect(await count(as(null, 'analyst'), 'employee')).toBe(0);
    expect(await count(null, 'employee')).toBe(0);
    for (const column of ['work_email', 'role_id', 'manager_id', 'hired_on', 'employment_status', 'created_at']) {
      expect(await outcome(as('ally.adventure'), `select ${column} from employee`)).toMatch(/permission denied/);
      expect(await outcome(as(null, 'hr_admin'), `select id from employee where ${column} is not null`)).toMatch(
        /permission denied/,
      );
    }
  });

  test('how somebody is employed is there for them, those above, HR and the HRIS', async () => {
    const { rows } = await owner.query(
      `select count(*) filter (where manager_id = $1)::integer as reports,
         (select count(*)::integer from reporting_line where manager_id = $1) as line from employee`,
      [idOf['riley.ridge']],
    );
    expect(rows[0].line).toBeGreaterThan(rows[0].reports);
    expect(await count(as('riley.ridge'), 'employment')).toBe(rows[0].line + 1);
    expect(await count(as('ally.adventure'), 'employment')).toBe(1);
    expect(await count(as(null, 'hris'), 'employment')).toBeGreaterThan(300);
    expect(await count(as(null, 'hr_admin'), 'employment')).toBeGreaterThan(300);
    expect(await count(as(null, 'analyst'), 'employment')).toBe(0);
    expect(await count(null, 'employment')).toBe(0);
  });

  test('are found by a name by whom they could be read, and by nobody else', async () => {
    const read = 'select array(select id from employee order by id) as ids';
    const search = `select array(select id from find_employees_by_name('%') as found (id) order by id) as ids`;
    const ids = async (viewer: Viewer | null, text: string) => (await find(viewer, text)).rows[0].ids;
    const ally = idOf['ally.adventure'];
    try {
      await owner.query(`update employee set employment_status = 'TERMINATED' where id = $1`, [ally]);
      for (const viewer of [
        null,
        as(null, 'analyst', 'exporter'),
        as('sasha.trail'),
        as('morgan.summit'),
        as('riley.ridge'),
        as(null, 'hr_admin'),
        as(null, 'hris'),
      ])
        expect(await ids(viewer, search)).toEqual(await ids(viewer, read));
      expect(await ids(null, search)).toEqual([]);
      expect(await ids(as('sasha.trail'), search)).not.toContain(ally);
      expect(await ids(as('morgan.summit'), search)).toContain(ally);
      await owner.query('update employee set erased_at = now() where id = $1', [ally]);
      for (const viewer of [as('ally.adventure'), as('morgan.summit'), as(null, 'hr_admin'), as(null, 'hris')])
        expect(await ids(viewer, search)).not.toContain(ally);
    } finally {
      await owner.query(`update employee set employment_status = 'ACTIVE', erased_at = null where id = $1`, [ally]);
    }
  });

  test('whoever reports to somebody else is nobody’s business', async () => {
    expect(await count(as('ally.adventure'), 'reporting_line')).toBe(0);
    expect(await count(null, 'reporting_line')).toBe(0);
    const { rows } = await find(as('morgan.summit'), 'select distinct manager_id from reporting_line');
    expect(rows).toEqual([{ manager_id: idOf['morgan.summit'] }]);
  });
});

test('idempotency keys belong to who used them', async () => {
  expect(await count(as('ally.adventure'), 'idempotency_record')).toBe(1);
  for (const viewer of [as('morgan.summit'), as(null, 'hr_admin'), null])
    expect(await count(viewer, 'idempotency_record')).toBe(0);
});

test('the policy is changed by HR alone', async () => {
  const add = `insert into plan_policy select (jsonb_populate_record(plan_policy,
    '{"version": 99, "id": "01900000-0000-7000-8000-000000000099"}')).* from plan_policy where version = 1`;
  expect(await outcome(as(null, 'hr_admin'), add)).toBe('1 rows');
  expect(await outcome(as('ally.adventure'), add)).toBe('new row violates row-level security policy');
});
