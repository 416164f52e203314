/** The database did not do it in time, or could not be reached. */
export type OutageCode = 'TIMED_OUT' | 'UNAVAILABLE';

/** Nobody's mistake, and no bug: the database is too busy, or not there. The message says what a caller can do. */
export class OutageError extends Error {
  constructor(
    readonly code: OutageCode,
    message: string,
    override readonly cause: unknown,
  ) {
    super(message);
  }
}
