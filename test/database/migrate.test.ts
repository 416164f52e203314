import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/database/data-source.js';
import { migrate } from '../../src/database/migrate.js';
import { migrations } from '../../src/database/migrations.js';
import { rows } from '../../src/rows.js';
import { createDatabase, dropDatabase, urlOfDatabase } from '../support/databases.mjs';

const server = process.env['TEST_SERVER_URL']!;
let name: string;
let opened: DataSource[];

async function connect(lockTimeout?: number): Promise<DataSource> {
  const settings = { url: urlOfDatabase(server, name), poolSize: 2, namedStatements: false, rows, migrations };
  const dataSource = await createDataSource({ ...settings, ...(lockTimeout && { lockTimeout }) }).initialize();
  opened.push(dataSource);
  return dataSource;
}

beforeEach(async () => {
  opened = [];
  name = `career_test_${randomBytes(8).toString('hex')}`;
  await createDatabase(server, name);
});
afterEach(async () => {
  await Promise.all(opened.map((dataSource) => dataSource.destroy()));
  await dropDatabase(server, name);
});

test('replicas that start at the same moment migrate once, and do what comes after one by one', async () => {
  let inside = 0;
  const whatComesAfter = (dataSource: DataSource) => async () => {
    expect(++inside).toBe(1);
    await dataSource.query('select count(*) from employee');
    inside--;
  };
  const dataSources = await Promise.all([connect(), connect(), connect()]);
  const done = await Promise.all(dataSources.map((dataSource) => migrate(dataSource, whatComesAfter(dataSource))));
  expect(done.map((names) => names.length).sort()).toEqual([0, 0, migrations.length]);
});

test('a replica waits for the one that migrates, longer than for any lock', async () => {
  const [first, second] = [await connect(), await connect(1)];
  let secondIsDone = false;
  let waiting: Promise<string[]> | undefined;
  await migrate(first, async () => {
    waiting = migrate(second);
    waiting.then(
      () => {
        secondIsDone = true;
      },
      () => {
        secondIsDone = true;
      },
    );
    const isWaiting = async () => {
      const [row] = await first.query(
        `select exists (select from pg_locks where locktype = 'advisory' and not granted) as waiting`,
      );
      return row.waiting as boolean;
    };
    while (!secondIsDone && !(await isWaiting())); // until it has come to the lock
    for (let turn = 0; turn < 200 && !secondIsDone; turn++) await first.query('select 1'); // much longer than a millisecond
  });
  expect(await waiting).toEqual([]);
});

test('work that fails lets the next one migrate, and says why it failed', async () => {
  const dataSource = await connect();
  await expect(migrate(dataSource, () => Promise.reject(new Error('no demo company')))).rejects.toThrow(
    'no demo company',
  );
  expect(await migrate(await connect())).toEqual([]);
});
