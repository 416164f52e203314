// The rule as it is said, action by action. Slow, and kept for comparison with src.

import { countByCategory, judgeActionMix } from '../../../../src/features/action-plans/domain/action-mix.rules.js';
import {
  type Action,
  type ActionPlan,
  liveActions,
  type PlanSkill,
} from '../../../../src/features/action-plans/domain/action-plan.js';
import { describeMixProblem } from '../../../../src/features/action-plans/domain/mix-advice.rules.js';
import type { PlanPolicyTerms } from '../../../../src/features/action-plans/domain/plan-policy.js';
import type {
  PlanReadiness,
  PlanRule,
  RuleViolation,
} from '../../../../src/features/action-plans/domain/plan-readiness.js';
import type { SmartCriterion } from '../../../../src/features/action-plans/domain/smart-review.js';
import {
  MISSING_TARGET_DATE,
  timeFrameProblems,
} from '../../../../src/features/action-plans/domain/time-frame.rules.js';
import type { CalendarDay } from '../../../../src/shared/clock.js';
import { reviewSmart } from './smart.reference.js';

/**
 * Judges whether a plan meets every rule for being ACTIVE. Cancelled actions are ignored.
 *
 * @param earliestDueOn the first day that is not in the past for the due date of an action; null to not judge that.
 */
export function judgeReadiness(
  plan: ActionPlan,
  policy: PlanPolicyTerms,
  earliestDueOn: (action: Action) => CalendarDay | null,
): PlanReadiness {
  const violations = [
    ...judgeSkillCount(plan, policy),
    ...judgeMix(plan, policy),
    ...judgeTargetDate(plan),
    ...plan.skills.flatMap((skill, skillIndex) => [
      ...judgeActionCount(skill, skillIndex, policy),
      ...skill.actions.flatMap((action, actionIndex) =>
        action.status === 'CANCELLED'
          ? []
          : judgeAction(action, plan, earliestDueOn(action), ['skills', `${skillIndex}`, 'actions', `${actionIndex}`]),
      ),
    ]),
  ];
  return { ready: violations.length === 0, violations };
}

function judgeSkillCount(plan: ActionPlan, policy: PlanPolicyTerms): RuleViolation[] {
  const count = plan.skills.length;
  const advice = adviseCount(count, policy.minSkills, policy.maxSkills, 'skill');
  return advice === null
    ? []
    : [{ rule: 'SKILL_COUNT', message: `The plan has ${amount(count, 'skill')}. ${advice}`, path: ['skills'] }];
}

function judgeMix(plan: ActionPlan, policy: PlanPolicyTerms): RuleViolation[] {
  const mix = judgeActionMix(countByCategory(liveActions(plan)), policy);
  return mix.compliant ? [] : [{ rule: 'ACTION_MIX', message: describeMixProblem(mix, policy), path: ['skills'] }];
}

function judgeTargetDate(plan: ActionPlan): RuleViolation[] {
  return plan.targetOn === null ? [{ rule: 'SMART_TIME_BOUND', message: MISSING_TARGET_DATE, path: ['targetOn'] }] : [];
}

function judgeActionCount(skill: PlanSkill, skillIndex: number, policy: PlanPolicyTerms): RuleViolation[] {
  const count = skill.actions.filter((action) => action.status !== 'CANCELLED').length;
  const advice = adviseCount(count, policy.minActionsPerSkill, policy.maxActionsPerSkill, 'action');
  const message = `The skill "${skill.skillName}" has ${amount(count, 'action')}. ${advice}`;
  return advice === null ? [] : [{ rule: 'ACTIONS_PER_SKILL', message, path: ['skills', `${skillIndex}`, 'actions'] }];
}

function judgeAction(
  action: Action,
  plan: ActionPlan,
  earliestDueOn: CalendarDay | null,
  path: string[],
): RuleViolation[] {
  const review = reviewSmart(action, { plan, earliestDueOn });
  const violationOf = (rule: PlanRule, field: string, message: string): RuleViolation => ({
    rule,
    message: `"${action.title}": ${message}`,
    path: [...path, field],
  });
  const unlessMet = (criterion: SmartCriterion, rule: PlanRule, field: string) =>
    criterion.met ? [] : [violationOf(rule, field, criterion.message)];
  // Not the review's own verdict: a missing target date is one violation of the plan, not one of each action.
  const dateProblems = timeFrameProblems(action, plan.targetOn, earliestDueOn);
  return [
    ...unlessMet(review.specific, 'SMART_SPECIFIC', 'title'),
    ...unlessMet(review.measurable, 'SMART_MEASURABLE', 'successMeasure'),
    ...unlessMet(review.actionable, 'SMART_ACTIONABLE', 'title'),
    ...unlessMet(review.relevant, 'SMART_RELEVANT', 'expectedOutcome'),
    ...(dateProblems.length === 0 ? [] : [violationOf('SMART_TIME_BOUND', 'dueOn', dateProblems.join(' '))]),
  ];
}

/** What to add or remove so that the count is within the bounds; null when it is. */
function adviseCount(count: number, min: number, max: number, noun: 'skill' | 'action'): string | null {
  const bounds = min === max ? `exactly ${amount(min, noun)}` : `${min} to ${amount(max, noun)}`;
  if (count < min) return `It needs ${bounds}: add ${min - count === 1 ? 'one' : `${min - count}`} more.`;
  if (count > max) return `It may have ${bounds}: remove ${count - max === 1 ? 'one' : `${count - max}`}.`;
  return null;
}

const amount = (count: number, noun: string): string =>
  `${count === 0 ? 'no' : count} ${noun}${count === 1 ? '' : 's'}`;
