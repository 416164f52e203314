import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Reader } from '../../../../src/database/reader.js';
import { SCOPE_STATEMENT, scopeValues } from '../../../../src/database/viewer-scope.js';
import { employeeLoaders } from '../../../../src/features/people/persistence/employee.loaders.js';
import type { Viewer } from '../../../../src/shared/viewer.js';
import { createTestDatabase, type TestDatabase } from '../../../support/test-database.js';

/** What Postgres has to look at to read people in a company of twenty thousand, whoever asks: pages of 8 kB. */

const PEOPLE = 20_000;
const person = (place: number) => `00000000-0000-7000-8000-${String(place).padStart(12, '0')}`;
const PAGE = { size: 20, cursor: null, backward: false };
const SETTINGS = { indirectManagersReadPlans: true };

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  const owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  // Eight people report to each, beginning with the first: all of the others are below them.
  await owner.query(
    `insert into employee (id, external_id, name, work_email, job_title, manager_id)
     select ('00000000-0000-7000-8000-' || lpad(place::text, 12, '0'))::uuid, 'L-' || place,
       case when place % 4000 = 0 then 'Qzara ' else 'Large ' end || place,
       'l-' || place || '@example.com', 'Large',
       case when place > 1 then ('00000000-0000-7000-8000-' || lpad(((place - 2) / 8 + 1)::text, 12, '0'))::uuid end
     from generate_series(1, $1::integer) as place`,
    [PEOPLE],
  );
  await owner.query('vacuum (analyze) employee, reporting_line');
  await owner.end();
  client = new pg.Client({ connectionString: database.serviceUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** The pages that the statements of the work look at, in the name of the viewer. */
async function pagesRead(viewer: Viewer, work: (people: ReturnType<typeof employeeLoaders>) => Promise<unknown>) {
  let pages = 0;
  const reader: Reader = {
    viewer,
    accessSettings: SETTINGS,
    audit: null,
    async read<Row>(text: string, values: readonly unknown[]) {
      await client.query('begin');
      await client.query(
        SCOPE_STATEMENT,
        scopeValues(viewer, SETTINGS, { statement: 0, lock: 0, idleInTransaction: 0 }, 'BY_VALUES'),
      );
      const { rows } = await client.query(`explain (analyze, buffers, format json) ${text}`, [...values]);
      const plan = rows[0]['QUERY PLAN'][0].Plan;
      pages += plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
      const found = await client.query(text, [...values]);
      await client.query('commit');
      return found.rows as Row[];
    },
  };
  await work(employeeLoaders(reader));
  return pages;
}

const asEmployee = (place: number): Viewer => ({ subject: person(place), employeeId: person(place), roles: [] });

describe.each<[string, Viewer]>([
  ['somebody with everybody below them', asEmployee(1)],
  ['a manager of some', asEmployee(100)],
  ['somebody without reports', asEmployee(PEOPLE)],
  ['an HR admin', { ...asEmployee(PEOPLE), roles: ['hr_admin'] }],
])('%s looks at few pages', (_, viewer) => {
  test.each<[string, number, Parameters<typeof pagesRead>[1]]>([
    ['one person', 30, (people) => people.employee.load(person(100))],
    ['one person by their external id', 30, (people) => people.employeeByExternalId.load('L-100')],
    ['the reports of somebody', 250, (people) => people.reports.load(person(100), PAGE)],
    ['a page of everybody', 300, (people) => people.employees({}, PAGE)],
    ['those of a manager', 250, (people) => people.employees({ manager: { id: person(100) } }, PAGE)],
    ['a search', 300, (people) => people.employees({ search: 'Large 1999' }, PAGE)],
    ['a search for two characters that few have', 300, (people) => people.employees({ search: 'qz' }, PAGE)],
    ['a search for a character that nobody has', 300, (people) => people.employees({ search: 'ø' }, PAGE)],
    ['a search for a character that everybody has', 300, (people) => people.employees({ search: 'l' }, PAGE)],
    // Of these it knows without looking that nobody is called so.
    ['a search for signs', 0, (people) => people.employees({ search: '---' }, PAGE)],
  ])('for %s', async (_what, most, work) => {
    const pages = await pagesRead(viewer, work);
    if (most > 0) expect(pages).toBeGreaterThan(0);
    expect(pages).toBeLessThanOrEqual(most);
  });
});
