import { sweep } from './sweep.js';
import { dropDatabaseWall } from './world.js';

// With row-level security off: what the API decides by itself. Postgres by itself is in test/database/row-security.test.ts.
sweep(dropDatabaseWall);
