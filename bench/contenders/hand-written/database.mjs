import pg from 'pg';
import { POOL_SIZE } from '../../company/company.mjs';

/** Days stay text: as a Date of JavaScript they would be an instant in some time zone. */
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

export const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: POOL_SIZE });

/** Runs a statement that Postgres parses once on each connection. */
export async function run(client, name, text, values) {
  const { rows } = await client.query({ name, text, values });
  return rows;
}

/** Runs the work in one transaction, which is kept when the work does not throw. */
export async function inTransaction(work) {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
