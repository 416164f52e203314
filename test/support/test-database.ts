import { randomBytes } from 'node:crypto';
import { createDatabase, dropDatabase, onServer, urlOfDatabase } from './databases.mjs';

export interface TestDatabase {
  /** As its owner, whom row-level security does not hold back. */
  url: string;
  /** As the service connects. */
  serviceUrl: string;
  drop(): Promise<void>;
}

/** The same database as the role of the service. */
export function asServiceRole(url: string): string {
  const service = new URL(url);
  service.username = process.env['TEST_SERVICE_ROLE']!;
  service.password = process.env['TEST_SERVICE_PASSWORD']!;
  return service.href;
}

/** A fresh copy of the migrated template, with the demo company in it. */
export const createTestDatabase = (): Promise<TestDatabase> => copyOf(process.env['TEST_TEMPLATE_DATABASE']!);

/** A copy of the database of a test. Whoever is connected to it loses the connection, and makes a new one when it needs it. */
export async function copyTestDatabase(url: string): Promise<TestDatabase> {
  const name = new URL(url).pathname.slice(1);
  const server = process.env['TEST_SERVER_URL']!;
  await onServer(server, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  return copyOf(name);
}

async function copyOf(template: string): Promise<TestDatabase> {
  const server = process.env['TEST_SERVER_URL']!;
  const name = `career_test_${randomBytes(8).toString('hex')}`;
  await createDatabase(server, name, template);
  const url = urlOfDatabase(server, name);
  return { url, serviceUrl: asServiceRole(url), drop: () => dropDatabase(server, name) };
}
