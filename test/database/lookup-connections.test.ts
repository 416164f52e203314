import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Database } from '../../src/database/database.js';
import { MAXIMUM_KEPT_STATEMENTS } from '../../src/database/kept-statements.js';
import { lookupPartOf } from '../../src/database/lookup-connections.js';
import { ClientGoneError } from '../../src/shared/client-gone.js';
import { OutageError } from '../../src/shared/outage.js';
import type { Viewer } from '../../src/shared/viewer.js';
import { ViewerConfirmation } from '../../src/shared/viewer-confirmation.js';
import { ViewerErasedError } from '../../src/shared/viewer-erased.js';
import { untilBackends, waiting } from '../support/backends.js';
import { HR, openDatabase } from '../support/database.js';
import { poolOf } from '../support/pool-of.js';
import { openSilentLine } from '../support/silent-line.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
let opened: Database;
let owner: pg.Client;
let watcher: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  watcher = new pg.Client({ connectionString: database.url });
  await watcher.connect();
});
afterAll(async () => {
  await watcher.end();
  await owner.end();
  await database.drop();
});
beforeEach(async () => {
  opened = await openDatabase(database.serviceUrl, { lookupConnections: 1, timeouts: { lock: 1_000 } });
});
afterEach(() => opened.close());

const backend = async (planning?: 'BY_VALUES') => {
  const [row] = await opened.readerFor(HR).read<{ pid: number }>('select pg_backend_pid() as pid', [], planning);
  return row!.pid;
};
const viewerIn = (subject: string): Viewer => ({ subject, employeeId: null, roles: ['hr_admin'] });
/** For longer than somebody is put behind it. */
const SILENT = `clock_timestamp() - query_start > '250 ms'`;
const SUBJECT = `select current_setting('viewer.subject') as subject`;

/** Somebody who is remembered, and does not work here. */
const refuted = () => {
  const nobody = '00000000-0000-7000-8000-000000000000';
  return new ViewerConfirmation({ match: 'id', value: nobody, employeeId: nobody });
};

test('a quarter of the connections is for lookups, where there are enough', () => {
  expect([1, 3, 4, 8, 10, 20].map(lookupPartOf)).toEqual([0, 0, 1, 2, 3, 5]);
});

describe('lookups', () => {
  test('share a connection, and what is planned by its values goes by the pool', async () => {
    const first = await backend();
    expect(await Promise.all([backend(), backend(), backend()])).toEqual([first, first, first]);
    expect(await backend('BY_VALUES')).not.toBe(first);
  });

  test('are each run in the name of their own viewer, however many are on their way', async () => {
    const subjects = Array.from({ length: 50 }, (_, place) => `hr ${place}`);
    const seen = await Promise.all(subjects.map((subject) => opened.readerFor(viewerIn(subject)).read(SUBJECT, [])));
    expect(seen).toEqual(subjects.map((subject) => [{ subject }]));
  });

  test('a mistake in one is nothing to those behind it', async () => {
    const [wrong, right] = await Promise.allSettled([
      opened.readerFor(HR).read('select 1 / $1::integer as one', [0]),
      opened.readerFor(HR).read('select 1 / $1::integer as one', [1]),
    ]);
    expect(wrong).toMatchObject({ reason: { message: 'division by zero' } });
    expect(right).toMatchObject({ value: [{ one: 1 }] });
  });

  test('one whose viewer is refuted takes no statement from those behind it, who count on it to be prepared', async () => {
    await backend();
    const [refused, read] = await Promise.allSettled([
      opened.readerFor(HR, { confirmation: refuted() }).read(SUBJECT, []),
      opened.readerFor(viewerIn('next')).read(SUBJECT, []),
    ]);
    expect(refused).toMatchObject({ reason: expect.any(ViewerErasedError) });
    expect(read).toMatchObject({ value: [{ subject: 'next' }] });
  });
});

describe('what a connection is taken to know', () => {
  const pause = (milliseconds: number) => `select pg_sleep(${milliseconds / 1000})`;

  test('is not forgotten for one that fails because another did not bring its text', async () => {
    for (const milliseconds of [20, 21]) await opened.readerFor(HR).read(pause(milliseconds), []);
    await opened
      .readerFor(HR, { confirmation: refuted() })
      .read('select 1', [])
      .catch(() => {});
    const bringing = opened.readerFor(viewerIn('refuted'), { confirmation: refuted() }).read(SUBJECT, []);
    const reads = [opened.readerFor(viewerIn('a')).read(pause(20), [])];
    const without = opened.readerFor(viewerIn('without')).read(SUBJECT, []);
    reads.push(opened.readerFor(viewerIn('b')).read(pause(21), []));
    await expect(bringing).rejects.toThrow(ViewerErasedError);
    reads.push(opened.readerFor(viewerIn('bringing anew')).read(SUBJECT, []));
    await without;
    reads.push(opened.readerFor(viewerIn('behind')).read(SUBJECT, []));
    expect((await Promise.all(reads)).slice(2)).toEqual([[{ subject: 'bringing anew' }], [{ subject: 'behind' }]]);
  });

  test('is put right where a statement had to go before it was known to be there', async () => {
    const first = backend();
    const others = Array.from({ length: MAXIMUM_KEPT_STATEMENTS }, (_, place) =>
      opened.readerFor(viewerIn(`${place}`)).read(`select ${place} as place`, []),
    );
    await Promise.all([first, ...others]);
    await backend(); // finds that it is gone
    expect(await backend()).toBe(await first);
  });
});

