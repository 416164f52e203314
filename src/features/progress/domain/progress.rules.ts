import { failure, type Result, success } from '../../../shared/result.js';
import type { ActionStatus } from '../../action-plans/domain/action-plan.js';
import { isLongerThan } from '../../action-plans/domain/text-length.rules.js';
import type { ProgressProblem, ProgressState, ProgressUpdate } from './progress-update.js';

/** The longest note, in characters (Unicode code points). */
export const PROGRESS_NOTE_LIMIT = 2000;

/** Nothing that anybody tracks here is older; times much older than this cannot be read back in every time zone. */
export const PROGRESS_EARLIEST = new Date('1970-01-01T00:00:00Z');

/** How far ahead of the server's clock an entry may be, in milliseconds: clocks of devices differ. */
export const PROGRESS_CLOCK_SKEW = 60_000;

/** Every reason why an entry cannot be recorded; empty when it can. It may lie up to 60 seconds in the future. */
export function checkProgress(
  entry: Pick<ProgressUpdate, 'percentComplete' | 'status' | 'note' | 'occurredAt'>,
  now: Date,
): ProgressProblem[] {
  const problems = checkState(entry);
  if (entry.occurredAt.getTime() > now.getTime() + PROGRESS_CLOCK_SKEW) {
    const message = 'The progress lies in the future. Give a time that has passed, or leave it out to mean now.';
    problems.push({ code: 'OCCURRED_IN_FUTURE', message, path: ['occurredAt'] });
  }
  if (entry.occurredAt.getTime() < PROGRESS_EARLIEST.getTime()) {
    const message = `The progress lies before ${PROGRESS_EARLIEST.getUTCFullYear()}. Check the year.`;
    problems.push({ code: 'OUT_OF_RANGE', message, path: ['occurredAt'] });
  }
  if (entry.note !== null && isLongerThan(entry.note, PROGRESS_NOTE_LIMIT)) {
    const message = `The note is too long. Shorten it to ${PROGRESS_NOTE_LIMIT} characters or fewer.`;
    problems.push({ code: 'NOTE_TOO_LONG', message, path: ['note'] });
  }
  return problems;
}

/**
 * Derives the status from the percent or the percent from the status when only one is given. What comes out agrees,
 * unless both were given: those stay as they are, for `checkProgress` to judge.
 *
 * @param currentPercent how far the action is now, in whole percent; IN_PROGRESS without a percent keeps it below 100.
 */
export function completeProgress(
  given: { percentComplete?: number | null; status?: ActionStatus | null },
  currentPercent: number | null = null,
): Result<ProgressState, ProgressProblem> {
  const percentComplete = given.percentComplete ?? percentFrom(given.status ?? null, currentPercent);
  if (given.status === 'CANCELLED') return failure([CANCELLED_NOT_ALLOWED]);
  if (percentComplete === null) return failure([INCOMPLETE]);
  const state = { percentComplete, status: given.status ?? statusFrom(percentComplete) };
  const problems = given.status == null ? checkState(state) : [];
  return problems.length === 0 ? success(state) : failure(problems);
}

const INCOMPLETE: ProgressProblem = {
  code: 'PROGRESS_INCOMPLETE',
  message: 'It is not said how far the action is. Give a percent from 0 to 99, or the status NOT_STARTED or DONE.',
  path: ['percentComplete'],
};

const CANCELLED_NOT_ALLOWED: ProgressProblem = {
  code: 'STATUS_NOT_ALLOWED',
  message: 'Progress cannot cancel an action. Revise the plan to cancel it.',
  path: ['status'],
};

function checkState({ percentComplete, status }: ProgressState): ProgressProblem[] {
  const problems: ProgressProblem[] = [];
  if (status === 'CANCELLED') problems.push(CANCELLED_NOT_ALLOWED);
  if (!Number.isInteger(percentComplete) || percentComplete < 0 || percentComplete > 100) {
    const message = `The percent complete must be a whole number from 0 to 100, not ${percentComplete}.`;
    problems.push({ code: 'PERCENT_OUT_OF_RANGE', message, path: ['percentComplete'] });
  } else {
    const advice = adviseStatus(percentComplete, status);
    if (advice !== null) problems.push({ code: 'STATUS_DISAGREES', message: advice, path: ['status'] });
  }
  return problems;
}

/** What to change so that percent and status agree; null when they do. */
function adviseStatus(percentComplete: number, status: ActionStatus): string | null {
  if (status === 'DONE' && percentComplete !== 100) {
    return `A DONE action is 100 percent complete, not ${percentComplete}. Say 100 percent, or IN_PROGRESS.`;
  }
  if (status === 'NOT_STARTED' && percentComplete !== 0) {
    return `A NOT_STARTED action is 0 percent complete, not ${percentComplete}. Say 0 percent, or ${statusFrom(percentComplete)}.`;
  }
  if (status === 'IN_PROGRESS' && percentComplete === 100) {
    return 'An action that is 100 percent complete is DONE, not IN_PROGRESS. Say DONE, or 99 percent or less.';
  }
  return null;
}

function percentFrom(status: ActionStatus | null, currentPercent: number | null): number | null {
  if (status === 'DONE') return 100;
  if (status === 'NOT_STARTED') return 0;
  return status === 'IN_PROGRESS' && currentPercent !== null && currentPercent < 100 ? currentPercent : null;
}

function statusFrom(percentComplete: number): ActionStatus {
  if (percentComplete === 100) return 'DONE';
  return percentComplete === 0 ? 'NOT_STARTED' : 'IN_PROGRESS';
}
