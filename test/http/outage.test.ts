import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { untilBackends } from '../support/backends.js';
import { captureLog } from '../support/captured-log.js';
import { HR_ADMIN, startTestService, type TestService } from '../support/service.js';

const { log, lines } = captureLog<{ level: number; code?: string; msg: string; requestId?: string }>();
const WARN = 40;

let service: TestService;
let owner: pg.Client;
beforeAll(async () => {
  service = await startTestService({ log, timeouts: { lock: 100 }, databasePoolSize: 2 });
  owner = new pg.Client({ connectionString: service.databaseUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await service.close();
});

/** While nobody else can get at a table. */
async function whileLocked<Value>(table: string, work: () => Promise<Value>): Promise<Value> {
  await owner.query(`begin; lock table ${table} in access exclusive mode`);
  try {
    return await work();
  } finally {
    await owner.query('rollback');
  }
}

const ROLES = '{ roles { nodes { title } } }';

test('a query that nothing could be answered of in time is 504, and the log knows', async () => {
  lines.length = 0;
  const refused = await whileLocked('role', () => service.ask(`{ roles { nodes { title } } again: ${ROLES.slice(1)}`));
  expect(refused).toMatchObject({ status: 504, errors: [{ extensions: { code: 'TIMED_OUT' } }] });
  expect(refused.errors![0]!.message).not.toMatch(/lock|cancel|statement/);
  const warnings = lines.filter(({ code }) => code === 'TIMED_OUT');
  expect(warnings.length).toBeGreaterThan(0);
  for (const { level, requestId } of warnings) {
    expect(level).toBe(WARN);
    expect(requestId).toMatch(/./);
  }
  expect(lines.filter(({ level }) => level > WARN)).toEqual([]);
  expect((await service.ask(ROLES)).status).toBe(200);
});

test('what could be answered is', async () => {
  const query = '{ me { permissions } role(ref: { externalId: "R-MARKETING-ASSOCIATE" }) { title } }';
  expect(await whileLocked('role', () => service.ask(query))).toMatchObject({
    status: 200,
    data: { me: { permissions: expect.any(Array) }, role: null },
    errors: [{ path: ['role'], extensions: { code: 'TIMED_OUT' } }],
  });
});

test('what cannot be recorded in time is not shown, and that is 504, too', async () => {
  const query = '{ employee(ref: { externalId: "ally.adventure" }) { actionPlans { nodes { goal } } } }';
  await service.ask(
    'mutation { createActionPlan(input: { employee: { externalId: "ally.adventure" }, goal: "Seen" }) { plan { id } } }',
  );
  const refused = await whileLocked('audit_entry', () => service.ask(query, {}, HR_ADMIN));
  expect(refused).toMatchObject({ status: 504, errors: [{ extensions: { code: 'TIMED_OUT' } }] });
  expect(refused.data ?? null).toBeNull();
  expect((await service.ask(query, {}, HR_ADMIN)).data.employee.actionPlans.nodes).toEqual([{ goal: 'Seen' }]);
});

test('of a mutation that timed out nothing was kept, and it is made good with the same key', async () => {
  const create = `mutation { createActionPlan(input: {
    employee: { externalId: "ally.adventure" }, goal: "To wait", idempotencyKey: "once" }) { plan { goal } userErrors { code } } }`;
  expect(await whileLocked('action_plan', () => service.ask(create))).toMatchObject({
    status: 504,
    errors: [{ message: expect.stringContaining('idempotencyKey'), extensions: { code: 'TIMED_OUT' } }],
  });
  expect((await service.ask(create)).data.createActionPlan.plan).toEqual({ goal: 'To wait' });
  const { rows } = await owner.query(`select count(*)::integer from action_plan where goal = 'To wait'`);
  expect(rows).toEqual([{ count: 1 }]);
});

test('without a database everything is 503 with Retry-After, and as before when it is back', async () => {
  const name = new URL(service.databaseUrl).pathname.slice(1);
  const elsewhere = new pg.Client({ connectionString: process.env['TEST_SERVER_URL'] });
  await elsewhere.connect();
  await owner.end();
  lines.length = 0;
  await elsewhere.query(`alter database ${name} allow_connections false`);
  await elsewhere.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  await untilBackends(elsewhere, 'count(*) = 0', name);
  for (const as of [undefined, undefined, undefined]) {
    const answer = await service.ask(ROLES, {}, as);
    expect(answer).toMatchObject({
      status: 503,
      errors: [{ message: expect.stringContaining('Ask again'), extensions: { code: 'UNAVAILABLE' } }],
    });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect((await fetch(`${service.url}/health/ready`)).status).toBe(503);
  expect(lines.filter(({ code }) => code === 'UNAVAILABLE')).toHaveLength(3);
  await elsewhere.query(`alter database ${name} allow_connections true`);
  await elsewhere.end();
  expect((await service.ask(ROLES)).status).toBe(200);
  owner = new pg.Client({ connectionString: service.databaseUrl });
  await owner.connect();
});
