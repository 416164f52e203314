import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Database } from '../../src/database/database.js';
import { inTransaction } from '../../src/database/transaction.js';
import { ClientGoneError } from '../../src/shared/client-gone.js';
import { success } from '../../src/shared/result.js';
import type { Viewer } from '../../src/shared/viewer.js';
import { untilBackends, waiting } from '../support/backends.js';
import { openDatabase, ownerOf } from '../support/database.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const POOL_SIZE = 6;
const READS = 3;
const TRANSACTIONS = 2;

let database: TestDatabase;
let opened: Database;
let watcher: pg.Client;
let holder: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  opened = await openDatabase(database.url, { poolSize: POOL_SIZE, timeouts: { statement: 60_000, lock: 60_000 } });
  watcher = new pg.Client({ connectionString: database.url });
  holder = new pg.Client({ connectionString: database.url });
  await Promise.all([watcher.connect(), holder.connect()]);
});
afterAll(async () => {
  await Promise.all([watcher.end(), holder.end()]);
  await opened.close();
  await database.drop();
});
afterEach(() => holder.query('select pg_advisory_unlock_all()'));

const viewer = (subject: string): Viewer => ({ subject, employeeId: null, roles: ['hr_admin'] });
const GREEDY = viewer('greedy');
const NEIGHBOUR = viewer('neighbour');

const hold = () => holder.query('select pg_advisory_lock(1)');
const letGo = () => holder.query('select pg_advisory_unlock(1)');

/** Ends when the holder lets go. */
const WAIT = `select pg_advisory_lock_shared(1), pg_advisory_unlock_shared(1)`;
const many = <Value>(start: () => Promise<Value>): Promise<Value>[] => Array.from({ length: 40 }, start);

const transaction = (owner: Viewer, statement: string) =>
  inTransaction(ownerOf(opened, owner), async (manager) => success(await manager.query(statement)));

describe('while the reads of one viewer wait', () => {
  test('the read and the transaction of another are answered, and in the end all are', async () => {
    await hold();
    const reader = opened.readerFor(GREEDY);
    const reads = many(() => reader.read(WAIT, []));
    await untilBackends(watcher, waiting(READS));
    expect(await opened.readerFor(NEIGHBOUR).read('select 1 as one', [])).toEqual([{ one: 1 }]);
    expect(await transaction(NEIGHBOUR, 'select 1 as one')).toMatchObject({ value: [{ one: 1 }] });
    await untilBackends(watcher, waiting(READS));
    await letGo();
    expect(await Promise.all(reads)).toHaveLength(40);
  });

  test('their own transaction does not wait for them, nor do reads in nobody’s name', async () => {
    await hold();
    const reads = many(() => opened.readerFor(GREEDY).read(WAIT, []));
    await untilBackends(watcher, waiting(READS));
    expect(await transaction(GREEDY, 'select 1 as one')).toMatchObject({ value: [{ one: 1 }] });
    expect(await opened.readerFor(null).read('select 1 as one', [])).toEqual([{ one: 1 }]);
    await letGo();
    await Promise.all(reads);
  });

  test('who goes away leaves the queue, and what ran is stopped', async () => {
    await hold();
    const leaving = new AbortController();
    const reader = opened.readerFor(GREEDY, { gone: leaving.signal });
    const reads = many(() => reader.read(WAIT, [])).map((read) => expect(read).rejects.toThrow(ClientGoneError));
    await untilBackends(watcher, waiting(READS));
    leaving.abort();
    await Promise.all(reads);
    // The lock is still held: only a place that is free again lets this through.
    expect(await opened.readerFor(GREEDY).read('select 1 as one', [])).toEqual([{ one: 1 }]);
    await untilBackends(watcher, waiting(0));
  });
});

describe('while the transactions of one viewer wait for a row', () => {
  test('the transaction and the read of another are answered, and in the end all are', async () => {
    await holder.query('begin');
    await holder.query(`select from department where external_id = 'D-SALES' for update`);
    const change = `update department set name = name where external_id = 'D-SALES'`;
    const transactions = many(() => transaction(GREEDY, change));
    await untilBackends(watcher, waiting(TRANSACTIONS));
    expect(await transaction(NEIGHBOUR, 'select 1 as one')).toMatchObject({ value: [{ one: 1 }] });
    expect(await opened.readerFor(NEIGHBOUR).read('select 1 as one', [])).toEqual([{ one: 1 }]);
    expect(await opened.readerFor(GREEDY).read('select 1 as one', [])).toEqual([{ one: 1 }]);
    await untilBackends(watcher, waiting(TRANSACTIONS));
    await holder.query('commit');
    expect(await Promise.all(transactions)).toHaveLength(40);
  });
});

test('what the reads and transactions of one viewer take together leaves some for others, also where lookups have theirs', async () => {
  const divided = await openDatabase(database.url, {
    poolSize: 4,
    lookupConnections: 2,
    timeouts: { statement: 60_000, lock: 60_000 },
  });
  await hold();
  const lists = many(() => divided.readerFor(GREEDY).read(WAIT, [], 'BY_VALUES'));
  const transactions = many(() =>
    inTransaction(ownerOf(divided, GREEDY), async (manager) => success(await manager.query(WAIT))),
  );
  await untilBackends(watcher, waiting(3));
  expect(await divided.readerFor(NEIGHBOUR).read('select 1 as one', [], 'BY_VALUES')).toEqual([{ one: 1 }]);
  await letGo();
  await Promise.all([...lists, ...transactions]);
  await divided.close();
});
