import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { TokenClaims } from '../../src/http/sign-in/development-token.js';
import { connectForMigration } from '../../src/service.js';
import { decodeTypedId, encodeTypedId } from '../../src/shared/typed-id.js';
import { beginErasure, eraseEmployee } from '../support/erase-employee.js';
import { planMutations } from '../support/plans.js';
import { ALLY, HR_ADMIN, HRIS, startTestService, type TestService } from '../support/service.js';

/** What erasing a person does around them: to who is writing meanwhile, to filters by them. */

const RILEY: TokenClaims = { employee: 'riley.ridge', roles: [] };

let service: TestService;
let owner: DataSource;
beforeAll(async () => {
  // So that one person can have three mutations at once.
  service = await startTestService({ databasePoolSize: 16 });
  owner = await connectForMigration(service.databaseUrl);
});
afterAll(async () => {
  await owner.destroy();
  await service.close();
});

/** A manager by that name, with a plan, and somebody who reports to them. */
async function hire(name: string, externalId: string): Promise<{ id: string; reportId: string; planId: string }> {
  const [{ id }, { id: reportId }] = await owner.query(
    `with manager as (select gen_random_uuid() as id)
     insert into employee (id, external_id, name, work_email, job_title, manager_id)
     select id, $1, $2, $1 || '@example.com', 'Manager', null from manager
     union all select gen_random_uuid(), $1 || '.report', 'Some Report', $1 || '.report@example.com', 'Report', id from manager
     returning id`,
    [externalId, name],
  );
  const { plan } = await planMutations(service, { employee: externalId, roles: [] }).create({
    employee: { externalId },
    goal: 'Before',
  });
  const planId = decodeTypedId(plan.id)!.identifier;
  return { id, reportId, planId };
}

const erase = (id: string) => eraseEmployee(service, { id: encodeTypedId('employee', id) });

async function untilSomebodyWaits(): Promise<void> {
  for (let waiting = 0; waiting === 0; )
    [{ waiting }] = await owner.query(
      `select count(*)::integer as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
}

test('nobody waits for the search, and what the person writes meanwhile about others does not survive', async () => {
  const externalId = 'busy.manager';
  const { id, reportId, planId } = await hire('Nora Zzqtwo', externalId);
  const writer = owner.createQueryRunner();
  await writer.startTransaction();
  await writer.query('select from action_plan where id = $1 for update', [planId]);
  const erasing = erase(id);
  await untilSomebodyWaits();
  const meanwhile = await planMutations(service, { employee: externalId, roles: [] }).create({
    employee: { externalId: `${externalId}.report` },
    goal: 'Learn from Nora Zzqtwo',
  });
  expect(meanwhile.userErrors).toEqual([]);
  await owner.query(`update employee set manager_id = null where id = $1`, [reportId]);
  await writer.rollbackTransaction();
  await writer.release();
  expect((await erasing).data.eraseEmployee.userErrors).toEqual([]);
  const plans = await owner.query('select goal from action_plan where employee_id = $1', [reportId]);
  expect(plans).toEqual([{ goal: 'Learn from [erased]' }]);
});

test('who writes about the person and who erases them do not wait for each other in a circle', async () => {
  const { id, planId } = await hire('Nora Zzqthree', 'busy.writer');
  const writer = owner.createQueryRunner();
  await writer.startTransaction();
  await writer.query('select from action_plan where id = $1 for update', [planId]);
  const erasing = erase(id);
  await untilSomebodyWaits();
  await writer.query(`update action_plan set goal = 'Written meanwhile' where id = $1`, [planId]);
  await writer.commitTransaction();
  await writer.release();
  expect((await erasing).data.eraseEmployee.userErrors).toEqual([]);
  expect(await owner.query('select goal from action_plan where id = $1', [planId])).toEqual([{ goal: '[erased]' }]);
});

test('texts with a word of the name, but not the name, are not written again', async () => {
  const { id } = await hire('Nora Li', 'short.name');
  const { plan } = await planMutations(service).create({
    employee: { externalId: 'ally.adventure' },
    goal: 'Deliver what clients like',
  });
  const versionOf = () =>
    owner.query('select xmin::text, goal from action_plan where id = $1', [decodeTypedId(plan.id)!.identifier]);
  const before = await versionOf();
  expect((await erase(id)).data.eraseEmployee.userErrors).toEqual([]);
  expect(await versionOf()).toEqual(before);
});

test('nothing survives that the person, and others about them, write at the same moment', async () => {
  const [{ id, external_id: externalId }] = await owner.query(
    `select id, external_id from employee where external_id = 'morgan.summit'`,
  );
  const as = { employee: externalId, roles: [] };
  const { plan } = await planMutations(service, as).create({ employee: { externalId }, goal: 'Before' });
  const erasure = await beginErasure(owner, id);
  const MARKED = 'written meanwhile';
  const create = `mutation ($e: String) { createActionPlan(input: { employee: { externalId: $e }, goal: "${MARKED}" }) { userErrors { code } } }`;
  const revise = `mutation ($id: ID!) { reviseActionPlan(input: { planId: $id, expectedVersion: 1, edits: [{ changePlan: { goal: "${MARKED}" } }] }) { userErrors { code } } }`;
  const writing = [
    service.ask(create, { e: externalId }, as),
    service.ask(create, { e: externalId }, { employee: 'riley.ridge', roles: [] }),
    service.ask(revise, { id: plan.id }, as),
    service.ask(revise, { id: plan.id }, { employee: 'riley.ridge', roles: [] }),
    service.ask(create, { e: 'ally.adventure' }, as),
  ];
  // All of them wait for the erasure.
  for (let waiting = 0; waiting < writing.length; )
    [{ waiting }] = await owner.query(
      `select count(*)::integer as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
  await erasure.commitTransaction();
  await erasure.release();
  const answers = await Promise.all(writing);
  const codes = answers.map(({ data, errors }) => /"code":"(\w+)"/.exec(JSON.stringify(errors ?? data))?.[1]);
  // The person is nobody any longer; to others there is no such person.
  expect(codes).toEqual(['UNAUTHENTICATED', 'NOT_FOUND', 'UNAUTHENTICATED', 'NOT_FOUND', 'UNAUTHENTICATED']);
  const [{ count }] = await owner.query('select count(*)::integer from action_plan where goal = $1', [MARKED]);
  expect(count).toBe(0);
});

test('nobody is found by who was erased: not the reports by their manager', async () => {
  const [{ id }] = await owner.query(`select manager_id as id from employee where external_id = 'sasha.trail'`);
  const erased = await erase(id);
  expect(erased.data.eraseEmployee.userErrors).toEqual([]);
  const manager = { id: encodeTypedId('employee', id) };
  for (const by of [HR_ADMIN, HRIS, RILEY, ALLY]) {
    const { data } = await service.ask(
      'query ($manager: EmployeeRef!) { employees(filter: { manager: $manager }) { nodes { name } } }',
      { manager },
      by,
    );
    expect(data.employees.nodes).toEqual([]);
  }
});
