import { once } from 'node:events';
import net from 'node:net';
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

const MEMORY: RateLimitSettings = { employee: 180, service: 1_000, store: 'memory' };
/** 31 points, and twenty for the request. */
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

  test('has asked for more when it took much to say it', async () => {
    const service = await start(MEMORY);
    const long = `{ __typename } # ${'x'.repeat(5_000)}`;
    for (const _ of [1, 2]) expect((await service.ask(long)).status).toBe(200);
    expect((await service.ask(long)).status).toBe(429);
  });

  test('has more as a service account', async () => {
    const service = await start(MEMORY);
    for (const _ of [1, 2, 3, 4, 5]) expect((await service.ask(QUERY, {}, HRIS)).status).toBe(200);
  });

  test('pays for what is refused, too', async () => {
    const service = await start({ ...MEMORY, employee: 1_000 });
    for (const _ of [1, 2, 3, 4, 5]) expect((await service.ask('{ nonsense }')).status).toBe(400);
    expect((await service.ask('{ nonsense }')).status).toBe(429);
  });

  test('pays the more for it the longer it is', async () => {
    const service = await start({ ...MEMORY, employee: 1_000 });
    const long = `{ nonsense } # ${'x'.repeat(5_000)}`;
    for (const _ of [1, 2]) expect((await service.ask(long)).status).toBe(400);
    expect((await service.ask(long)).status).toBe(429);
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
    expect(await points()).toEqual([{ key: expect.stringMatching(/^:?[\w-]{43}$/), points: 102 }]);
    const other = await copyTestService(one, { rateLimit: SHARED });
    started.push(other);
    expect((await other.ask(QUERY)).status).toBe(200);
    expect((await other.ask(QUERY)).status).toBe(429);
  });

  test('is the limit of each when the shared one fails, which is then left alone for a moment', async () => {
    let asked = 0;
    const broken = {
      query: async () => {
        asked++;
        throw new Error('no database');
      },
    };
    const limit = RateLimit.create(SHARED, broken, createLogger('silent'));
    await limit.chargeOperation(caller('x'), { cost: 69, characters: 0, values: 0 });
    await limit.chargeOperation(caller('x'), { cost: 69, characters: 0, values: 0 });
    await expect(limit.chargeOperation(caller('x'), { cost: 1, characters: 0, values: 0 })).rejects.toMatchObject({
      extensions: { code: 'RATE_LIMITED' },
    });
    expect(asked).toBe(1);
  });

  test('leaves nothing waiting in Postgres when its table is locked, and holds up nobody', async () => {
    const service = await start(SHARED);
    const owner = new pg.Client({ connectionString: service.databaseUrl });
    await owner.connect();
    await owner.query('begin');
    await owner.query('lock table rate_limit in access exclusive mode');
    for (const _ of [1, 2, 3]) expect((await service.ask(QUERY)).status).toBe(200);
    expect((await service.ask(QUERY)).status).toBe(429); // by the limit of this process
    const { rows } = await owner.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    expect(rows).toEqual([]);
    await owner.end();
  });
});

const caller = (subject: string, address = '') => ({
  viewer: { subject, employeeId: subject, roles: [] },
  tokenSubject: null,
  address,
  credential: null,
});

test('what somebody spends is one sum, whatever address they come from', async () => {
  const limit = RateLimit.create(MEMORY, null, createLogger('silent'));
  await limit.chargeOperation(caller('x', '10.0.0.1'), { cost: 100, characters: 0, values: 0 });
  await expect(
    limit.chargeOperation(caller('x', '10.0.0.2'), { cost: 100, characters: 0, values: 0 }),
  ).rejects.toMatchObject({
    extensions: { code: 'RATE_LIMITED' },
  });
  await limit.chargeOperation(
    { viewer: null, tokenSubject: null, address: '10.0.0.1', credential: null },
    { cost: 100, characters: 0, values: 0 },
  );
  await limit.chargeOperation(
    { viewer: null, tokenSubject: null, address: '10.0.0.2', credential: null },
    { cost: 100, characters: 0, values: 0 },
  );
});

