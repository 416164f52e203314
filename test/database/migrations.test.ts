import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/database/data-source.js';
import { migrations } from '../../src/database/migrations.js';
import { rows } from '../../src/rows.js';
import { connectDatabase } from '../../src/service.js';
import { createDatabase, dropDatabase, urlOfDatabase } from '../support/databases.mjs';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Everything that a migration could make, one line each. */
async function listSchema(dataSource: DataSource): Promise<string[]> {
  const lines: { line: string }[] = await dataSource.query(`
    select format('column %s.%s %s %s default %s', table_name, column_name, data_type, is_nullable, column_default) as line
      from information_schema.columns where table_schema = 'public'
    union all
    select format('constraint %s.%s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      from pg_constraint where connamespace = 'public'::regnamespace
    union all
    select format('index %s', indexdef) from pg_indexes where schemaname = 'public'
    union all
    select format('trigger %s', pg_get_triggerdef(oid)) from pg_trigger where not tgisinternal
    union all
    select format('function %s', pg_get_functiondef(oid)) from pg_proc
      where pronamespace = 'public'::regnamespace
        and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
    union all
    select format('relation %s %s', relkind, relname) from pg_class where relnamespace = 'public'::regnamespace
    union all
    select format('type %s %s', typtype, typname) from pg_type where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')
    order by line`);
  // A function that is as it was before may be written over other lines.
  return lines.map(({ line }) =>
    (line.startsWith('function') ? line.replace(/--[^\n]*|\s+/g, ' ') : line).replace(/ +/g, ' '),
  );
}

describe('on an empty database', () => {
  const server = process.env['TEST_SERVER_URL']!;
  const name = `career_test_${randomBytes(8).toString('hex')}`;
  const url = urlOfDatabase(server, name);
  const opened: DataSource[] = [];

  const connect = async (count = migrations.length): Promise<DataSource> => {
    const settings = { url, poolSize: 1, namedStatements: false, rows, migrations: migrations.slice(0, count) };
    const dataSource = await createDataSource(settings).initialize();
    opened.push(dataSource);
    return dataSource;
  };

  beforeAll(() => createDatabase(server, name));
  afterAll(async () => {
    await Promise.all(opened.map((dataSource) => dataSource.destroy()));
    await dropDatabase(server, name);
  });

  test('each migration can be taken back, down to nothing, and all of them be made again', async () => {
    const schemas: string[][] = [];
    for (let count = 1; count <= migrations.length; count++) {
      const upToHere = await connect(count);
      await upToHere.runMigrations();
      schemas.push(await listSchema(upToHere));
    }
    const dataSource = await connect();
    for (let count = migrations.length - 1; count >= 1; count--) {
      await dataSource.undoLastMigration();
      expect(await listSchema(dataSource)).toEqual(schemas[count - 1]);
    }
    await dataSource.undoLastMigration();
    const left = await listSchema(dataSource);
    expect(left.filter((line) => line.startsWith('relation r'))).toEqual(['relation r migration']);
    expect(left.filter((line) => /^(function|trigger|type)/.test(line))).toEqual([]);
    expect(await dataSource.runMigrations()).toHaveLength(migrations.length);
    expect(await listSchema(dataSource)).toEqual(schemas.at(-1));
    expect(await dataSource.runMigrations()).toEqual([]);
  });
});

describe('the migrated database', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await connectDatabase(database.url, 1, false);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  test('is what the rows say: TypeORM would change nothing', async () => {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  test('has an index that begins with a column of each foreign key', async () => {
    const bare = await dataSource.query(`
      select conname from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace
        and not exists (
          select from pg_index where indrelid = conrelid and indpred is null
            and indkey[0] = any (conkey))`);
    expect(bare).toEqual([]);
  });

  test('begins with one policy, the 70/20/10 rule', async () => {
    expect(await dataSource.query('select * from plan_policy')).toMatchObject([
      {
        version: 1,
        min_skills: 2,
        max_skills: 3,
        min_actions_per_skill: 1,
        max_actions_per_skill: 5,
        experience_percent: 70,
        exposure_percent: 20,
        education_percent: 10,
        slack: 0,
        author_id: null,
      },
    ]);
  });

  test.each(['plan_policy', 'plan_revision', 'progress_update'])(
    'never changes or forgets a row of %s',
    async (table) => {
      await dataSource.query(`
      with plan as (
        insert into action_plan (id, employee_id, goal, status, version, created_at, updated_at)
        select gen_random_uuid(), id, 'Goal', 'DRAFT', 1, now(), now() from employee limit 1 returning id, employee_id
      ), plan_skill as (
        insert into plan_skill (id, plan_id, employee_id, skill_id, rank)
        select gen_random_uuid(), plan.id, plan.employee_id, skill.id, 1 from plan, (select id from skill limit 1) as skill
        returning id, plan_id, employee_id
      ), action as (
        insert into action (id, plan_id, employee_id, plan_skill_id, position, kind, category, title, status, percent_complete)
        select gen_random_uuid(), plan_id, employee_id, id, 0, 'COURSE', 'EDUCATION', 'Take a course', 'NOT_STARTED', 0 from plan_skill
        returning id, employee_id
      ), progress as (
        insert into progress_update (id, action_id, employee_id, percent_complete, status, occurred_at, created_at)
        select gen_random_uuid(), id, employee_id, 0, 'NOT_STARTED', now(), now() from action
      )
      insert into plan_revision (id, plan_id, employee_id, version, kind, changes, created_at)
      select gen_random_uuid(), id, employee_id, 1, 'CREATED', '[]', now() from plan`);
      const before = await dataSource.query(`select * from ${table} order by id`);
      expect(before.length).toBeGreaterThan(0);
      await expect(dataSource.query(`update ${table} set created_at = now()`)).rejects.toThrow(
        'append-only: UPDATE refused',
      );
      await expect(dataSource.query(`delete from ${table}`)).rejects.toThrow('append-only: DELETE refused');
      expect(await dataSource.query(`select * from ${table} order by id`)).toEqual(before);
    },
  );
});
