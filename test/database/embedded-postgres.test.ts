import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/database/embedded-postgres.js';

const SETTINGS = ['fsync=off'];

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'career-embedded-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

const socketFolder = (url: string): string => new URL(url).searchParams.get('host')!;

test('it starts on a new folder, stops, and starts again with what was written; one folder serves one process', async () => {
  const data = path.join(folder, 'not', 'there', 'yet');
  const first = await startEmbeddedPostgres(data, SETTINGS);
  await query(first.url, `create table note as select 'kept' as text`);
  expect(await query(first.url, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
  expect(await query(first.url, `select lower('ÄÉŁ') as lower`)).toEqual([{ lower: 'äéł' }]);

  await expect(startEmbeddedPostgres(data, SETTINGS)).rejects.toThrow(/another process is using this data folder/i);
  expect(await query(first.url, 'select text from note')).toEqual([{ text: 'kept' }]);

  await first.stop();
  await first.stop(); // which is harmless
  await expect(query(first.url, 'select 1')).rejects.toThrow();
  expect(fs.existsSync(path.join(socketFolder(first.url), '.s.PGSQL.5432'))).toBe(false);

  const second = await startEmbeddedPostgres(data, SETTINGS);
  expect(await query(second.url, 'select text from note')).toEqual([{ text: 'kept' }]);
  await second.stop();
});

test('it cannot be reached over the network, nor by other users of the machine', async () => {
  const postgres = await startEmbeddedPostgres(path.join(folder, 'data'), SETTINGS);
  try {
    expect(await query(postgres.url, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
    expect(fs.statSync(socketFolder(postgres.url)).mode & 0o077).toBe(0);
  } finally {
    await postgres.stop();
  }
});

test('after its owner was killed it can be started again at once, with what was written', async () => {
  const data = path.join(folder, 'data');
  const script = path.join(import.meta.dirname, '..', 'support', 'embedded-postgres-owner.mjs');
  const owner = spawn(process.execPath, [script, data], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [url] = (await once(createInterface(owner.stdout), 'line')) as [string];
  await query(url, `create table note as select 'kept' as text`);
  // Something to write down, so that the killed one's Postgres is still about to end when the next one starts.
  await query(url, 'create table ballast as select * from generate_series(1, 300000)');
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  const postgres = await startEmbeddedPostgres(data, SETTINGS);
  try {
    expect(await query(postgres.url, 'select text from note')).toEqual([{ text: 'kept' }]);
  } finally {
    await postgres.stop();
    fs.rmSync(socketFolder(url), { recursive: true, force: true });
  }
});

test('a setting that is wrong is told', async () => {
  await expect(startEmbeddedPostgres(path.join(folder, 'data'), ['no_such_setting=1'])).rejects.toThrow(
    'no_such_setting',
  );
});
