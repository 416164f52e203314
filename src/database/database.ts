import type pg from 'pg';
import type { DataSource } from 'typeorm';
import type { AccessSettings } from '../shared/access.js';
import type { Viewer } from '../shared/viewer.js';
import { AuditTrail, type Origin } from './audit-trail.js';
import { CONNECTION_TIMEOUT } from './data-source.js';
import { FairShare } from './fair-share.js';
import { createReader, type Reader, type ReadRequest } from './reader.js';
import { type Planning, SCOPE_STATEMENT, scopeValues, type Timeouts } from './viewer-scope.js';

export interface DatabaseSettings {
  accessSettings: AccessSettings;
  timeouts: Timeouts;
  namedStatements: boolean;
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
}

/** A part of the connections that one viewer may have at once, so that there are some for others. */
const shareOf = (pool: pg.Pool, part: number): FairShare =>
  new FairShare(Math.max(1, Math.floor(pool.options.max * part)), CONNECTION_TIMEOUT);

export function createDatabase(dataSource: DataSource, settings: DatabaseSettings): Database {
  const { accessSettings, timeouts } = settings;
  const pool = (dataSource.driver as unknown as { master: pg.Pool }).master;
  const share = shareOf(pool, 1 / 2);
  const readerFor: Database['readerFor'] = (viewer, request) =>
    createReader({ pool, share, ...settings }, viewer, request);
  return {
    dataSource,
    accessSettings,
    readerFor,
    transactionShare: shareOf(pool, 1 / 3),
    auditFor: (viewer, origin) => {
      const reader = readerFor(viewer);
      return new AuditTrail(origin, (text, values) => reader.read(text, values));
    },
    scopeOf: (viewer, planning) => ({
      text: SCOPE_STATEMENT,
      values: scopeValues(viewer, accessSettings, timeouts, planning),
    }),
  };
}
