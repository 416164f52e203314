import { CreatePeople20261123000100 } from './migrations/20261123000100-create-people.js';
import { CreateSkills20261123000200 } from './migrations/20261123000200-create-skills.js';
import { CreateActionPlans20261123000300 } from './migrations/20261123000300-create-action-plans.js';
import { CreateProgressUpdates20261123000400 } from './migrations/20261123000400-create-progress-updates.js';
import { CreateIdempotencyRecords20261123000500 } from './migrations/20261123000500-create-idempotency-records.js';

/** Every migration, oldest first. */
export const migrations = [
  CreatePeople20261123000100,
  CreateSkills20261123000200,
  CreateActionPlans20261123000300,
  CreateProgressUpdates20261123000400,
  CreateIdempotencyRecords20261123000500,
];
