import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { buildSchema } from '../../src/graphql/build-schema.js';
import { resolvers } from '../../src/resolvers.js';
import { columnAccess, INTERNAL_COLUMNS } from '../support/column-access.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/**
 * Row-level security decides on rows. Where a row is shown to people who may not see all of it, the columns that the service
 * may read decide the rest: those that all who see the row may see, and no others.
 */

const SERVICE = 'career_conversations_service';
const access = columnAccess(buildSchema(resolvers));

/** Tables about people that the service reads with all their columns: whoever sees the row sees all of it. */
const READ_WHOLE = [
  'action',
  'action_plan',
  'idempotency_record',
  'plan_policy',
  'plan_revision',
  'plan_skill',
  'progress_update',
  'reporting_line',
];

/** Views through which the service reads the other columns of a table, and the row of the access table each one shows. */
const VIEWS = { employment: { of: 'employee', subject: 'EMPLOYMENT', key: 'employee_id' } } as const;

let database: TestDatabase;
let owner: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

interface Column {
  table: string;
  column: string;
  isRead: boolean;
}

/** The columns of tables about people, and of views, with whether the service may read them. */
async function columnsOf(kind: 'table' | 'view'): Promise<Column[]> {
  const { rows } = await owner.query(
    `select relname as "table", attname as "column", has_column_privilege('${SERVICE}', pg_class.oid, attnum, 'select') as "isRead"
     from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
     where relnamespace = 'public'::regnamespace and (${kind === 'view' ? `relkind = 'v'` : 'relrowsecurity'})
     order by relname, attname`,
  );
  return rows;
}

test('whole tables about people are read where whoever sees a row sees all of it', async () => {
  const { rows } = await owner.query(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity
       and has_table_privilege('${SERVICE}', oid, 'select') order by relname`,
  );
  expect(rows.map(({ relname }) => relname)).toEqual(READ_WHOLE);
});

test('of other tables about people the service reads the columns that all who see the row may see, and no others', async () => {
  const problems = (await columnsOf('table')).flatMap(({ table, column, isRead }) => {
    if (READ_WHOLE.includes(table)) return [];
    const name = `${table}.${column}`;
    const row = access.ofRow(table);
    const subject = access.ofColumn(table, column);
    const isInternal = INTERNAL_COLUMNS[table]?.[column] !== undefined;
    const isForAll = row !== null && subject === row;
    if (isRead === (isForAll || isInternal)) return [];
    if (!isRead) return [`${name} is not granted to the service, though a field of the row ${row} shows it.`];
    return [
      `${name} is granted to the service, but ${subject === null ? 'no field shows it' : `the field that shows it falls under ${subject}`}: whoever sees the row could read it. Take the grant back and read it through a view such as employment, or name it with a reason in INTERNAL_COLUMNS of test/support/column-access.ts.`,
    ];
  });
  expect(problems).toEqual([]);
});

test('internal columns are there, and no field shows them', async () => {
  const all = (await columnsOf('table')).map(({ table, column }) => `${table}.${column}`);
  const internal = Object.entries(INTERNAL_COLUMNS).flatMap(([table, reasons]) =>
    Object.keys(reasons).map((column) => ({ table, column })),
  );
  const needless = internal.filter(
    ({ table, column }) => access.ofColumn(table, column) !== null || !all.includes(`${table}.${column}`),
  );
  expect(needless).toEqual([]);
});

/** Views that policies ask, with all that they show: who reports to the viewer, and, to HR alone, who is not erased. */
const POLICY_VIEWS: Record<string, string[]> = { employee_for_hr: ['id'], viewer_report: ['depth', 'report_id'] };

test('the views that policies ask show no more than that', async () => {
  const views = await columnsOf('view');
  for (const [view, columns] of Object.entries(POLICY_VIEWS))
    expect(views.filter(({ table }) => table === view).map(({ column }) => column)).toEqual(columns);
});

test('each view shows the columns that fall under its row of the access table, all of them and no others', async () => {
  const shown = (await columnsOf('view')).filter(({ table }) => POLICY_VIEWS[table] === undefined);
  expect([...new Set(shown.map(({ table }) => table))]).toEqual(Object.keys(VIEWS));
  const tables = await columnsOf('table');
  for (const [view, { of, subject, key }] of Object.entries(VIEWS)) {
    const expected = tables
      .filter(({ table, column }) => table === of && access.ofColumn(of, column) === subject)
      .map(({ column }) => column);
    expect(shown.filter(({ table }) => table === view).map(({ column }) => column)).toEqual([...expected, key].sort());
  }
});
