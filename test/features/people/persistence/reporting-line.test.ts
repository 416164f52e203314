import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../support/test-database.js';

/** Who is above whom, as the triggers keep it, against a walk from manager to manager. */

const PEOPLE = 8;
const person = (place: number) => `00000000-0000-7000-8000-00000000000${place}`;

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});
beforeEach(async () => {
  await client.query(`delete from employee where job_title = 'Walker'`);
  await client.query(
    `insert into employee (id, external_id, name, work_email, job_title)
     select id, 'W-' || place, 'Walker', 'w-' || place || '@example.com', 'Walker'
     from unnest($1::uuid[]) with ordinality as given (id, place)`,
    [Array.from({ length: PEOPLE }, (_, place) => person(place))],
  );
});

/** The manager of each person by place, null at the top. */
type Managers = (number | null)[];

async function storedLines(): Promise<string[]> {
  const { rows } = await client.query(
    `select report.external_id || ' ' || manager.external_id || ' ' || depth as line from reporting_line
     join employee as report on report.id = report_id join employee as manager on manager.id = reporting_line.manager_id
     where report.job_title = 'Walker' order by line`,
  );
  return rows.map(({ line }) => line);
}

/** By walking up; null where the walk never ends. */
function walkedLines(managers: Managers): string[] | null {
  const lines: string[] = [];
  for (let start = 0; start < PEOPLE; start++) {
    let depth = 0;
    for (let at = managers[start] ?? null; at !== null; at = managers[at] ?? null) {
      if (++depth > PEOPLE) return null;
      lines.push(`W-${start + 1} W-${at + 1} ${depth}`);
    }
  }
  return lines.sort();
}

/** Moves some people under others, in one statement. */
const move = (moves: Map<number, number | null>) =>
  client.query(
    `update employee set manager_id = given.manager from unnest($1::uuid[], $2::uuid[]) as given (id, manager)
     where employee.id = given.id`,
    [[...moves.keys()].map(person), [...moves.values()].map((place) => (place === null ? null : person(place)))],
  );

test('after any moves, one by one or many at once, everybody has the line that a walk finds', async () => {
  const place = fc.nat(PEOPLE - 1);
  const moves = fc.array(fc.tuple(place, fc.option(place)), { minLength: 1, maxLength: PEOPLE });
  await fc.assert(
    fc
      .asyncProperty(fc.array(moves, { minLength: 1, maxLength: 6 }), async (steps) => {
        let managers: Managers = Array.from({ length: PEOPLE }, () => null);
        for (const step of steps) {
          const wanted = new Map(step.filter(([report, manager]) => report !== manager));
          const next = managers.map((manager, report) => (wanted.has(report) ? wanted.get(report)! : manager));
          const lines = walkedLines(next);
          const outcome = await move(wanted).then(
            () => 'moved',
            (error: pg.DatabaseError) => error.constraint,
          );
          expect(outcome).toBe(lines === null ? 'reporting_line_circle_check' : 'moved');
          if (lines !== null) managers = next;
          expect(await storedLines()).toEqual(walkedLines(managers));
        }
      })
      .beforeEach(async () => {
        await client.query(`update employee set manager_id = null where job_title = 'Walker'`);
      }),
    { numRuns: 60 },
  );
});

describe('a circle', () => {
  test('is refused with everybody in it', async () => {
    await move(
      new Map([
        [0, 1],
        [1, 2],
      ]),
    );
    await expect(move(new Map([[2, 0]]))).rejects.toThrow(/nobody may report to themselves: (W-\d > ){3}W-\d/);
  });

  test('cannot be closed from two sides at once', async () => {
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    await client.query('begin');
    await move(new Map([[0, 1]]));
    const closing = other.query(`update employee set manager_id = '${person(0)}' where id = '${person(1)}'`).then(
      () => 'moved',
      (error: pg.DatabaseError) => error.constraint,
    );
    await client.query('commit');
    expect(await closing).toBe('reporting_line_circle_check');
    await other.end();
  });
});

test('the demo company has the lines that its managers tell', async () => {
  const { rows } = await client.query(`
    with recursive line (report_id, manager_id, depth) as (
      select id, manager_id, 1 from employee where manager_id is not null
      union all
      select report_id, employee.manager_id, depth + 1 from line join employee on employee.id = line.manager_id
      where employee.manager_id is not null
    )
    select count(*)::integer as all, count(reporting_line)::integer as kept, (select count(*)::integer from reporting_line) as stored
    from line left join reporting_line using (report_id, manager_id, depth)`);
  expect(rows[0].all).toBeGreaterThan(300);
  expect(rows[0]).toEqual({ all: rows[0].all, kept: rows[0].all, stored: rows[0].all });
});
