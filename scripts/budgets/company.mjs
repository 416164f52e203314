import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { loadCompany } from '../../bench/company/load-company.mjs';
import { startEmbeddedPostgres } from '../../dist/src/database/embedded-postgres.js';
import { migrate } from '../../dist/src/database/migrate.js';
import { openToService, SERVICE_ROLE } from '../../dist/src/database/service-role.js';
import { connectForMigration } from '../../dist/src/service.js';

/** So many that it would show if one of their tables was read from end to end. */
export const EMPLOYEES = 2_000;

const SERVER_SETTINGS = [
  'fsync=off',
  'max_wal_size=4GB',
  'checkpoint_timeout=1h',
  // Nothing happens by itself, and of no table only a part is looked at, which would be another one each time.
  'autovacuum=off',
  'default_statistics_target=300',
  'shared_preload_libraries=pg_stat_statements,auto_explain',
  'pg_stat_statements.track=all',
  'pg_stat_statements.track_planning=on',
];

/** Postgres tells the service, and nobody else, of each plan that it ran for it; the line takes that out. */
const SERVICE_SETTINGS = {
  'auto_explain.log_min_duration': 0,
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_timing': 'off',
  'auto_explain.log_nested_statements': 'on',
  'auto_explain.log_parameter_max_length': 0,
  'auto_explain.log_format': 'json',
  client_min_messages: 'log',
  log_min_messages: 'fatal',
};

async function makeCompany(url, client) {
  const owner = await connectForMigration(url);
  try {
    await migrate(owner);
    await openToService(owner, url);
  } finally {
    await owner.destroy();
  }
  await client.connect();
  await client.query('create extension pg_stat_statements');
  await loadCompany(client, EMPLOYEES, () => {});
  for (const [name, value] of Object.entries(SERVICE_SETTINGS))
    await client.query(`alter role ${SERVICE_ROLE} set ${name} = '${value}'`);
}

/**
 * A Postgres of its own with the company of the benchmark, which is the same every time.
 * @returns a connection of its owner, how to open another one as on a network, and how to stop it
 */
export async function startCompany() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'career-budgets-'));
  const remove = () => fs.rmSync(folder, { recursive: true, force: true });
  const server = await startEmbeddedPostgres(path.join(folder, 'data'), SERVER_SETTINGS).catch((error) => {
    remove();
    throw error;
  });
  const { searchParams, port } = new URL(server.url);
  const client = new pg.Client({ connectionString: server.url });
  const company = {
    client,
    connect: () => net.connect(path.join(searchParams.get('host'), `.s.PGSQL.${port}`)),
    async stop() {
      await client.end().catch(() => {}); // it may not have come to a connection
      await server.stop();
      remove();
    },
  };
  try {
    await makeCompany(server.url, client);
    return company;
  } catch (error) {
    await company.stop();
    throw error;
  }
}
