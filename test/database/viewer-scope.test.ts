import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Database } from '../../src/database/database.js';
import type { Reader } from '../../src/database/reader.js';
import { ScopedQuery } from '../../src/database/scoped-query.js';
import { inTransaction } from '../../src/database/transaction.js';
import { scopeValues, scopeWith } from '../../src/database/viewer-scope.js';
import { failure, success } from '../../src/shared/result.js';
import type { Viewer } from '../../src/shared/viewer.js';
import { openDatabase, ownerOf } from '../support/database.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/**
 * Whose rows a request sees, when requests of many viewers share few connections. No statement here says whose rows it
 * wants: what comes back is what Postgres takes the viewer to be.
 */

const VIEWERS = 40;
const REQUESTS = 2500;
const AT_ONCE = 250;
const EVERY_PLAN = 'select goal from action_plan order by goal';

let database: TestDatabase;
/** Each with the goals of the plans that they may read: their own, and those of their reports. */
let viewers: { viewer: Viewer; goals: string[] }[];

beforeAll(async () => {
  database = await createTestDatabase();
  const owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  await owner.query(`
    insert into action_plan (id, employee_id, goal, status, version, created_at, updated_at)
    select gen_random_uuid(), id, external_id, 'DRAFT', 1, now(), now() from employee`);
  const { rows } = await owner.query(
    `select employee.id, external_id as subject, array(
       select above.external_id from employee as above
       where above.id = employee.id or exists (select from reporting_line where report_id = above.id and manager_id = employee.id)
       order by above.external_id) as goals
     from employee where employed order by external_id limit $1`,
    [VIEWERS],
  );
  await owner.end();
  viewers = rows.map(({ id, subject, goals }) => ({ viewer: { subject, employeeId: id, roles: [] }, goals }));
  expect(new Set(viewers.map(({ goals }) => goals.length)).size).toBeGreaterThan(2);
});
afterAll(() => database.drop());

const goalsOf = (rows: { goal: string }[]): string[] => rows.map(({ goal }) => goal).sort();

/** A number that looks random and is the same in every run. */
const scatter = (place: number): number => (Math.imul(place + 1, 2_654_435_761) >>> 8) % 10_007;

describe('many viewers on two connections', () => {
  /** One of the ways in which a request reads, fails or writes; answers the goals that it saw. */
  async function request(opened: Database, reader: Reader, viewer: Viewer, kind: number): Promise<string[]> {
    if (kind === 0) {
      await expect(
        reader.read('select 1 / (select count(*)::integer - 1 from action_plan where goal = $1)', [viewer.subject]),
      ).rejects.toThrow('division by zero');
    }
    if (kind === 1) await expect(reader.read('select nothing', [])).rejects.toThrow('does not exist');
    if (kind > 3) return goalsOf(await reader.read(EVERY_PLAN, []));
    const outcome = await inTransaction(ownerOf(opened, viewer), async (manager) => {
      const seen = goalsOf(await manager.query(EVERY_PLAN));
      return kind === 2 ? failure([seen]) : success(seen);
    });
    return outcome.ok ? outcome.value : outcome.problems[0]!;
  }

  test.each([
    ['named', true],
    ['unnamed', false],
  ])(
    'each see their own rows and nobody else’s, %s statements, reads, writes and failures mixed',
    async (_, namedStatements) => {
      const opened = await openDatabase(database.serviceUrl, { poolSize: 2, namedStatements });
      const ask = (place: number) => {
        const { viewer } = viewers[scatter(place) % VIEWERS]!;
        return request(opened, opened.readerFor(viewer), viewer, scatter(place + REQUESTS) % 12);
      };
      const seen: string[][] = [];
      // No more at once than a slow machine is through with before the last one loses patience.
      for (let start = 0; start < REQUESTS; start += AT_ONCE) {
        seen.push(...(await Promise.all(Array.from({ length: AT_ONCE }, (_, place) => ask(start + place)))));
      }
      await opened.close();
      const expected = seen.map((_, place) => viewers[scatter(place) % VIEWERS]!.goals);
      expect(seen).toEqual(expected);
    },
    60_000,
  );

  test('a connection that a request has left knows nobody any longer', async () => {
    const opened = await openDatabase(database.serviceUrl, { poolSize: 1 });
    await opened.readerFor(viewers[0]!.viewer).read(EVERY_PLAN, []);
    await inTransaction(ownerOf(opened, viewers[1]!.viewer), async () => success(null));
    const [row] = await opened.dataSource.query(
      `select current_setting('viewer.employee_id', true) as id, current_setting('viewer.roles', true) as roles,
         current_setting('viewer.subject', true) as subject, (select count(*)::integer from action_plan) as plans`,
    );
    await opened.close();
    expect(row).toEqual({ id: '', roles: '', subject: '', plans: 0 });
  });
});

test('pipelined on one connection, each see their own rows and nobody else’s', async () => {
  const client = new pg.Client({ connectionString: database.serviceUrl, pipeline: true } as pg.ClientConfig);
  await client.connect();
  const timeouts = { statement: 10_000, lock: 5_000, idleInTransaction: 30_000 };
  const read = (viewer: Viewer, text: string, name: string) =>
    new Promise<string[]>((resolve) => {
      const scope = scopeWith(scopeValues(viewer, { indirectManagersReadPlans: true }, timeouts, 'BY_VALUES'), null);
      const query = new ScopedQuery({ text, values: [], name, scope, confirmation: null }, (error, result) =>
        resolve(error ? [error.message] : goalsOf(result.rows)),
      );
      client.query(query as unknown as pg.Submittable);
    });
  const places = Array.from({ length: REQUESTS }, (_, place) => place);
  const fails = (place: number): boolean => scatter(place + REQUESTS) % 9 === 0;
  const seen = await Promise.all(
    places.map((place) => {
      const { viewer } = viewers[scatter(place) % VIEWERS]!;
      return fails(place)
        ? read(viewer, 'select goal, 1 / 0 from action_plan', 'fails')
        : read(viewer, EVERY_PLAN, 'goals');
    }),
  );
  await client.end();
  expect(seen).toEqual(
    places.map((place) => (fails(place) ? ['division by zero'] : viewers[scatter(place) % VIEWERS]!.goals)),
  );
});
