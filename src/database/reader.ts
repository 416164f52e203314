import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { AccessSettings } from '../shared/access.js';
import type { Viewer } from '../shared/viewer.js';
import type { AuditTrail } from './audit-trail.js';
import { ScopedQuery } from './scoped-query.js';
import { scopeValues, type Timeouts } from './viewer-scope.js';

/** Runs statements that only read, in the name of one viewer. Every read path goes through it. */
export interface Reader {
  /** In whose name; null before that is known. */
  readonly viewer: Viewer | null;
  readonly accessSettings: AccessSettings;
  /** Where it is recorded what was seen; null where nothing is read that has to be. */
  readonly audit: AuditTrail | null;
  read<Row>(text: string, values: readonly unknown[]): Promise<Row[]>;
}

export interface ReaderSettings {
  pool: pg.Pool;
  accessSettings: AccessSettings;
  timeouts: Timeouts;
  /** Whether statements have names, so that Postgres parses and plans them once per connection. */
  namedStatements: boolean;
}

const nameByText = new Map<string, string>();

/** The same name for the same text. */
function statementName(text: string): string {
  let name = nameByText.get(text);
  if (name === undefined) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 20);
    nameByText.set(text, name);
  }
  return name;
}

/** Reads through the connection pool, without the cost of hydrating entities. */
export function createReader(settings: ReaderSettings, viewer: Viewer | null, audit: AuditTrail | null): Reader {
  const { pool, accessSettings, timeouts, namedStatements } = settings;
  const scope = scopeValues(viewer, accessSettings, timeouts);
  return {
    viewer,
    accessSettings,
    audit,
    async read<Row>(text: string, values: readonly unknown[]) {
      const name = namedStatements ? statementName(text) : null;
      return runScoped<Row>(await pool.connect(), { text, values, name, scope });
    },
  };
}

function runScoped<Row>(
  client: pg.PoolClient,
  statement: ConstructorParameters<typeof ScopedQuery>[0],
): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const query = new ScopedQuery(statement, (error, result) => {
      // What is known of a connection whose scope failed is not to be trusted.
      client.release(error !== null && !query.isScoped);
      if (error) reject(error);
      else resolve(result.rows as Row[]);
    });
    client.query(query as unknown as pg.Submittable);
  });
}
