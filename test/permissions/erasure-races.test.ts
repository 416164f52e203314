import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DataSource, QueryRunner } from 'typeorm';
import { verifyAuditTrail } from '../../src/database/verify-audit-trail.js';
import type { TokenClaims } from '../../src/http/sign-in/development-token.js';
import { connectForMigration } from '../../src/service.js';
import { beginErasure, eraseEmployee } from '../support/erase-employee.js';
import { HR_ADMIN, startTestService, type TestService } from '../support/service.js';

/** What somebody does while they are being erased, and what the audit trail knows of it. */

const CHANGE_POLICY = `mutation ($version: Int!) { updatePlanPolicy(input: { expectedVersion: $version, slack: 2 }) {
  userErrors { code } } }`;

let service: TestService;
let owner: DataSource;
beforeAll(async () => {
  service = await startTestService();
  owner = await connectForMigration(service.databaseUrl);
});
afterAll(async () => {
  await owner.destroy();
  await service.close();
});

interface Person {
  id: string;
  externalId: string;
}

let next = 0;
/** Somebody whom nothing was done to yet. */
async function somebody(): Promise<Person> {
  const [person] = await owner.query(
    `select id, external_id as "externalId" from employee
     where manager_id is not null and employed and external_id like 'E-%' order by external_id offset $1 limit 1`,
    [next++ * 3], // who was erased is not there any longer
  );
  return person as Person;
}

const asHr = ({ externalId }: Person): TokenClaims => ({ employee: externalId, roles: ['hr_admin'] });

const erase = ({ externalId }: Person, as: TokenClaims) => eraseEmployee(service, { externalId }, as);

const findings = async () => (await verifyAuditTrail(owner, {})).findings;

const count = async (sql: string, values: unknown[] = []): Promise<number> =>
  (await owner.query(`select count(*)::integer as count from ${sql}`, values))[0].count;

/** A transaction of HR in which the person is already erased, and forgotten by the trail. */
async function erasing({ id }: Person): Promise<QueryRunner> {
  const transaction = await beginErasure(owner, id);
  const entry = { action: 'eraseEmployee', employeeId: id, outcome: 'DONE' };
  await transaction.query(`select append_audit_entries('a', 'r', $1)`, [JSON.stringify([entry])]);
  await transaction.query('select forget_audit_party($1)', [id]);
  return transaction;
}

async function waitForWaiting(expected: number): Promise<void> {
  while ((await count(`pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)) < expected);
}

test('of two HR admins who erase each other one stays, and each erasure has its entry', async () => {
  for (let pair = 0; pair < 5; pair++) {
    const [one, other] = [await somebody(), await somebody()];
    await Promise.all([erase(one, asHr(other)), erase(other, asHr(one))]);
    expect(await count('employee where id = any ($1) and erased_at is not null', [[one.id, other.id]])).toBe(1);
  }
  const done = await count(`audit_entry where action = 'eraseEmployee' and outcome = 'DONE'`);
  expect(done).toBe(await count('employee where erased_at is not null'));
  expect(await findings()).toEqual([]);
});

test('who is being erased changes nothing that nobody could account for', async () => {
  const person = await somebody();
  const version = (await service.ask('{ planPolicy { version } }')).data.planPolicy.version;
  const transaction = await erasing(person);
  const changing = service.ask(CHANGE_POLICY, { version }, asHr(person));
  await waitForWaiting(1);
  await transaction.commitTransaction();
  await transaction.release();
  const { status, errors } = await changing;
  expect({ status, errors }).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  expect((await service.ask('{ planPolicy { version } }')).data.planPolicy.version).toBe(version);
});

test('of who is being erased no address is kept', async () => {
  const person = await somebody();
  const before = await count('audit_origin');
  await service.ask(
    'mutation { archiveActionPlan(input: { planId: "x", expectedVersion: 1 }) { userErrors { code } } }',
  );
  const version = (await service.ask('{ planPolicy { version } }')).data.planPolicy.version;
  await service.ask(CHANGE_POLICY, { version: version + 9 }, asHr(person)); // refused, and recorded
  const known = await count('audit_origin');
  expect(known).toBeGreaterThan(before);
  const transaction = await erasing(person);
  const refused = service.ask(CHANGE_POLICY, { version: version + 9 }, asHr(person));
  await waitForWaiting(1);
  await transaction.commitTransaction();
  await transaction.release();
  await refused;
  expect(
    await count(`audit_origin where id in (
      select origin_id from audit_entry join audit_party on key = actor where erased_at is not null)`),
  ).toBe(0);
  expect(await findings()).toEqual([]);
});

test('the entry of an erasure says whose it was, also of somebody whom the trail had not met', async () => {
  const person = await somebody();
  expect(await count('audit_party where identity = $1', [person.id])).toBe(0);
  expect((await erase(person, HR_ADMIN)).data.eraseEmployee.userErrors).toEqual([]);
  const [entry] = await owner.query(
    `select party.identity, party.erased_at from audit_entry left join audit_party as party on party.key = person
     where action = 'eraseEmployee' order by occurred_at desc limit 1`,
  );
  expect(entry).toEqual({ identity: null, erased_at: expect.any(Date) });
});

test('somebody of whom something is read while they are erased is not made known again', async () => {
  const person = await somebody();
  const transaction = await erasing(person);
  const reading = service.ask(
    'query ($ref: EmployeeRef!) { exportEmployeeData(ref: $ref) { format } }',
    {
      ref: { externalId: person.externalId },
    },
    HR_ADMIN,
  );
  await waitForWaiting(1);
  await transaction.commitTransaction();
  await transaction.release();
  await reading;
  expect(await count('audit_party where identity = $1', [person.id])).toBe(0);
});
