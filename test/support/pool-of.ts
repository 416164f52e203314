import type pg from 'pg';
import type { DataSource } from 'typeorm';

/** The pool that a data source takes its connections from. */
export const poolOf = (dataSource: DataSource): pg.Pool => (dataSource.driver as unknown as { master: pg.Pool }).master;
