import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const BATCH = 20_000;

/** The tables that grow large: their indexes are made when all rows are there, which takes a fraction of the time. */
const LARGE = ['action', 'progress_update'];

const read = (file) => fs.readFileSync(path.join(import.meta.dirname, file), 'utf8');

const CATALOGUE = read('catalogue.sql');
const EMPLOYEES = read('employees.sql');

/** Of the SQL that makes the company: another one makes another company. */
export const companyDigest = createHash('sha256').update(CATALOGUE).update(EMPLOYEES).digest('hex').slice(0, 8);

/** Takes the indexes of a table away. @returns the statements that make them again */
async function dropIndexes(client, table) {
  const { rows: constraints } = await client.query(
    `select conrelid::regclass as table, conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
     where contype in ('p', 'u') and conrelid = $1::regclass or contype = 'f' and confrelid = $1::regclass
     order by contype = 'f' desc`,
    [table],
  );
  for (const { table: of, name } of constraints) await client.query(`alter table ${of} drop constraint ${name}`);
  const { rows: indexes } = await client.query(
    'select indexname as name, indexdef as definition from pg_indexes where tablename = $1',
    [table],
  );
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  return [
    ...constraints
      .toReversed() // foreign keys need the keys they point to
      .map(({ table: of, name, definition }) => `alter table ${of} add constraint ${name} ${definition}`),
    ...indexes.map(({ definition }) => definition),
  ];
}

/** Makes a company of so many employees, in statements that the triggers of the service are not asked about. */
export async function loadCompany(client, employees, report) {
  await client.query('begin');
  await client.query('set local session_replication_role = replica');
  await client.query("set local maintenance_work_mem = '1GB'");
  await client.query(CATALOGUE);
  const makeIndexes = [];
  for (const table of LARGE) makeIndexes.push(...(await dropIndexes(client, table)));
  for (let first = 1; first <= employees; first += BATCH) {
    const last = Math.min(first + BATCH - 1, employees);
    await client.query(EMPLOYEES.replaceAll(':first', String(first)).replaceAll(':last', String(last)));
    report(`${last} of ${employees} employees made`);
  }
  for (const [place, statement] of makeIndexes.entries()) {
    report(`index ${place + 1} of ${makeIndexes.length}`);
    await client.query(statement);
  }
  await client.query('drop schema generator cascade');
  await client.query('commit');
  report('vacuum');
  await client.query('vacuum (analyze)');
}
