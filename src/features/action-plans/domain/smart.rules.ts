import type { CalendarDay } from '../../../shared/clock.js';
import type { Action, ActionPlan } from './action-plan.js';
import { isActivityTitle } from './activity-title.rules.js';
import { isWordless, readsAs } from './comparable-text.rules.js';
import { comparableTitle, isTitleOfAnother, type PlanWording, wordingOf } from './plan-wording.rules.js';
import type { SmartCriterion, SmartReview } from './smart-review.js';
import { MISSING_TARGET_DATE, timeFrameProblems } from './time-frame.rules.js';

/** What an action is reviewed against. */
export interface SmartContext {
  /** The plan that the action belongs to. */
  plan: Pick<ActionPlan, 'targetOn' | 'skills'>;
  /** A due date before this day is in the past; null when that is not judged. */
  earliestDueOn: CalendarDay | null;
}

/** Reviews an action against the S.M.A.R.T. criteria. Cancelled actions are reviewed like any other. */
export function reviewSmart(
  action: Action,
  context: SmartContext,
  wording: PlanWording = wordingOf(context.plan),
): SmartReview {
  const content = reviewContent(action, context.plan, wording);
  const timeBound = reviewTimeBound(action, context);
  const met = timeBound.met && Object.values(content).every((criterion) => criterion.met);
  return { met, ...content, timeBound };
}

/** Reviews an action against all criteria but the dates. */
export function reviewContent(
  action: Action,
  plan: SmartContext['plan'],
  wording: PlanWording,
): Omit<SmartReview, 'met' | 'timeBound'> {
  const title = comparableTitle(action, wording);
  return {
    specific: reviewSpecific(action, title, wording),
    measurable: reviewMeasurable(action, title),
    actionable: reviewActionable(action),
    relevant: reviewRelevant(action, plan),
  };
}

/** The title says more than which skill is meant, and no other live action of the plan says the same. */
function reviewSpecific(action: Action, title: string, wording: PlanWording): SmartCriterion {
  if (title === '') {
    return unmet('The title names nothing. Say in it what will be done.');
  }
  if (wording.skillNames.has(title)) {
    return unmet('The title only names a skill of the plan. Say what will be done to build that skill.');
  }
  if (isTitleOfAnother(action, title, wording)) {
    return unmet('Another action of the plan has the same title. Say in each title what sets the action apart.');
  }
  return met('The title is more than a skill name, and no other action of the plan repeats it.');
}

/** A measure of success is filled, with something other than the title. */
function reviewMeasurable({ successMeasure }: Action, title: string): SmartCriterion {
  if (isWordless(successMeasure ?? '')) {
    return unmet('The measure of success is missing. Say how you will see that the action succeeded.');
  }
  if (readsAs(successMeasure!, title)) {
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
  if (!isWordless(action.expectedOutcome ?? '')) {
    return met('The action builds a skill of the plan, and its expected outcome is given.');
  }
  if (!isWordless(skill.outcome ?? '')) {
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
