import { isNativeError } from 'node:util/types';
import pg from 'pg';
import { QueryFailedError } from 'typeorm';
import { OutageError } from '../shared/outage.js';
import { ViewerErasedError } from '../shared/viewer-erased.js';

/** What was being done: it decides what there is to do about an outage. */
export type Undertaking = 'READ' | 'WRITE' | 'COMMIT';

/** Stopped by Postgres after one of the `Timeouts`, by SQLSTATE. */
const TIMED_OUT: Record<string, string> = {
  // query_canceled. Who cancels is Postgres at the statement timeout, or an administrator.
  '57014': 'The database took too long over this. Ask for less at once.',
  // lock_not_available
  '55P03': 'Others held on to what this needs for too long.',
  // idle_in_transaction_session_timeout and transaction_timeout
  '25P03': 'The service was too slow over this.',
  '25P04': 'The service was too slow over this.',
};

/** Raised by the audit trail. */
const VIEWER_ERASED = 'VE001';

/** Raised by `confirm_viewer`: the viewer is somebody else, or has left. */
const VIEWER_REFUTED = ['VE002', 'VE003'];

/** After these Postgres closes the connection: class 08 and 57P01 to 57P05, and the timeouts of whole transactions. */
const CLOSES_CONNECTION = /^(08...|57P0.|25P03|25P04)$/;

/** How pg says, in plain errors, that there is no connection any longer. */
const NO_CONNECTION = /^(Connection terminated|Client has encountered a connection error|Client was closed)/;

const ADVICE: Record<Undertaking, string> = {
  READ: 'Ask again in a moment.',
  WRITE: 'Nothing of the call was kept: send it again in a moment, with the same idempotencyKey if it has one.',
  COMMIT: 'The call was kept or not: send it again with the same idempotencyKey or, if it has none, look first.',
};

/** The error as the driver raised it. */
const raised = (error: unknown): unknown => (error instanceof QueryFailedError ? error.driverError : error);

/** Whether the connection that this came up on is of no use any longer. */
export function isConnectionLost(error: unknown): boolean {
  const cause = raised(error);
  if (cause instanceof pg.DatabaseError) return CLOSES_CONNECTION.test(cause.code ?? '');
  return isNativeError(cause) && ('syscall' in cause || NO_CONNECTION.test(cause.message));
}

/** Whether Postgres says that the viewer is not who they were remembered as. */
export const refutesViewer = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && VIEWER_REFUTED.includes(error.code ?? '');

/**
 * Whether a connection does not know a statement by its name: another was to bring it, to a connection of many, and Postgres
 * had refused that one before it came so far.
 */
export const isNotPrepared = (error: unknown): boolean => error instanceof pg.DatabaseError && error.code === '26000';

/** No connection could be had, for whatever reason. */
export const noConnection = (cause: unknown, undertaking: Undertaking): OutageError =>
  new OutageError('UNAVAILABLE', `The database cannot be reached just now. ${ADVICE[undertaking]}`, cause);

/** Others of the same viewer were at it for so long that it was not begun. */
export const noTurn = (cause: unknown, undertaking: Undertaking): OutageError =>
  new OutageError('UNAVAILABLE', `Too much was asked for in the same name at once. ${ADVICE[undertaking]}`, cause);

/** What ended a statement in words of ours; a mistake in the statement as it is. */
export function explainOutage(error: unknown, undertaking: Undertaking): unknown {
  const cause = raised(error);
  if (refutesViewer(cause)) return new ViewerErasedError();
  if (cause instanceof pg.DatabaseError && cause.code === VIEWER_ERASED) return new ViewerErasedError();
  const timeout = cause instanceof pg.DatabaseError && TIMED_OUT[cause.code ?? ''];
  // A commit that timed out was undone by Postgres; only one whose answer is lost is in doubt.
  if (timeout)
    return new OutageError('TIMED_OUT', `${timeout} ${ADVICE[undertaking === 'READ' ? 'READ' : 'WRITE']}`, error);
  if (!isConnectionLost(error)) return error;
  const message = `The connection to the database was lost. ${ADVICE[undertaking]}`;
  return new OutageError('UNAVAILABLE', message, error);
}
