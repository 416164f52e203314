import net from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Database } from '../../src/database/database.js';
import { inTransaction } from '../../src/database/transaction.js';
import { OutageError } from '../../src/shared/outage.js';
import { success } from '../../src/shared/result.js';
import { untilBackends, waiting } from '../support/backends.js';
import { openCuttableLine } from '../support/cuttable-line.js';
import { HR, openDatabase, ownerOf } from '../support/database.js';
import { poolOf } from '../support/pool-of.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
let owner: pg.Client;
/** Looks on from outside of any transaction. */
let watcher: pg.Client;
let opened: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.url });
  watcher = new pg.Client({ connectionString: database.url });
  await Promise.all([owner.connect(), watcher.connect()]);
});
beforeEach(async () => {
  opened = await open();
});
afterEach(() => opened.close());
afterAll(async () => {
  await owner.end();
  await watcher.end();
  await database.drop();
});

/** One connection only: a broken one would be the next one, too. */
const open = (timeouts = {}) => openDatabase(database.serviceUrl, { poolSize: 1, timeouts });

/** @param advice what the caller is told */
async function expectOutage(work: Promise<unknown>, code: string, advice: RegExp): Promise<void> {
  const outage = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(outage).toBeInstanceOf(OutageError);
  expect(outage).toMatchObject({ code, message: expect.stringMatching(advice), cause: expect.any(Error) });
}

/** Afterwards everything works as before. */
async function expectHealth(): Promise<void> {
  expect(await opened.readerFor(HR).read('select 1 as one', [])).toEqual([{ one: 1 }]);
  const kept = await inTransaction(ownerOf(opened, HR), async (manager) =>
    success(await manager.query('select 1 as one')),
  );
  expect(kept).toEqual({ ok: true, value: [{ one: 1 }] });
}

const write = (statement: string) =>
  inTransaction(ownerOf(opened, HR), async (manager) => success(await manager.query(statement)));

