import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../dist/src/database/embedded-postgres.js';

const here = import.meta.dirname;

/** So that what is measured is not the disk; all contenders have the same. */
const SETTINGS = ['shared_buffers=1GB', 'max_connections=200', 'synchronous_commit=off', 'autovacuum=off'];

async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function isLoaded(client) {
  const { rows } = await client.query('select exists (select from employee) as loaded');
  return rows[0].loaded;
}

/** Makes the company, in statements that the triggers of the service are not asked about. */
async function load(client, employees) {
  const text = fs.readFileSync(path.join(here, 'company.sql'), 'utf8').replaceAll(':employees', String(employees));
  await client.query('begin');
  await client.query('set local session_replication_role = replica');
  await client.query(text);
  await client.query('commit');
  await client.query('vacuum (analyze)');
}

function migrate(url) {
  const env = { ...process.env, MIGRATION_DATABASE_URL: url, DATABASE_URL: url };
  const { status, stderr } = spawnSync(process.execPath, ['dist/src/migrate.js'], { cwd: path.join(here, '..'), env });
  if (status !== 0) throw new Error(`The migrations failed: ${stderr}`);
}

/**
 * A Postgres with a company of so many employees in it, made once and kept.
 * @returns the address for its owner and for the service, and how to stop it
 */
export async function openCompany(employees) {
  const server = await startEmbeddedPostgres(path.join(here, '.data', `company-${employees}`), SETTINGS);
  migrate(server.url);
  await withClient(server.url, async (client) => {
    if (!(await isLoaded(client))) await load(client, employees);
    await client.query(`do $$ begin
      create role bench_service login password 'bench' in role career_conversations_service;
    exception when duplicate_object then null; end $$`);
  });
  const service = new URL(server.url);
  service.username = 'bench_service';
  service.password = 'bench';
  return { ownerUrl: server.url, serviceUrl: service.href, stop: () => server.stop() };
}
