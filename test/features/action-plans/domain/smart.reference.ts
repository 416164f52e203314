// The rule as it is said, each action against each other one. Slow, and kept for comparison with src.

import type { Action, ActionPlan } from '../../../../src/features/action-plans/domain/action-plan.js';
import type { SmartCriterion, SmartReview } from '../../../../src/features/action-plans/domain/smart-review.js';
import {
  MISSING_TARGET_DATE,
  timeFrameProblems,
} from '../../../../src/features/action-plans/domain/time-frame.rules.js';
import type { CalendarDay } from '../../../../src/shared/clock.js';
import { isActivityTitle } from './activity-title.reference.js';
import { comparableText } from './comparable-text.reference.js';

/** What an action is reviewed against. */
interface SmartContext {
  /** The plan that the action belongs to. */
  plan: Pick<ActionPlan, 'targetOn' | 'skills'>;
  /** A due date before this day is in the past; null when that is not judged. */
  earliestDueOn: CalendarDay | null;
}

/** Reviews an action against the S.M.A.R.T. criteria. Cancelled actions are reviewed like any other. */
export function reviewSmart(action: Action, context: SmartContext): SmartReview {
  const specific = reviewSpecific(action, context.plan);
  const measurable = reviewMeasurable(action);
  const actionable = reviewActionable(action);
  const relevant = reviewRelevant(action, context.plan);
  const timeBound = reviewTimeBound(action, context);
  const met = [specific, measurable, actionable, relevant, timeBound].every((criterion) => criterion.met);
  return { met, specific, measurable, actionable, relevant, timeBound };
}

/** The title says more than which skill is meant, and no other live action of the plan says the same. */
function reviewSpecific(action: Action, plan: SmartContext['plan']): SmartCriterion {
  const title = comparableText(action.title);
  if (title === '') {
    return unmet('The title names nothing. Say in it what will be done.');
  }
  const skillNames = plan.skills.flatMap((skill) => [skill.skillName, ...skill.skillAliases]);
  if (skillNames.some((name) => comparableText(name) === title)) {
    return unmet('The title only names a skill of the plan. Say what will be done to build that skill.');
  }
  const isRepeated = plan.skills.some((skill) =>
    skill.actions.some(
      (other) => other.id !== action.id && other.status !== 'CANCELLED' && comparableText(other.title) === title,
    ),
  );
  if (isRepeated) {
    return unmet('Another action of the plan has the same title. Say in each title what sets the action apart.');
  }
  return met('The title is more than a skill name, and no other action of the plan repeats it.');
}

/** A measure of success is filled, with something other than the title. */
function reviewMeasurable(action: Action): SmartCriterion {
  const measure = comparableText(action.successMeasure ?? '');
  if (measure === '') {
    return unmet('The measure of success is missing. Say how you will see that the action succeeded.');
  }
  if (measure === comparableText(action.title)) {
    return unmet(
      'The measure of success repeats the title. Say by which result you will see that the action succeeded.',
    );
  }
  return met('A measure of success is given.');
}

/** The title begins with something to do. */
function reviewActionable(action: Action): SmartCriterion {
  return isActivityTitle(action.title)
    ? met('The title says what will be done.')
    : unmet(
        'The title names no activity. Start with what will be done, for example "Shadow a colleague in ..." or "Present ... to ...".',
      );
}

/** The action belongs to a skill of the plan, and it is written down what it, or the skill, should lead to. */
function reviewRelevant(action: Action, plan: SmartContext['plan']): SmartCriterion {
  const skill = plan.skills.find((candidate) => candidate.id === action.planSkillId);
  if (skill === undefined) {
    return unmet('The action belongs to none of the skills of the plan. Put it under the skill that it builds.');
  }
  if (comparableText(action.expectedOutcome ?? '') !== '') {
    return met('The action builds a skill of the plan, and its expected outcome is given.');
  }
  if (comparableText(skill.outcome ?? '') !== '') {
    return met('The action builds a skill of the plan, and the outcome of that skill is given.');
  }
  return unmet(
    'It is not said what the action leads to. Give the expected outcome of the action, or the outcome of its skill.',
  );
}

/** The action has a due date that fits the plan. */
function reviewTimeBound(action: Action, context: SmartContext): SmartCriterion {
  const problems = timeFrameProblems(action, context.plan.targetOn, context.earliestDueOn);
  if (context.plan.targetOn === null) {
    problems.push(MISSING_TARGET_DATE);
  }
  return problems.length === 0 ? met('The action has a due date that fits the plan.') : unmet(problems.join(' '));
}

const met = (message: string): SmartCriterion => ({ met: true, message });
const unmet = (message: string): SmartCriterion => ({ met: false, message });
