import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { untilBackends, waiting } from '../support/backends.js';
import { ALLY, MORGAN, startTestService, type TestService } from '../support/service.js';

/** A service with two connections, so that one that is lost or poisoned shows. */
let service: TestService;
let owner: pg.Client;
let watcher: pg.Client;
let tokens: { token: string; name: string }[];
beforeAll(async () => {
  // No timeout stops what the client should have stopped.
  service = await startTestService({ databasePoolSize: 2, timeouts: { statement: 60_000, lock: 60_000 } });
  owner = new pg.Client({ connectionString: service.databaseUrl });
  watcher = new pg.Client({ connectionString: service.databaseUrl });
  await Promise.all([owner.connect(), watcher.connect()]);
  const { rows } = await watcher.query<{ id: string; name: string }>(
    'select external_id as id, name from employee where employed order by external_id limit 12',
  );
  tokens = await Promise.all(
    rows.map(async ({ id, name }) => ({ name, token: await service.token({ employee: id, roles: [] }) })),
  );
});
afterAll(async () => {
  await owner.end();
  await watcher.end();
  await service.close();
});

/** A request that its client may leave; resolves to null when it did. */
function send(query: string, token: string) {
  const leaving = new AbortController();
  const answer = fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
    signal: leaving.signal,
  }).then(
    async (response) => (await response.json()) as { data: unknown; errors?: unknown[] },
    (error: unknown) => {
      if (!leaving.signal.aborted) throw error;
      return null;
    },
  );
  return { answer, leave: () => leaving.abort() };
}

/** While nobody else can get at the table of roles. */
async function whileLocked(work: () => Promise<void>): Promise<void> {
  await owner.query('begin; lock table role in access exclusive mode');
  try {
    await work();
  } finally {
    await owner.query('rollback');
  }
}

const ROLES = '{ roles(first: 1) { nodes { title } } }';
const ME = '{ me { employee { name } } }';
const IDLE = `count(*) filter (where state <> 'idle') = 0`;
const PIDS = `select array_agg(pid order by pid) as pids from pg_stat_activity where application_name = 'career-conversations' and datname = current_database()`;

test('a client that goes away stops its query, and the connection is as good as before', async () => {
  await Promise.all(Array.from({ length: 20 }, () => service.ask(ROLES))); // opens both connections
  const before = await watcher.query(PIDS);
  await whileLocked(async () => {
    const requests = [ALLY, MORGAN].map(async (as) => send(ROLES, await service.token(as)));
    const sent = await Promise.all(requests);
    await untilBackends(watcher, waiting(2));
    for (const { leave } of sent) leave();
    await untilBackends(watcher, IDLE); // though the lock is still held
    expect((await service.ask('{ me { permissions } }')).status).toBe(200);
  });
  expect((await watcher.query(PIDS)).rows).toEqual(before.rows);
  expect(await service.ask(ROLES)).toMatchObject({ status: 200, errors: undefined });
});

test('a mutation whose client has gone is finished', async () => {
  const create = (key: string) => `mutation { createActionPlan(input: { employee: { externalId: "ally.adventure" },
    goal: "Stayed", targetRole: { externalId: "R-MARKETING-ASSOCIATE" }, idempotencyKey: "${key}" }) {
    plan { id goal targetRole { title } } userErrors { code } } }`;
  const token = await service.token(ALLY);
  await whileLocked(async () => {
    const { answer, leave } = send(create('first'), token);
    await untilBackends(watcher, waiting(1));
    leave();
    expect(await answer).toBeNull();
  });
  await untilBackends(watcher, IDLE);
  const plans = async () =>
    (
      await watcher.query(`select id, (select count(*)::integer from plan_revision where plan_id = action_plan.id) as revisions
      from action_plan where goal = 'Stayed'`)
    ).rows;
  const kept = await plans();
  expect(kept).toEqual([{ id: expect.any(String), revisions: 1 }]);
  const again = await service.ask(create('first'));
  expect(again.data.createActionPlan.plan).toMatchObject({ goal: 'Stayed' });
  expect(await plans()).toEqual(kept);
});

test('who stays gets their own answer, however many others leave', async () => {
  const scatter = (place: number) => (Math.imul(place + 1, 2_654_435_761) >>> 8) % 10_007;
  let left = 0;
  const request = async (place: number) => {
    const { token, name } = tokens[scatter(place) % tokens.length]!;
    const { answer, leave } = send(ME, token);
    // Some leave at once, some a few turns of the loop later, most stay.
    const turns = scatter(place + 1000) % 12;
    if (scatter(place + 2000) % 2 === 0) {
      for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
      leave();
    }
    const result = await answer;
    if (result === null) left++;
    else expect(result).toMatchObject({ data: { me: { employee: { name } } } });
    if (result !== null) expect(result.errors).toBeUndefined();
  };
  for (let round = 0; round < 8; round++)
    await Promise.all(Array.from({ length: 100 }, (_, place) => request(round * 100 + place)));
  expect(left).toBeGreaterThan(50);
  await untilBackends(watcher, IDLE);
  expect(await service.ask(ROLES)).toMatchObject({ status: 200 });
});