const END_OTHERS = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name = 'career-conversations'`;

describe('what takes too long is TIMED_OUT:', () => {
  beforeEach(async () => {
    await opened.close();
    opened = await open({ statement: 200, lock: 100, idleInTransaction: 100 });
  });

  test('a statement', async () => {
    await expectOutage(opened.readerFor(HR).read('select pg_sleep(20)', []), 'TIMED_OUT', /Ask for less/);
    await expectOutage(write('select pg_sleep(20)'), 'TIMED_OUT', /Nothing of the call was kept/);
    await expectHealth();
  });

  test('a lock', async () => {
    await owner.query('begin; lock table skill in access exclusive mode');
    await expectOutage(opened.readerFor(HR).read('select id from skill', []), 'TIMED_OUT', /Others held on/);
    await expectOutage(write('select id from skill for share'), 'TIMED_OUT', /Nothing of the call was kept/);
    await owner.query('rollback');
    await expectHealth();
  });

  test('the service itself, in the middle of a transaction', async () => {
    const slow = inTransaction(ownerOf(opened, HR), async (manager) => {
      await manager.query('select 1'); // with which it begins
      await untilBackends(watcher, 'count(*) = 0');
      return success(await manager.query('select 1'));
    });
    await expectOutage(slow, 'TIMED_OUT', /too slow.*Nothing of the call was kept/);
    await expectHealth();
  });
});

describe('a connection that Postgres ends is UNAVAILABLE,', () => {
  test('and the next one is good: during a read', async () => {
    const read = opened.readerFor(HR).read('select pg_terminate_backend(pg_backend_pid())', []);
    const next = opened.readerFor(HR).read('select 1 as one', []); // waits for the connection
    await expectOutage(read, 'UNAVAILABLE', /Ask again/);
    expect(await next).toEqual([{ one: 1 }]);
    await expectHealth();
  });

  test('and the next one is good: during a write', async () => {
    const written = write('select pg_terminate_backend(pg_backend_pid())');
    const next = opened.readerFor(HR).read('select 1 as one', []);
    await expectOutage(written, 'UNAVAILABLE', /Nothing of the call was kept/);
    expect(await next).toEqual([{ one: 1 }]);
    await expectHealth();
  });

  test('and the next one is good: between two statements', async () => {
    const work = inTransaction(ownerOf(opened, HR), async (manager) => {
      await manager.query('select 1');
      await owner.query(END_OTHERS);
      await untilBackends(watcher, 'count(*) = 0');
      return success(await manager.query('select 1'));
    });
    await expectOutage(work, 'UNAVAILABLE', /Nothing of the call was kept/);
    await expectHealth();
  });

  test('and the next one is good: before the first statement', async () => {
    const work = inTransaction(ownerOf(opened, HR), async (manager) => {
      await owner.query(END_OTHERS);
      await untilBackends(watcher, 'count(*) = 0');
      return success(await manager.query('select 1'));
    });
    await expectOutage(work, 'UNAVAILABLE', /Nothing of the call was kept/);
    await expectHealth();
  });

  test('and the next one is good: while nobody used it', async () => {
    await expectHealth();
    await owner.query(END_OTHERS);
    await untilBackends(watcher, 'count(*) = 0');
    await new Promise(setImmediate); // the end is read
    await expectHealth();
  });

  test('and whether it was kept is not known when that was at the end', async () => {
    await owner.query(`
      create function end_connection() returns trigger language plpgsql security definer
        as $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
      create constraint trigger end_connection after update on idempotency_record deferrable initially deferred
        for each row execute function end_connection();
      grant update on idempotency_record to public`);
    await owner.query(`insert into idempotency_record (subject, operation, key, input_digest, result_id)
      values ('hr', 'x', 'x', 'x', gen_random_uuid())`);
    await expectOutage(write(`update idempotency_record set input_digest = 'y'`), 'UNAVAILABLE', /kept or not/);
    await owner.query('drop function end_connection cascade');
    await expectHealth();
  });
});

test('a connection that is cut without a word is UNAVAILABLE, and the process goes on', async () => {
  const { host, port } = owner as unknown as { host: string; port: number };
  const line = await openCuttableLine(() =>
    net.connect(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port }),
  );
  const url = new URL(database.serviceUrl);
  url.search = '';
  url.host = `127.0.0.1:${line.port}`;
  await opened.close();
  opened = await openDatabase(url.href, { poolSize: 2 });
  await owner.query('begin; lock table skill in access exclusive mode');
  const read = opened.readerFor(HR).read('select id from skill', []);
  const written = write('select id from skill for share');
  await Promise.all([
    expectOutage(read, 'UNAVAILABLE', /connection .* was lost.*Ask again/),
    expectOutage(written, 'UNAVAILABLE', /connection .* was lost.*Nothing of the call was kept/),
    untilBackends(watcher, waiting(2)).then(line.cut),
  ]);
  await owner.query('rollback');
  await expectHealth();
  await opened.close();
  await line.close();
  opened = await open();
});

describe('no connection is UNAVAILABLE:', () => {
  test('from a database that lets nobody in', async () => {
    const other = await createTestDatabase();
    const name = new URL(other.url).pathname.slice(1);
    await opened.close();
    opened = await openDatabase(other.serviceUrl, { poolSize: 1 });
    await owner.query(`alter database ${name} allow_connections false`);
    await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, [name]);
    for (const _ of ['the old connection', 'a new one'])
      await opened
        .readerFor(HR)
        .read('select 1', [])
        .catch(() => {});
    await expectOutage(opened.readerFor(HR).read('select 1', []), 'UNAVAILABLE', /cannot be reached/);
    await expectOutage(write('select 1'), 'UNAVAILABLE', /cannot be reached.*Nothing of the call was kept/);
    await owner.query(`alter database ${name} allow_connections true`);
    await expectHealth();
    await opened.close();
    await other.drop();
    opened = await open();
  });

  test('from a pool that has none to spare in time', async () => {
    const pool = poolOf(opened.dataSource);
    const held = await pool.connect();
    pool.options.connectionTimeoutMillis = 50;
    await expectOutage(opened.readerFor(HR).read('select 1', []), 'UNAVAILABLE', /cannot be reached/);
    await expectOutage(write('select 1'), 'UNAVAILABLE', /cannot be reached/);
    held.release();
    await expectHealth();
  });
});

test('what is no outage stays what it is', async () => {
  await expect(opened.readerFor(HR).read('select 1 / 0', [])).rejects.toMatchObject({ code: '22012' });
  await expect(write('select 1 / 0')).rejects.toMatchObject({ driverError: { code: '22012' } });
  await expectHealth();
});
