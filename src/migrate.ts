import { readConfig } from './config.js';
import { migrate } from './database/migrate.js';
import { connectForMigration } from './service.js';

/** Brings the schema of MIGRATION_DATABASE_URL up to date, for where the service itself has no such rights. */
async function main(): Promise<void> {
  const { migrationDatabaseUrl } = readConfig(process.env);
  if (!migrationDatabaseUrl)
    throw new Error('Set MIGRATION_DATABASE_URL to the database, as the role that owns its schema.');
  const dataSource = await connectForMigration(migrationDatabaseUrl);
  try {
    const done = await migrate(dataSource);
    process.stdout.write(done.length === 0 ? 'Up to date.\n' : done.map((name) => `${name}\n`).join(''));
  } finally {
    await dataSource.destroy();
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
