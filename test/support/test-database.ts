import { randomBytes } from 'node:crypto';
import { createDatabase, dropDatabase, urlOfDatabase } from './databases.mjs';

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
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env['TEST_SERVER_URL']!;
  const name = `career_test_${randomBytes(8).toString('hex')}`;
  await createDatabase(server, name, process.env['TEST_TEMPLATE_DATABASE']);
  const url = urlOfDatabase(server, name);
  return { url, serviceUrl: asServiceRole(url), drop: () => dropDatabase(server, name) };
}
