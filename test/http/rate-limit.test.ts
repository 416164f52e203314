import { afterEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { createLogger } from '../../src/http/logger.js';
import { RateLimit, type RateLimitSettings } from '../../src/http/rate-limit.js';
import { ALLY, copyTestService, HRIS, MORGAN, startTestService, type TestService } from '../support/service.js';
import { statementsOf } from '../support/statement-counter.js';

const started: TestService[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((service) => service.close()));
});
async function start(rateLimit: RateLimitSettings): Promise<TestService> {
  const service = await startTestService({ rateLimit });
  started.push(service);
  return service;
}

const MEMORY: RateLimitSettings = { employee: 100, service: 1_000, store: 'memory' };
/** 31 points, and one for the request. */
const QUERY = '{ employees(first: 30) { nodes { id } } }';

describe('who asks for too much', () => {
  test('is told when to come back, while others are answered', async () => {
    const service = await start(MEMORY);
    for (const _ of [1, 2, 3]) expect((await service.ask(QUERY)).status).toBe(200);
    const refused = await service.ask(QUERY);
    expect(refused).toMatchObject({
      status: 429,
      data: undefined,
      errors: [{ message: expect.stringMatching(/Wait \d+ seconds/), extensions: { code: 'RATE_LIMITED' } }],
    });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(50);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refused.errors![0]!.extensions['retryAfterSeconds']).toBe(seconds);
    expect((await service.ask(QUERY, {}, MORGAN)).status).toBe(200);
    expect((await service.ask('{ __typename }', {}, null)).status).toBe(200);
  });

  test('is then refused whatever it is, and nothing of it runs', async () => {
    const service = await start(MEMORY);
    for (const _ of [1, 2, 3, 4]) await service.ask(QUERY);
    const statements = await statementsOf(async () => {
      expect((await service.ask('{ me { permissions } }')).status).toBe(429);
    });
    expect(statements.filter((text) => !text.includes('find_employee_for_sign_in'))).toEqual([]);
  });

  test('has more as a service account', async () => {
    const service = await start(MEMORY);
    for (const _ of [1, 2, 3, 4, 5]) expect((await service.ask(QUERY, {}, HRIS)).status).toBe(200);
  });

  test('pays for what is refused, too', async () => {
    const service = await start(MEMORY);
    for (const _ of [1, 2, 3, 4, 5]) expect((await service.ask('{ nonsense }')).status).toBe(400);
    expect((await service.ask('{ nonsense }')).status).toBe(429);
  });
});

describe('a limit that replicas share', () => {
  const SHARED: RateLimitSettings = { ...MEMORY, store: 'postgres' };

  test('counts what was spent at the other, and says nothing of people', async () => {
    const one = await start(SHARED);
    const points = async () => {
      const owner = new pg.Client({ connectionString: one.databaseUrl });
      await owner.connect();
      const { rows } = await owner.query('select key, points from rate_limit');
      await owner.end();
      return rows;
    };
    await one.ask(QUERY);
    await one.ask(QUERY);
    expect(await points()).toEqual([{ key: expect.stringMatching(/^:?[\w-]{43}$/), points: 64 }]);
    const other = await copyTestService(one, { rateLimit: SHARED });
    started.push(other);
    expect((await other.ask(QUERY)).status).toBe(200);
    expect((await other.ask(QUERY)).status).toBe(429);
  });

  test('is the limit of each when the shared one fails', async () => {
    const log = createLogger('silent');
    const nowhere = 'postgres://nobody@localhost:1/nothing';
    const limit = RateLimit.create(SHARED, nowhere, true, log);
    const caller = { viewer: { subject: 'x', employeeId: 'x', roles: [] }, address: '' };
    await limit.charge(caller, 98);
    await expect(limit.charge(caller, 1)).rejects.toMatchObject({ extensions: { code: 'RATE_LIMITED' } });
    await limit.close();
  });
});

test('what somebody spends is one sum, whatever address they come from', async () => {
  const limit = RateLimit.create(MEMORY, '', true, createLogger('silent'));
  const viewer = { subject: ALLY.employee!, employeeId: 'x', roles: [] };
  await limit.charge({ viewer, address: '10.0.0.1' }, 60);
  await expect(limit.charge({ viewer, address: '10.0.0.2' }, 60)).rejects.toMatchObject({
    extensions: { code: 'RATE_LIMITED' },
  });
  await limit.charge({ viewer: null, address: '10.0.0.1' }, 60);
  await limit.charge({ viewer: null, address: '10.0.0.2' }, 60);
});
