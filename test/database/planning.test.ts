import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { batchLoader } from '../../src/database/batch-loader.js';
import { ChildPages } from '../../src/database/child-pages.js';
import { Conditions } from '../../src/database/conditions.js';
import type { Database } from '../../src/database/database.js';
import { type List, readPage } from '../../src/database/page.js';
import { inTransaction } from '../../src/database/transaction.js';
import type { Planning } from '../../src/database/viewer-scope.js';
import { success } from '../../src/shared/result.js';
import { HR, openDatabase, ownerOf } from '../support/database.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** To plan a statement that looks up keys takes longer than to run it, so Postgres plans it once for each connection. */

const TIMES = 12; // Postgres plans the first five by their values, whatever it thinks of them

const skills: List = {
  name: 'skills',
  item: `json_build_object('id', skill.id)`,
  from: 'skill',
  visibility: { subject: 'STRUCTURE' },
  order: [{ sql: 'skill.id', type: 'uuid' }],
};
const page = { size: 3, backward: false, cursor: null };

let database: TestDatabase;
let opened: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  opened = await openDatabase(database.serviceUrl, { poolSize: 1 });
});
afterAll(async () => {
  await opened.close();
  await database.drop();
});

/** How often Postgres has planned for values, of the statements with this text in them. */
async function customPlansOf(part: string): Promise<number> {
  const [row] = await opened.readerFor(HR).read<{ plans: number; statements: number }>(
    `select sum(custom_plans)::integer as plans, count(*)::integer as statements from pg_prepared_statements
       where strpos(statement, $1) > 0 and strpos(statement, 'pg_prepared_statements') = 0`,
    [part],
  );
  expect(row!.statements).toBe(1);
  return row!.plans;
}

async function repeat(read: () => Promise<unknown>): Promise<void> {
  for (let time = 0; time < TIMES; time++) await read();
}

const [key, parent] = ['01900000-0000-7000-8000-00000000000a', '01900000-0000-7000-8000-00000000000b'];

test('what is looked up by keys is never planned for their values', async () => {
  await repeat(() => batchLoader(opened.readerFor(HR), { ...skills, key: 'skill.id' }).load(key!));
  expect(await customPlansOf('select skill.id as key')).toBe(0);
});

test('nor are the pages of many parents', async () => {
  await repeat(() => new ChildPages(opened.readerFor(HR), skills, 'skill.id').load(parent!, page));
  expect(await customPlansOf('as wanted (key)')).toBe(0);
});

test('a list whose conditions find many or few is planned for them', async () => {
  await repeat(() => readPage(opened.readerFor(HR), skills, new Conditions(), page));
  expect(await customPlansOf('from skill where true order by')).toBeGreaterThan(0);
});

const write = (text: string, planning?: Planning) =>
  inTransaction(ownerOf(opened, HR), async (manager) => success(await manager.query(text, [key])), planning);

test('what a transaction asks is planned once, too', async () => {
  await repeat(() => write('select name as once from skill where id = $1'));
  expect(await customPlansOf('as once')).toBe(0);
});

test('unless it says otherwise', async () => {
  await repeat(() => write('select name as by_values from skill where id = $1', 'BY_VALUES'));
  expect(await customPlansOf('as by_values')).toBeGreaterThan(0);
});

test('the statements of a transaction have no names where names would not reach the same connection again', async () => {
  const unnamed = await openDatabase(database.serviceUrl, { poolSize: 1, namedStatements: false });
  try {
    const ask = (): Promise<unknown> =>
      inTransaction(ownerOf(unnamed, HR), async (manager) => success(await manager.query('select $1::int as x', [1])));
    await ask();
    const work = inTransaction(ownerOf(unnamed, HR), async (manager) =>
      success(await manager.query('select name from pg_prepared_statements')),
    );
    expect(await work).toEqual(success([]));
  } finally {
    await unnamed.close();
  }
});