describe('whatever is refused takes points', () => {
  const post = (service: TestService, body: string, headers: Record<string, string> = {}) =>
    fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  const signedIn = async (service: TestService) => ({ authorization: `Bearer ${await service.token(ALLY)}` });
  const tooDear = `{ a: employees(first: 100) { nodes { reports(first: 100) { nodes { reports(first: 100) { nodes { id } } } } } } }`;

  test.each<[string, string]>([
    ['that costs too much', JSON.stringify({ query: tooDear })],
    ['without a document', '{}'],
    ['with extensions that are none', '{"query":"{ __typename }","extensions":3}'],
    ['that is not JSON', '{'],
    ['of a document that is too long', JSON.stringify({ query: `{ me { permissions } }${'\n'.repeat(3000)}` })],
  ])('a request %s, from whom it is known to come', async (_, body) => {
    const service = await start({ ...MEMORY, employee: 1_000 });
    const headers = await signedIn(service);
    const statuses: number[] = [];
    for (let time = 0; time < 6; time++) statuses.push((await post(service, body, headers)).status);
    const after = [
      await post(service, '{"query":"{ __typename }"}', headers),
      await post(service, '{"query":"{ __typename }"}'),
    ];
    expect(statuses.slice(0, 2).every((status) => status === 400)).toBe(true);
    expect(after.map(({ status }) => status)).toEqual([429, 200]); // nobody else at the address
  });

  test.each<[string, string, Record<string, string>]>([
    ['that is not JSON', '{', {}],
    ['with a token that is none', '{"query":"{ __typename }"}', { authorization: 'Bearer none' }],
    ['of another content type', 'x', { 'content-type': 'text/plain' }],
  ])('a request %s, from its address', async (_, body, headers) => {
    const service = await start(MEMORY);
    for (let time = 0; time < 10; time++) expect((await post(service, body, headers)).status).toBeLessThan(500);
    expect((await post(service, '{"query":"{ __typename }"}')).status).toBe(429);
    expect((await service.ask('{ __typename }')).status).toBe(200);
  });

  test('a good token that names nobody, however it is written', async () => {
    const service = await start({ ...MEMORY, employee: 1_000 });
    const token = await service.token({ employee: 'nobody.here', roles: [] });
    const ask = (space: string) =>
      post(service, '{"query":"{ __typename }"}', { authorization: `Bearer${space}${token}` });
    const statuses: number[] = [];
    for (let time = 1; time <= 10; time++) statuses.push((await ask(' '.repeat(time))).status);
    expect(statuses[0]).toBe(401);
    expect(statuses.at(-1)).toBe(429);
    expect((await post(service, '{"query":"{ __typename }"}')).status).toBe(200); // from the same address
  });

  test('a body of which the rest does not come, from whose token it is', async () => {
    const rateLimit = { ...MEMORY, employee: 1_000 };
    const service = await startTestService({ rateLimit, requestTimeouts: { headers: 500, whole: 500, check: 50 } });
    started.push(service);
    const { authorization } = await signedIn(service);
    const head = [
      'POST /graphql HTTP/1.1',
      'Host: localhost',
      'Content-Type: application/json',
      `Authorization: ${authorization}`,
      'Content-Length: 20000',
    ].join('\r\n');
    const { hostname, port } = new URL(service.url);
    const socket = net.connect(Number(port), hostname);
    socket.write(`${head}\r\n\r\n${' '.repeat(15_000)}`);
    socket.resume();
    await once(socket, 'close');
    expect((await post(service, '{"query":"{ __typename }"}', { authorization })).status).toBe(429);
  });

  test('but what is refused because nothing is left', async () => {
    const service = await start(MEMORY);
    const headers = await signedIn(service);
    for (let time = 0; time < 20; time++) await post(service, JSON.stringify({ query: QUERY }), headers);
    expect((await post(service, '{"query":"{ __typename }"}')).status).toBe(200); // from the same address
  });

  test('and who has none left is refused without asking the database who it is', async () => {
    const service = await start(MEMORY);
    const headers = await signedIn(service);
    for (const _ of [1, 2, 3, 4]) await post(service, JSON.stringify({ query: QUERY }), headers);
    const statements = await statementsOf(async () => {
      expect((await post(service, '{"query":"{ me { permissions } }"}', headers)).status).toBe(429);
    });
    expect(statements).toEqual([]);
  });
});