describe('behind a lookup that is slow', () => {
  test('nobody is put: they go by the pool', async () => {
    const first = await backend();
    await owner.query('begin; lock table skill in access exclusive mode');
    const slow = opened.readerFor(HR).read('select id from skill limit 0', []);
    try {
      await untilBackends(watcher, `count(*) filter (where wait_event_type = 'Lock' and ${SILENT}) = 1`);
      expect(await backend()).not.toBe(first);
    } finally {
      await owner.query('rollback');
    }
    expect(await slow).toEqual([]);
    expect(await backend()).toBe(first);
  });

  test('nobody is put, and the other connections go on being shared', async () => {
    const two = await openDatabase(database.serviceUrl, { poolSize: 8, lookupConnections: 2 });
    const pidOf = async (subject: string) => {
      const text = 'select pg_backend_pid() as pid, pg_sleep(0.004)';
      return (await two.readerFor(viewerIn(subject)).read<{ pid: number }>(text, []))[0]!.pid;
    };
    await owner.query('begin; lock table skill in access exclusive mode');
    const slow = two.readerFor(HR).read('select id from skill limit 0', []);
    try {
      await untilBackends(watcher, `count(*) filter (where wait_event_type = 'Lock' and ${SILENT}) = 1`);
      const other = await pidOf('first');
      expect(new Set(await Promise.all(['a', 'b', 'c', 'd', 'e'].map(pidOf)))).toEqual(new Set([other]));
    } finally {
      await owner.query('rollback');
    }
    await slow;
    await two.close();
  });

  test('who goes away is let go at once, and nothing of others is cancelled', async () => {
    await backend();
    await owner.query('begin; lock table skill in access exclusive mode');
    const leaving = new AbortController();
    const left = opened.readerFor(HR, { gone: leaving.signal }).read('select id from skill limit 0', []);
    const behind = opened.readerFor(viewerIn('behind')).read(SUBJECT, []);
    try {
      await untilBackends(watcher, waiting(1));
      leaving.abort();
      await expect(left).rejects.toThrow(ClientGoneError);
    } finally {
      await owner.query('rollback');
    }
    expect(await behind).toEqual([{ subject: 'behind' }]);
  });

  test('a lock is waited for no longer than anywhere else', async () => {
    await owner.query('begin; lock table skill in access exclusive mode');
    try {
      const reads = ['select id from skill limit 0', 'select id from skill limit 0'].map((text) =>
        opened.readerFor(HR).read(text, []),
      );
      for (const read of await Promise.allSettled(reads)) expect(read).toMatchObject({ reason: { code: 'TIMED_OUT' } });
    } finally {
      await owner.query('rollback');
    }
  });
});

describe('a connection that Postgres ends', () => {
  test('is an outage for whoever waits on it, and another one takes its place', async () => {
    const first = await backend();
    await owner.query('begin; lock table skill in access exclusive mode');
    const reads = [1, 2].map(() => opened.readerFor(HR).read('select id from skill limit 0', []));
    const failures = Promise.allSettled(reads);
    await untilBackends(watcher, waiting(1));
    await owner.query('select pg_terminate_backend($1)', [first]);
    for (const failure of await failures) expect(failure).toMatchObject({ reason: expect.any(OutageError) });
    await owner.query('rollback');
    const next = await backend();
    expect(next).not.toBe(first);
    expect(await backend()).toBe(next);
  });

  test('while nobody waits on it, is nothing to anybody', async () => {
    const first = await backend();
    await owner.query('select pg_terminate_backend($1)', [first]);
    await untilBackends(watcher, `count(*) filter (where pid = ${first}) = 0`);
    expect(await backend().catch(() => backend())).not.toBe(first);
  });
});

test('a Postgres that cannot be reached is an outage', async () => {
  Object.assign(poolOf(opened.dataSource).options, { connectionString: 'postgres://127.0.0.1:1/nothing' });
  await expect(opened.readerFor(HR).read('select 1', [])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

test('what is on its way is answered before the connections are closed', async () => {
  const another = await openDatabase(database.serviceUrl, { lookupConnections: 1 });
  const read = another.readerFor(HR).read(`select 'answered' as state, pg_sleep(0.5)`, []);
  await untilBackends(watcher, `count(*) filter (where wait_event = 'PgSleep') = 1`);
  await another.close();
  expect(await read).toMatchObject([{ state: 'answered' }]);
});

describe('on a line that says nothing any longer', () => {
  test.each([
    ['a lookup is an outage, and the next one gets another connection', 1, false],
    ['who waits for a connection when all are closed is told so', 0, true],
  ])('%s', async (_, reads, isClosed) => {
    const line = await openSilentLine(database.serviceUrl);
    const another = await openDatabase(line.url, { lookupConnections: 1, timeouts: { statement: 100 } });
    for (let read = 0; read < reads; read++) await another.readerFor(HR).read('select 1', []);
    line.silence();
    const lost = another.readerFor(HR).read('select 1', []);
    const outage = expect(lost).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    if (isClosed) await another.close();
    await outage;
    line.speak();
    if (!isClosed) {
      expect(await another.readerFor(HR).read('select 1 as one', [])).toEqual([{ one: 1 }]);
      await another.close();
    }
    await line.close();
  });
});
