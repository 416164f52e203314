import { setTimeout as delay } from 'node:timers/promises';
import { type EntityManager, QueryFailedError, type QueryRunner, TypeORMError } from 'typeorm';
import type { Result } from '../shared/result.js';
import type { Viewer } from '../shared/viewer.js';
import type { AuditTrail } from './audit-trail.js';
import { lossOf } from './connection-loss.js';
import { failedInConvoy } from './convoy.js';
import type { Database } from './database.js';
import type { HeldStatement } from './held-statement.js';
import type { HoldingClient } from './holding-client.js';
import { explainOutage, isConnectionLost, noConnection } from './outage.js';
import type { Planning } from './viewer-scope.js';
import { takeTurn } from './viewer-turn.js';

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

/** What a transaction does; nothing is kept unless it succeeds. */
type Work<Value, Problem> = (manager: EntityManager) => Promise<Result<Value, Problem>>;

/**
 * Runs the work in one transaction in the viewer's name, which is kept only when the result is a success, together with
 * the entry of the audit trail that says so.
 * Work that loses a race which Postgres settles by aborting one side is run again, so it must have no other effects.
 * @param planning of all its statements, and of the functions that they call; ONCE where nothing is said, see docs/adr/0014
 * @throws OutageError when Postgres is not there, or not in time
 */
export async function inTransaction<Value, Problem>(
  owner: TransactionOwner,
  work: Work<Value, Problem>,
  planning: Planning = 'ONCE',
): Promise<Result<Value, Problem>> {
  const { database, viewer } = owner;
  const leave = await takeTurn(database.transactionShare, viewer, 'WRITE');
  try {
    return await runUntilSettled(owner, work, planning);
  } finally {
    leave();
  }
}

async function runUntilSettled<Value, Problem>(
  owner: TransactionOwner,
  work: Work<Value, Problem>,
  planning: Planning,
): Promise<Result<Value, Problem>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(owner, work, planning);
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
  work: Work<Value, Problem>,
  planning: Planning,
): Promise<Result<Value, Problem>> {
  const runner = database.dataSource.createQueryRunner();
  const client = await connect(runner);
  let opening: readonly HeldStatement[] = [];
  let isCommitting = false;
  try {
    const scope = database.scopeOf(viewer, planning);
    // They go out with the first statement of the work, which does not run unless both did.
    opening = await client.holding(async () => {
      await runner.startTransaction();
      await runner.query(scope.text, scope.values);
    });
    audit.restart();
    const result = await work(runner.manager);
    if (!result.ok) {
      audit.restart();
      await undo(runner, client, opening);
      return result;
    }
    // Last of all, with the commit: until the transaction ends, it holds up who appends to the same chain.
    await client.holding(() => audit.recordDone((text, values) => runner.query(text, values)));
    isCommitting = true;
    await runner.commitTransaction();
    return result;
  } catch (error) {
    audit.restart();
    // TypeORM gives a connection back as soon as it breaks, and then says no more than that it did.
    const isReleased = runner.isReleased && error instanceof TypeORMError;
    const reason = isReleased ? (lossOf(client) ?? error) : withItsStatement(error);
    await rollBack(runner, client, opening, reason);
    throw explainOutage(reason, isCommitting ? 'COMMIT' : 'WRITE');
  } finally {
    client.dropHeld();
    await runner.release();
  }
}

async function connect(runner: QueryRunner): Promise<HoldingClient> {
  try {
    return await runner.connect();
  } catch (error) {
    throw noConnection(error, 'WRITE');
  }
}

/** TypeORM names the statement that was waited for; the one that failed may have gone out with it. */
function withItsStatement(error: unknown): unknown {
  const failed = error instanceof QueryFailedError && failedInConvoy(error.driverError);
  if (!failed) return error;
  const named = new QueryFailedError(failed.text, [...failed.values], error.driverError);
  const frames = failed.heldAt?.stack?.split('\n').filter((line) => line.startsWith('    at '));
  if (frames) named.stack = [`${named}`, ...frames].join('\n');
  return named;
}

/** Undoes what was done, as far as there is a connection left. What goes wrong here must not hide what went wrong before. */
async function rollBack(
  runner: QueryRunner,
  client: HoldingClient,
  opening: readonly HeldStatement[],
  reason: unknown,
): Promise<void> {
  try {
    if (isConnectionLost(reason)) throw reason;
    await undo(runner, client, opening);
  } catch {
    client.end().catch(() => {}); // Postgres undoes the rest, and the pool makes a new connection
  }
}

/** Of a transaction whose opening has not gone out Postgres knows nothing. */
async function undo(runner: QueryRunner, client: HoldingClient, opening: readonly HeldStatement[]): Promise<void> {
  client.dropHeld();
  if (opening.some(({ isSent }) => isSent)) await runner.rollbackTransaction();
}
