import type { DataSource } from 'typeorm';

/** Any number, the same for all replicas. */
const MIGRATION_LOCK = 7_302_010;

/** Whether every migration has run. Where none has, TypeORM would want to make its table, which the service may not. */
export async function isMigrated(dataSource: DataSource): Promise<boolean> {
  const table = dataSource.options.migrationsTableName;
  const [row] = (await dataSource.query('select to_regclass($1) is not null as "isThere"', [table])) as {
    isThere: boolean;
  }[];
  return row!.isThere && !(await dataSource.showMigrations());
}

/**
 * Brings the schema up to date, then runs what must come right after. Replicas that start at the same moment do it one
 * after the other.
 * @param dataSource with room for two connections: one holds the others back
 * @returns the names of the migrations that ran
 */
export async function migrate(
  dataSource: DataSource,
  andThen: (done: string[]) => Promise<void> = async () => {},
): Promise<string[]> {
  const guard = dataSource.createQueryRunner();
  try {
    await guard.query('set lock_timeout = 0'); // whoever waits here waits for migrations, however long they take
    await guard.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      const done = (await dataSource.runMigrations()).map(({ name }) => name);
      await andThen(done);
      return done;
    } finally {
      await guard.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    }
  } finally {
    await guard.release();
  }
}
