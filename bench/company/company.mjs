import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../dist/src/database/embedded-postgres.js';
import { companyDigest, loadCompany } from './load-company.mjs';

/** So that what is measured is not the disk; all contenders have the same. */
const SETTINGS = [
  'shared_buffers=1GB',
  'max_connections=200',
  'synchronous_commit=off',
  'autovacuum=off',
  'max_wal_size=8GB',
  'checkpoint_timeout=1h',
];

/** Every contender may open so many connections. */
export const POOL_SIZE = 10;

async function isLoaded(client) {
  const { rows } = await client.query('select exists (select from employee) as loaded');
  return rows[0].loaded;
}

function migrate(url) {
  const env = { ...process.env, MIGRATION_DATABASE_URL: url, DATABASE_URL: url };
  const { status, stderr } = spawnSync(process.execPath, ['dist/src/migrate.js'], {
    cwd: path.join(import.meta.dirname, '..', '..'),
    env,
  });
  if (status !== 0) throw new Error(`The migrations failed: ${stderr}`);
}

async function postmasterOf(client) {
  const { rows } = await client.query('show data_directory');
  return Number(fs.readFileSync(path.join(rows[0].data_directory, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/**
 * A Postgres with a company of so many employees in it, made once and kept.
 * @returns the address for its owner and for the service, a connection of the owner, the process of the server, and how to stop it
 */
export async function openCompany(employees, report) {
  if (!Number.isInteger(employees) || employees < 100)
    throw new Error('--employees is a whole number of at least 100.');
  const folder = path.join(import.meta.dirname, '..', '.data', `company-${employees}-${companyDigest}`);
  const server = await startEmbeddedPostgres(folder, SETTINGS);
  try {
    migrate(server.url);
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    if (!(await isLoaded(client))) await loadCompany(client, employees, report);
    await client.query(`do $$ begin
      create role bench_service login password 'bench' in role career_conversations_service;
    exception when duplicate_object then null; end $$`);
    const service = new URL(server.url);
    service.username = 'bench_service';
    service.password = 'bench';
    return {
      ownerUrl: server.url,
      serviceUrl: service.href,
      client,
      postmaster: await postmasterOf(client),
      async stop() {
        await client.end();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
