import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../../dist/src/database/embedded-postgres.js';
import { migrate } from '../../dist/src/database/migrate.js';
import { SERVICE_ROLE } from '../../dist/src/database/service-role.js';
import { readDemoCompany } from '../../dist/src/demo/demo-company.js';
import { loadDemoCompany } from '../../dist/src/demo/load-demo-company.js';
import { connectForMigration } from '../../dist/src/service.js';
import { createDatabase, dropDatabase, onServer, urlOfDatabase } from './databases.mjs';

/** The Postgres of the environment, else one in a container, else the embedded one. */
async function findPostgres() {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => {}, kind: 'TEST_DATABASE_URL' };
  try {
    const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
    const container = await new PostgreSqlContainer('postgres:18').start();
    return { url: container.getConnectionUri(), stop: () => container.stop(), kind: 'a container' };
  } catch (error) {
    // Detected and started in one: whatever stands in the way, the embedded one is real, too.
    if (process.env.CI) process.stdout.write(`No container for the tests (${String(error.message).split('\n')[0]})\n`);
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'career-test-'));
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];
  const postgres = await startEmbeddedPostgres(path.join(folder, 'data'), settings);
  const stop = async () => {
    await postgres.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return { url: postgres.url, stop, kind: 'the embedded Postgres' };
}

/** One migrated database with the demo company per run; each test file works on a copy of it. */
export default async function globalSetup() {
  const postgres = await findPostgres();
  const template = `career_template_${process.pid}_${Date.now()}`;
  await createDatabase(postgres.url, template);
  const dataSource = await connectForMigration(urlOfDatabase(postgres.url, template));
  await migrate(dataSource);
  await loadDemoCompany(dataSource, readDemoCompany(path.join(import.meta.dirname, '..', '..', 'demo')));
  const role = `career_test_${process.pid}_${Date.now()}`;
  const password = randomBytes(16).toString('hex');
  await dataSource.query(`create role ${role} login password '${password}' in role ${SERVICE_ROLE}`);
  await dataSource.destroy();
  process.env.TEST_SERVICE_ROLE = role;
  process.env.TEST_SERVICE_PASSWORD = password;
  process.env.TEST_SERVER_URL = postgres.url;
  process.env.TEST_TEMPLATE_DATABASE = template;
  globalThis.stopTestPostgres = async () => {
    await dropDatabase(postgres.url, template);
    await onServer(postgres.url, `drop role if exists ${role}`);
    await postgres.stop();
  };
  process.stdout.write(`\nTesting on ${postgres.kind}.\n`);
}
