import type { CalendarDay } from '../../../shared/clock.js';
import type { Action } from './action-plan.js';

export const MISSING_TARGET_DATE = 'The plan has no target date. Set the day by which the goal should be reached.';

/**
 * What is wrong with the dates of an action, one sentence or two for each problem.
 *
 * @param targetOn the plan's target date; null when it has none, which is a problem of the plan and not reported here.
 * @param earliestDueOn a due date before this day is in the past, unless the action is done; null to not judge that.
 */
export function timeFrameProblems(
  action: Pick<Action, 'startOn' | 'dueOn' | 'status'>,
  targetOn: CalendarDay | null,
  earliestDueOn: CalendarDay | null,
): string[] {
  const { startOn, dueOn, status } = action;
  if (dueOn === null) {
    return ['The action has no due date. Set the day by which it should be done.'];
  }
  const problems: string[] = [];
  if (targetOn !== null && dueOn > targetOn) {
    problems.push(
      `The due date ${dueOn} is after the target date of the plan, ${targetOn}. Set the due date to ${targetOn} or earlier, or move the target date.`,
    );
  }
  if (earliestDueOn !== null && status !== 'DONE' && dueOn < earliestDueOn) {
    problems.push(`The due date ${dueOn} is in the past. Set it to ${earliestDueOn} or later.`);
  }
  if (startOn !== null && dueOn < startOn) {
    problems.push(`The due date ${dueOn} is before the start date ${startOn}. Set it to ${startOn} or later.`);
  }
  return problems;
}
