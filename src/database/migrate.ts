import type { DataSource } from 'typeorm';

/** Any number, the same for all replicas. */
const MIGRATION_LOCK = 7_302_010;

/** Whether every migration has run. */
export const isMigrated = async (dataSource: DataSource): Promise<boolean> => !(await dataSource.showMigrations());

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
