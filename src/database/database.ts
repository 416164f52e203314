import type pg from 'pg';
import type { DataSource } from 'typeorm';
import type { AccessSettings } from '../shared/access.js';
import type { Viewer } from '../shared/viewer.js';
import { AuditTrail, type Origin } from './audit-trail.js';
import { CONNECTION_TIMEOUT } from './data-source.js';
import { FairShare } from './fair-share.js';
import { LookupConnections } from './lookup-connections.js';
import { createReader, type Reader, type ReadRequest } from './reader.js';
import { type Planning, SCOPE_STATEMENT, scopeValues, type Timeouts } from './viewer-scope.js';

export interface DatabaseSettings {
  accessSettings: AccessSettings;
  timeouts: Timeouts;
  namedStatements: boolean;
  /** How many connections there are for lookups, besides those of the data source; none where nothing is said. */
  lookupConnections?: number;
}

/** The way to Postgres for everything that happens in somebody's name. */
export interface Database {
  readonly dataSource: DataSource;
  readonly accessSettings: AccessSettings;
  readerFor(viewer: Viewer | null, request?: ReadRequest): Reader;
  /** How many transactions of one viewer may be open at once. Apart from the reads: no transaction waits for those of its own viewer. */
  readonly transactionShare: FairShare;
  /** The trail of what one request does in the viewer's name. */
  auditFor(viewer: Viewer | null, origin: Origin): AuditTrail;
  /** The statement that opens each transaction of this viewer, and its values. */
  scopeOf(viewer: Viewer | null, planning: Planning): { text: string; values: string[] };
  /** Lets what reads finish, and closes every connection. */
  close(): Promise<void>;
}

/** How long an answer may be under way, in milliseconds, besides the time that its statement takes. */
const LONGEST_WAY = 5_000;

/** A part of the connections that one viewer may have at once, so that there are some for others. */
const shareOf = (connections: number, part: number): FairShare =>
  new FairShare(Math.max(1, Math.floor(connections * part)), CONNECTION_TIMEOUT);

export function createDatabase(dataSource: DataSource, settings: DatabaseSettings): Database {
  const { accessSettings, timeouts, lookupConnections = 0 } = settings;
  const pool = (dataSource.driver as unknown as { master: pg.Pool }).master;
  const connections = pool.options.max; // lookups give theirs back soon, and go by the pool where they do not
  const share = shareOf(connections, 1 / 2);
  const lookups = new LookupConnections(pool, lookupConnections, timeouts.statement + LONGEST_WAY);
  const lent = { pool, share, ...settings };
  const readerFor: Database['readerFor'] = (viewer, request) => createReader({ ...lent, lookups }, viewer, request);
  return {
    dataSource,
    accessSettings,
    readerFor,
    transactionShare: shareOf(connections, 1 / 3),
    auditFor: (viewer, origin) => {
      const reader = createReader(lent, viewer); // what it appends may wait for a lock
      return new AuditTrail(origin, (text, values) => reader.read(text, values));
    },
    scopeOf: (viewer, planning) => ({
      text: SCOPE_STATEMENT,
      values: scopeValues(viewer, accessSettings, timeouts, planning),
    }),
    async close() {
      await lookups.close();
      await dataSource.destroy();
    },
  };
}
