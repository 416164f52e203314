import {
  type ActionDraft,
  PLAN_SIZE_LIMITS,
  PLAN_TEXT_LIMITS,
  type PlanDraft,
  type PlanLimitProblem,
  type PlanSizeLimits,
  type PlanTextField,
} from './plan-limits.js';
import { isLongerThan } from './text-length.rules.js';

/** Every reason why a plan cannot be saved, not even as a DRAFT; empty when it can. */
export function checkPlanLimits(draft: PlanDraft, limits: PlanSizeLimits = PLAN_SIZE_LIMITS): PlanLimitProblem[] {
  return [
    ...checkPlanText('goal', draft.goal, ['goal'], 'required'),
    ...checkSizes(draft, limits),
    ...draft.skills.flatMap((skill, index) => [
      ...checkDuplicate(draft, index),
      ...checkPlanText('outcome', skill.outcome, ['skills', `${index}`, 'outcome']),
      ...skill.actions.flatMap((action, position) =>
        checkAction(action, ['skills', `${index}`, 'actions', `${position}`]),
      ),
    ]),
  ];
}

/** Why a text of a plan cannot be saved; empty when it can. Blank texts are refused only where one is required. */
export function checkPlanText(
  field: PlanTextField,
  text: string | null | undefined,
  path: string[],
  presence: 'required' | 'optional' = 'optional',
): PlanLimitProblem[] {
  const limit = PLAN_TEXT_LIMITS[field];
  if (presence === 'required' && BLANK.test(text ?? '')) {
    return [{ code: 'TEXT_REQUIRED', message: `The ${LABELS[field]} is empty. Write 1 to ${limit} characters.`, path }];
  }
  if (typeof text === 'string' && isLongerThan(text, limit)) {
    const message = `The ${LABELS[field]} is too long. Shorten it to ${limit} characters or fewer.`;
    return [{ code: 'TEXT_TOO_LONG', message, path }];
  }
  return [];
}

/** Nothing that a reader would see: spaces, control characters, invisible format characters. */
const BLANK = /^[\s\p{Cc}\p{Cf}]*$/u;

const LABELS: Readonly<Record<PlanTextField, string>> = {
  goal: 'goal of the plan',
  title: 'title of the action',
  description: 'description of the action',
  successMeasure: 'measure of success of the action',
  expectedOutcome: 'expected outcome of the action',
  outcome: 'outcome of the skill',
  timeFrame: 'time frame of the action',
  closingNote: 'closing note',
  reason: 'reason',
};

function checkSizes(draft: PlanDraft, limits: PlanSizeLimits): PlanLimitProblem[] {
  const problems: PlanLimitProblem[] = [];
  const actions = draft.skills.flatMap((skill) => skill.actions);
  const live = actions.filter((action) => action.status !== 'CANCELLED').length;
  if (draft.skills.length > limits.skills) {
    const message = `The plan has ${draft.skills.length} skills. Keep ${limits.skills} at most, and leave the others for a later plan.`;
    problems.push({ code: 'TOO_MANY_SKILLS', message, path: ['skills', `${limits.skills}`] });
  }
  if (live > limits.liveActions) {
    const message = `The plan has ${live} actions. Keep ${limits.liveActions} at most.`;
    problems.push({ code: 'TOO_MANY_ACTIONS', message, path: ['skills'] });
  } else if (actions.length > limits.actions) {
    const message = `The plan has ${actions.length} actions, cancelled ones included, and can hold ${limits.actions}. Change actions that it has instead of adding new ones, or go on in a new plan.`;
    problems.push({ code: 'TOO_MANY_ACTIONS', message, path: ['skills'] });
  }
  return problems;
}

function checkDuplicate(draft: PlanDraft, index: number): PlanLimitProblem[] {
  const first = draft.skills.findIndex((skill) => skill.skillId === draft.skills[index]!.skillId);
  if (first === index) return [];
  const message = `This skill is in the plan already, at position ${first + 1}. Put its actions there, or choose another skill.`;
  return [{ code: 'DUPLICATE_SKILL', message, path: ['skills', `${index}`, 'skill'] }];
}

function checkAction(action: ActionDraft, path: string[]): PlanLimitProblem[] {
  const { startOn, dueOn } = action;
  const problems = [
    ...checkPlanText('title', action.title, [...path, 'title'], 'required'),
    ...checkPlanText('description', action.description, [...path, 'description']),
    ...checkPlanText('successMeasure', action.successMeasure, [...path, 'successMeasure']),
    ...checkPlanText('expectedOutcome', action.expectedOutcome, [...path, 'expectedOutcome']),
    ...checkPlanText('timeFrame', action.timeFrame, [...path, 'timeFrame']),
  ];
  if (startOn && dueOn && dueOn < startOn) {
    const message = `The due date ${dueOn} is before the start date ${startOn}. Set it to ${startOn} or later.`;
    problems.push({ code: 'END_BEFORE_START', message, path: [...path, 'dueOn'] });
  }
  return problems;
}
