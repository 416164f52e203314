import { type ActionPlan, liveActions, type PlanSkill } from './action-plan.js';

// The roll-ups, from the bottom: an action is as complete as the latest of its progress updates by `occurredAt` says,
// which is what `Action.percentComplete` holds; a skill is the mean of its live actions, a plan the mean of its skills.

/** How much of a skill is done, in percent rounded half up to two decimals; 0 without live actions. */
export function percentCompleteOfSkill(skill: Pick<PlanSkill, 'actions'>): number {
  const { sum, count } = sumOfLiveActions(skill);
  return count === 0 ? 0 : roundedToHundredths(sum, count);
}

/**
 * How much of a plan is done, in percent rounded half up to two decimals; 0 without skills. A skill without live
 * actions counts as 0. With up to 3 skills and 30 live actions, it is 0 only when nothing is done and 100 only when
 * everything is.
 */
export function percentCompleteOfPlan(plan: Pick<ActionPlan, 'skills'>): number {
  if (plan.skills.length === 0) return 0;
  // Fractions over their common denominator, rounded once at the end: rounding the skills first would round twice.
  let numerator = 0;
  let denominator = 1;
  for (const skill of plan.skills) {
    const { sum, count } = sumOfLiveActions(skill);
    if (count === 0) continue;
    numerator = numerator * count + sum * denominator;
    denominator *= count;
  }
  return roundedToHundredths(numerator, denominator * plan.skills.length);
}

/** Whether a plan looks finished, so that completing it can be suggested: it is active and all live actions are done. */
export function isCompletionSuggested(plan: Pick<ActionPlan, 'status' | 'skills'>): boolean {
  const live = liveActions(plan);
  return plan.status === 'ACTIVE' && live.length > 0 && live.every((action) => action.status === 'DONE');
}

function sumOfLiveActions(skill: Pick<PlanSkill, 'actions'>): { sum: number; count: number } {
  let sum = 0;
  let count = 0;
  for (const action of skill.actions) {
    if (action.status === 'CANCELLED') continue;
    sum += action.percentComplete;
    count++;
  }
  return { sum, count };
}

/** A fraction of whole numbers, rounded half up to two decimals without leaving whole numbers on the way. */
function roundedToHundredths(numerator: number, denominator: number): number {
  const doubled = 200 * numerator + denominator;
  return (doubled - (doubled % (2 * denominator))) / (2 * denominator) / 100;
}
