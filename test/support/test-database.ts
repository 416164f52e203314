import { randomBytes } from 'node:crypto';
import { createDatabase, dropDatabase, urlOfDatabase } from './databases.mjs';

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A fresh copy of the migrated template, with the demo company in it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env['TEST_SERVER_URL']!;
  const name = `career_test_${randomBytes(8).toString('hex')}`;
  await createDatabase(server, name, process.env['TEST_TEMPLATE_DATABASE']);
  return { url: urlOfDatabase(server, name), drop: () => dropDatabase(server, name) };
}
