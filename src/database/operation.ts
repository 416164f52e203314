import type { Clock } from '../shared/clock.js';
import type { Viewer } from '../shared/viewer.js';
import type { Database } from './database.js';

/** What every use case is given: who asks, when, and the database. */
export interface Operation {
  viewer: Viewer;
  clock: Clock;
  database: Database;
}
