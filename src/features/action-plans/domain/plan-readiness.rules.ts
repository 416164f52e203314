import type { CalendarDay } from '../../../shared/clock.js';
import { countByCategory, judgeActionMix } from './action-mix.rules.js';
import { type Action, type ActionPlan, liveActions, type PlanSkill } from './action-plan.js';
import { describeMixProblem } from './mix-advice.rules.js';
import type { PlanPolicyTerms } from './plan-policy.js';
import type { PlanReadiness, PlanRule, RuleViolation } from './plan-readiness.js';
import { type PlanWording, wordingOf } from './plan-wording.rules.js';
import { reviewContent } from './smart.rules.js';
import type { SmartCriterion } from './smart-review.js';
import { MISSING_TARGET_DATE, timeFrameProblems } from './time-frame.rules.js';

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
  const wording = wordingOf(plan);
  const violations = [...judgeSkillCount(plan, policy), ...judgeMix(plan, policy), ...judgeTargetDate(plan)];
  plan.skills.forEach((skill, skillIndex) => {
    violations.push(...judgeActionCount(skill, skillIndex, policy));
    skill.actions.forEach((action, actionIndex) => {
      if (action.status === 'CANCELLED') return;
      for (const { rule, field, message } of judgeAction(action, plan, wording, earliestDueOn(action))) {
        const path = ['skills', `${skillIndex}`, 'actions', `${actionIndex}`, field];
        violations.push({ rule, message: `"${action.title}": ${message}`, path });
      }
    });
  });
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
  const count = skill.actions.filter(({ status }) => status !== 'CANCELLED').length;
  const advice = adviseCount(count, policy.minActionsPerSkill, policy.maxActionsPerSkill, 'action');
  if (advice === null) return [];
  const message = `The skill "${skill.skillName}" has ${amount(count, 'action')}. ${advice}`;
  return [{ rule: 'ACTIONS_PER_SKILL', message, path: ['skills', `${skillIndex}`, 'actions'] }];
}

/** What is wrong with an action, and in which of its fields. */
interface ActionProblem {
  rule: PlanRule;
  field: keyof Action;
  message: string;
}

function judgeAction(
  action: Action,
  plan: ActionPlan,
  wording: PlanWording,
  earliestDueOn: CalendarDay | null,
): ActionProblem[] {
  const { specific, measurable, actionable, relevant } = reviewContent(action, plan, wording);
  const problems: ActionProblem[] = [];
  const expectMet = ({ met, message }: SmartCriterion, rule: PlanRule, field: keyof Action) => {
    if (!met) problems.push({ rule, field, message });
  };
  expectMet(specific, 'SMART_SPECIFIC', 'title');
  expectMet(measurable, 'SMART_MEASURABLE', 'successMeasure');
  expectMet(actionable, 'SMART_ACTIONABLE', 'title');
  expectMet(relevant, 'SMART_RELEVANT', 'expectedOutcome');
  // Not the criterion of the review: a missing target date is one violation of the plan, not one of each action.
  const dateProblems = timeFrameProblems(action, plan.targetOn, earliestDueOn);
  if (dateProblems.length > 0) {
    problems.push({ rule: 'SMART_TIME_BOUND', field: 'dueOn', message: dateProblems.join(' ') });
  }
  return problems;
}

/** What to add or remove so that the count is within the bounds; null when it is. */
function adviseCount(count: number, min: number, max: number, noun: 'skill' | 'action'): string | null {
  if (min <= count && count <= max) return null;
  const bounds = min === max ? `exactly ${amount(min, noun)}` : `${min} to ${amount(max, noun)}`;
  if (count < min) return `It needs ${bounds}: add ${min - count === 1 ? 'one' : `${min - count}`} more.`;
  return `It may have ${bounds}: remove ${count - max === 1 ? 'one' : `${count - max}`}.`;
}

const amount = (count: number, noun: string): string =>
  `${count === 0 ? 'no' : count} ${noun}${count === 1 ? '' : 's'}`;
