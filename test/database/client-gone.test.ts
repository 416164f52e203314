import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Database } from '../../src/database/database.js';
import { ClientGoneError } from '../../src/shared/client-gone.js';
import type { Viewer } from '../../src/shared/viewer.js';
import { untilBackends } from '../support/backends.js';
import { HR, openDatabase } from '../support/database.js';
import { poolOf } from '../support/pool-of.js';
import { statementsOf } from '../support/statement-counter.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
let opened: Database;
let watcher: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  opened = await openDatabase(database.serviceUrl, { poolSize: 2 });
  watcher = new pg.Client({ connectionString: database.url });
  await watcher.connect();
});
afterAll(async () => {
  await watcher.end();
  await opened.close();
  await database.drop();
});

const IDLE = `count(*) filter (where state <> 'idle') = 0`;
const LONG = 'select pg_sleep(60)';

describe('when a client has gone', () => {
  test('nothing more is read for it', async () => {
    const leaving = new AbortController();
    const reader = opened.readerFor(HR, { gone: leaving.signal });
    expect(await reader.read('select 1 as one', [])).toEqual([{ one: 1 }]);
    leaving.abort();
    const statements = await statementsOf(async () => {
      await expect(reader.read('select 1', [])).rejects.toThrow(ClientGoneError);
    });
    expect(statements).toEqual([]);
  });

  test('it leaves the queue for a connection, and the connection to the next', async () => {
    const pool = poolOf(opened.dataSource);
    const held = await Promise.all([pool.connect(), pool.connect()]);
    const leaving = new AbortController();
    const left = expect(opened.readerFor(HR, { gone: leaving.signal }).read(LONG, [])).rejects.toThrow(ClientGoneError);
    const next = opened.readerFor(HR).read('select 1 as one', []);
    leaving.abort();
    for (const client of held) client.release();
    await left;
    expect(await next).toEqual([{ one: 1 }]);
  });

  test('all that is read for it is stopped', async () => {
    const leaving = new AbortController();
    const larger = await openDatabase(database.serviceUrl, { poolSize: 4 }); // half of it is for one viewer's reads
    const reader = larger.readerFor(HR, { gone: leaving.signal });
    const reads = [reader.read(LONG, []), reader.read(LONG, [])].map((read) =>
      expect(read).rejects.toThrow(ClientGoneError),
    );
    await untilBackends(watcher, `count(*) filter (where wait_event = 'PgSleep') = 2`);
    leaving.abort();
    await Promise.all(reads);
    await untilBackends(watcher, IDLE);
    await larger.close();
  });
});

/** A number that looks random and is the same in every run. */
const scatter = (place: number): number => (Math.imul(place + 1, 2_654_435_761) >>> 8) % 10_007;

/** Takes a few milliseconds, so that a signal that is late has something to hit. */
const SOME_WORK = 'select $1::integer as mine, count(*) from generate_series(1, 20000)';

test('no statement of somebody else is stopped instead, on two connections', async () => {
  let stopped = 0;
  const request = async (place: number, viewer: Viewer) => {
    const leaving = new AbortController();
    const reader = opened.readerFor(viewer, { gone: leaving.signal });
    if (scatter(place) % 2 === 0) {
      expect(await reader.read(SOME_WORK, [place])).toMatchObject([{ mine: place }]);
      return;
    }
    // Some of these are over just when they are cancelled.
    const read = scatter(place + 1000) % 3 === 0 ? reader.read(LONG, []) : reader.read(SOME_WORK, [place]);
    const outcome = read.then(
      ([row]) => expect(row).toMatchObject({ mine: place }),
      (error) => {
        expect(error).toBeInstanceOf(ClientGoneError);
        stopped++;
      },
    );
    for (let turn = scatter(place + 2000) % 40; turn > 0; turn--) await new Promise(setImmediate);
    leaving.abort();
    await outcome;
  };
  // A few at a time: those that wait for a connection would all have left before they had one.
  const places = Array.from({ length: 600 }, (_, place) => place);
  await Promise.all(
    ['a', 'b', 'c', 'd'].map(async (subject) => {
      const viewer = { ...HR, subject };
      for (let place = places.shift(); place !== undefined; place = places.shift()) await request(place, viewer);
    }),
  );
  expect(stopped).toBeGreaterThan(100);
  await untilBackends(watcher, IDLE);
  expect(poolOf(opened.dataSource).totalCount).toBe(2);
});
