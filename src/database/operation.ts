import type { Clock } from '../shared/clock.js';
import type { Viewer } from '../shared/viewer.js';
import type { AuditTrail } from './audit-trail.js';
import type { Database } from './database.js';

/** What every use case is given: who asks, when, the database, and the audit trail. */
export interface Operation {
  viewer: Viewer;
  clock: Clock;
  database: Database;
  /** Where it is recorded what was done. */
  audit: AuditTrail;
}
