import pg from 'pg';
import { createReader } from './reader.js';

/** In milliseconds: to get a connection, and as long again for the statement. */
const PATIENCE = 250;

const TIMEOUTS = { statement: PATIENCE, lock: PATIENCE, idleInTransaction: 1_000 };

/** Statements that answer soon or fail soon. */
export interface ShortQueries {
  query<Row extends object>(text: string, values: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/**
 * A way to Postgres for what must not hold up anybody, on connections of its own. It is Postgres that gives up, so that
 * nothing is left waiting there.
 */
export function openShortQueries(url: string, namedStatements: boolean): ShortQueries {
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    connectionTimeoutMillis: PATIENCE,
    allowExitOnIdle: true,
  });
  pool.on('error', () => {}); // an idle connection that breaks is replaced by the next statement, which says what is wrong
  const accessSettings = { indirectManagersReadPlans: false };
  const reader = createReader({ pool, accessSettings, timeouts: TIMEOUTS, namedStatements }, null);
  return { query: (text, values) => reader.read(text, values), close: () => pool.end() };
}
