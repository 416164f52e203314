import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Database } from '../../src/database/database.js';
import type { Viewer } from '../../src/shared/viewer.js';
import { ViewerConfirmation } from '../../src/shared/viewer-confirmation.js';
import { ViewerErasedError } from '../../src/shared/viewer-erased.js';
import { openDatabase } from '../support/database.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** What is read in the name of somebody who is remembered, and may be somebody else by now. */

interface Person {
  id: string;
  external_id: string;
  work_email: string;
}

let database: TestDatabase;
let owner: pg.Client;
let ally: Person;
let leaver: Person;
let viewer: Viewer;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  await owner.query(`update employee set employment_status = 'TERMINATED' where external_id = 'E-0069'`);
  [ally, leaver] = (await Promise.all(['ally.adventure', 'E-0069'].map(personOf))) as [Person, Person];
  viewer = { subject: ally.id, employeeId: ally.id, roles: [] };
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

async function personOf(externalId: string): Promise<Person> {
  const { rows } = await owner.query('select id, external_id, work_email from employee where external_id = $1', [
    externalId,
  ]);
  return rows[0];
}

const remembered = (match: string, value: string, employeeId = ally.id) =>
  new ViewerConfirmation({ match, value, employeeId });

const PID = 'select pg_backend_pid() as pid';

describe.each([
  ['named', true],
  ['unnamed', false],
])('with %s statements', (_, namedStatements) => {
  let opened: Database;
  beforeAll(async () => {
    opened = await openDatabase(database.serviceUrl, { poolSize: 1, namedStatements });
  });
  afterAll(() => opened.close());

  test.each<[string, () => ViewerConfirmation]>([
    ['the external id', () => remembered('external_id', ally.external_id)],
    ['the work e-mail, in any case', () => remembered('work_email', ally.work_email.toUpperCase())],
    ['the id', () => remembered('id', ally.id)],
  ])('who is named by %s is confirmed with the first read, and only with that', async (__, confirmationOf) => {
    const confirmation = confirmationOf();
    const reader = opened.readerFor(viewer, { confirmation });
    for (let read = 0; read < 2; read++) {
      const rows = await reader.read('select id from employee where id = viewer_employee_id()', []);
      expect(rows).toEqual([{ id: ally.id }]);
      expect(confirmation).toMatchObject({ isOpen: false, isRefuted: false });
    }
  });

  test.each<[string, () => ViewerConfirmation]>([
    ['has left', () => remembered('external_id', leaver.external_id, leaver.id)],
    ['has another external id', () => remembered('external_id', 'morgan.summit')],
    ['has another e-mail address', () => remembered('work_email', leaver.work_email)],
    ['has another id', () => remembered('id', leaver.id)],
    ['is not there', () => remembered('external_id', ally.external_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff')],
    ['is named by something else', () => remembered('name', ally.external_id)],
  ])('in the name of who %s nothing is read, and the connection serves the next', async (__, confirmationOf) => {
    const [before] = await opened.readerFor(null).read(PID, []);
    const confirmation = confirmationOf();
    const reader = opened.readerFor(viewer, { confirmation });
    for (const text of ['select id from employee', 'select 1 / 0', PID])
      await expect(reader.read(text, [])).rejects.toThrow(ViewerErasedError);
    expect(confirmation.isRefuted).toBe(true);
    const others = remembered('external_id', ally.external_id);
    expect(await opened.readerFor(viewer, { confirmation: others }).read(PID, [])).toEqual([before]);
    expect(await opened.readerFor(null).read('select id from employee', [])).toEqual([]);
  });

  test('a read that goes wrong after it was confirmed is no doubt about who asks', async () => {
    const confirmation = remembered('external_id', ally.external_id);
    const reader = opened.readerFor(viewer, { confirmation });
    await expect(reader.read('select 1 / 0', [])).rejects.toThrow('division by zero');
    expect(confirmation).toMatchObject({ isOpen: false, isRefuted: false });
    expect(confirmation.failure).toBeUndefined();
  });

  test('of many reads at once each says the same', async () => {
    const reads = async (confirmation: ViewerConfirmation) => {
      const reader = opened.readerFor(viewer, { confirmation });
      const texts = Array.from({ length: 20 }, (__, place) => `select ${place} as place`);
      return (await Promise.allSettled(texts.map((text) => reader.read(text, [])))).map(({ status }) => status);
    };
    expect(new Set(await reads(remembered('external_id', ally.external_id)))).toEqual(new Set(['fulfilled']));
    expect(new Set(await reads(remembered('external_id', 'morgan.summit')))).toEqual(new Set(['rejected']));
  });
});

test('Postgres confirms whom it finds for a sign-in, and nobody else', async () => {
  const { rows } = await owner.query(`
    with name as (
      select match, case match when 'external_id' then external_id when 'work_email' then upper(work_email) else id::text end as value
      from employee cross join unnest(array['external_id', 'work_email', 'id']) as match
      where external_id like 'E-00%' or not employed)
    select match, value, found.id, found.employed, other.id as other
    from name cross join lateral find_employee_for_sign_in(match, value) as found
      cross join lateral (select id from employee where id <> found.id and employed order by id limit 1) as other`);
  expect(rows.length).toBeGreaterThan(200);
  const client = new pg.Client({ connectionString: database.serviceUrl });
  await client.connect();
  const outcome = async (match: string, value: string, id: string): Promise<string> =>
    client.query('select confirm_viewer($1, $2, $3)', [match, value, id]).then(
      () => 'confirmed',
      ({ code }: pg.DatabaseError) => code!,
    );
  for (const { match, value, id, employed, other } of rows) {
    expect(await outcome(match, value, id)).toBe(employed ? 'confirmed' : 'VE003');
    expect(await outcome(match, value, other)).toBe('VE002');
  }
  await client.end();
});
