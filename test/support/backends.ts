import type pg from 'pg';

/**
 * Resolves when a condition holds on `pg_stat_activity`, as far as it is about the service in one database.
 * @param client not in a transaction, where it would see the same all the time
 * @param database the one that the client is connected to, where no other is named
 */
export async function untilBackends(client: pg.Client, condition: string, database?: string): Promise<void> {
  const statement = `select (${condition}) as holds from pg_stat_activity
    where application_name = 'career-conversations' and datname = ${database ? `'${database}'` : 'current_database()'}`;
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    const { rows } = await client.query<{ holds: boolean }>(statement);
    if (rows[0]!.holds) return;
  }
  throw new Error(`It did not come about that ${condition}.`);
}

/** The condition that so many backends wait for a lock. */
export const waiting = (count: number): string => `count(*) filter (where wait_event_type = 'Lock') = ${count}`;
