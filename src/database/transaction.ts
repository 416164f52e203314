import { setTimeout as delay } from 'node:timers/promises';
import { type EntityManager, QueryFailedError } from 'typeorm';
import type { Result } from '../shared/result.js';
import type { Viewer } from '../shared/viewer.js';
import type { AuditTrail } from './audit-trail.js';
import type { Database } from './database.js';

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const MAXIMUM_ATTEMPTS = 5;

interface PostgresError {
  code?: string;
  constraint?: string;
}

const postgresError = (error: unknown): PostgresError =>
  error instanceof QueryFailedError ? (error.driverError as PostgresError) : {};

/** The name of the constraint that refused a write, or null when the error is of another kind. */
export function violatedConstraint(error: unknown): string | null {
  const { code, constraint } = postgresError(error);
  // Class 23: integrity constraint violation.
  return code?.startsWith('23') && constraint ? constraint : null;
}

/** In whose name a transaction runs, and where. */
export interface TransactionOwner {
  viewer: Viewer;
  database: Database;
  /** Of a mutation that has begun. */
  audit: AuditTrail;
}

/**
 * Runs the work in one transaction in the viewer's name, which is kept only when the result is a success, together with
 * the entry of the audit trail that says so.
 * Work that loses a race which Postgres settles by aborting one side is run again, so it must have no other effects.
 */
export async function inTransaction<Value, Problem>(
  owner: TransactionOwner,
  work: (manager: EntityManager) => Promise<Result<Value, Problem>>,
): Promise<Result<Value, Problem>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(owner, work);
    } catch (error) {
      const { code } = postgresError(error);
      const lostRace = code === SERIALIZATION_FAILURE || code === DEADLOCK_DETECTED;
      if (!lostRace || attempt === MAXIMUM_ATTEMPTS) throw error;
      await delay(Math.random() * 10 * attempt); // so that the same two do not meet again at once
    }
  }
}

async function runOnce<Value, Problem>(
  { viewer, database, audit }: TransactionOwner,
  work: (manager: EntityManager) => Promise<Result<Value, Problem>>,
): Promise<Result<Value, Problem>> {
  const runner = database.dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    const scope = database.scopeOf(viewer);
    await runner.query(scope.text, scope.values);
    audit.restart();
    const result = await work(runner.manager);
    if (result.ok) {
      // Last of all: until the transaction ends, it holds up who appends to the same chain.
      await audit.recordDone((text, values) => runner.query(text, values));
      await runner.commitTransaction();
    } else {
      audit.restart();
      await runner.rollbackTransaction();
    }
    return result;
  } catch (error) {
    audit.restart();
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    throw error;
  } finally {
    await runner.release();
  }
}
