import type { ActionStatus } from '../../action-plans/domain/action-plan.js';

/** One dated entry on one action: how far it is and what happened. Entries are never changed. */
export interface ProgressUpdate {
  id: string;
  actionId: string;
  /** The employee who wrote it; null when a service wrote it. */
  authorId: string | null;
  /** Whole percent, 0 to 100; 100 exactly when the status is DONE. */
  percentComplete: number;
  status: ActionStatus;
  /** Up to 2,000 characters. */
  note: string | null;
  /** When it was so, which may be earlier than when it was written down. */
  occurredAt: Date;
  createdAt: Date;
}

export const PROGRESS_PROBLEM_CODES = [
  'NOT_FOUND',
  'PLAN_NOT_ACTIVE',
  'ACTION_CANCELLED',
  'IDEMPOTENCY_KEY_REUSED',
  'OUT_OF_RANGE',
  'PROGRESS_INCOMPLETE',
  'PERCENT_OUT_OF_RANGE',
  'STATUS_DISAGREES',
  'STATUS_NOT_ALLOWED',
  'OCCURRED_IN_FUTURE',
  'NOTE_TOO_LONG',
] as const;

export type ProgressProblemCode = (typeof PROGRESS_PROBLEM_CODES)[number];

/** One reason why a progress update cannot be recorded. */
export interface ProgressProblem {
  code: ProgressProblemCode;
  /** What is wrong, and what would be right. */
  message: string;
  /** The field that it is about. */
  path: string[];
}

/** How far an action is. */
export type ProgressState = Pick<ProgressUpdate, 'percentComplete' | 'status'>;
