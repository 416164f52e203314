import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { batchLoader } from '../../src/database/batch-loader.js';
import { Conditions } from '../../src/database/conditions.js';
import { childPages, type List, readPage } from '../../src/database/page.js';
import { HR, type OpenDatabase, openDatabase } from '../support/database.js';
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
let opened: OpenDatabase;
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
  await repeat(() => childPages(opened.readerFor(HR), skills, 'skill.id')(parent!, page));
  expect(await customPlansOf('as parent (id)')).toBe(0);
});

test('a list whose conditions find many or few is planned for them', async () => {
  await repeat(() => readPage(opened.readerFor(HR), skills, new Conditions(), page));
  expect(await customPlansOf('from skill where true order by')).toBeGreaterThan(0);
});
