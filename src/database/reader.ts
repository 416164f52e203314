import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { DataSource } from 'typeorm';

/** Runs statements that only read. Every read path goes through it. */
export interface Reader {
  read<Row>(text: string, values: readonly unknown[]): Promise<Row[]>;
}

const nameByText = new Map<string, string>();

/** A statement has a name, the same for the same text, so that Postgres parses and plans it once per connection. */
function statementName(text: string): string {
  let name = nameByText.get(text);
  if (name === undefined) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 20);
    nameByText.set(text, name);
  }
  return name;
}

/** Reads through the connection pool of the data source, without the cost of hydrating entities. */
export function createReader(dataSource: DataSource): Reader {
  const pool = (dataSource.driver as unknown as { master: pg.Pool }).master;
  return {
    async read<Row>(text: string, values: readonly unknown[]) {
      const result = await pool.query({ name: statementName(text), text, values: [...values] });
      return result.rows as Row[];
    },
  };
}
