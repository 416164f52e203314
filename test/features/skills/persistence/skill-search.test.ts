import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { skillLoaders } from '../../../../src/features/skills/persistence/skill.loaders.js';
import { HR } from '../../../support/database.js';
import { createTestDatabase, type TestDatabase } from '../../../support/test-database.js';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  // A catalogue as large as ESCO's: in a small one reading every row is best.
  await client.query(`
    with given as (select gen_random_uuid() as id,
      md5(number::text) || case when number % 5 = 0 then ' management' else '' end as name from generate_series(1, 15000) as number),
    skills as (insert into skill (id, external_id, name, description, category) select id, name, name, '', '' from given)
    insert into skill_alias (skill_id, alias, position) select id, md5(name) || case when name like '% %' then ' management' else '' end, 0 from given`);
  await client.query('vacuum analyze'); // as autovacuum will
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** How Postgres would read the skills that a search finds. */
async function planOf(search: string): Promise<string> {
  let plan = '';
  const explaining = {
    viewer: HR,
    accessSettings: { indirectManagersReadPlans: true },
    audit: null,
    async read<Row>(text: string, values: readonly unknown[]): Promise<Row[]> {
      const { rows } = await client.query({ text: `explain ${text}`, values: [...values] });
      plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      return [];
    },
  };
  await skillLoaders(explaining).skills({ search }, { size: 10, backward: false, cursor: null });
  return plan;
}

test.each([
  ['prodct mesaging', 'auto'],
  ['prodct mesaging', 'force_generic_plan'],
  ['management', 'auto'], // in so many names that Postgres, when it knows the word, compares all texts one by one
])('the search for %s is answered by the trigram indexes (%s)', async (search, mode) => {
  await client.query(`set plan_cache_mode = ${mode}`);
  const plan = await planOf(search);
  expect(plan).toMatch(/Bitmap Index Scan on skill_name_trigram_index/);
  expect(plan).toMatch(/Bitmap Index Scan on skill_alias_trigram_index/);
  expect(plan).not.toMatch(/Seq Scan.*\n +Filter/);
});
