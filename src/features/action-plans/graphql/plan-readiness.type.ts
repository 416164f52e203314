import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import { Cost } from '../../../graphql/cost.js';
import { enumOf } from '../../../graphql/enumeration.js';
import { PLAN_RULES, type PlanReadiness, type PlanRule, type RuleViolation } from '../domain/plan-readiness.js';
import type { SmartCriterion, SmartReview } from '../domain/smart-review.js';

export const RULE_DESCRIPTIONS: Record<PlanRule, { description: string }> = {
  SKILL_COUNT: { description: 'The plan builds as many skills as the policy allows.' },
  ACTIONS_PER_SKILL: { description: 'Each skill has as many actions as the policy allows.' },
  ACTION_MIX: { description: 'The actions keep the mix of experience, exposure and education.' },
  SMART_SPECIFIC: { description: 'The title is neither the name of a skill nor a repeat of another action.' },
  SMART_MEASURABLE: { description: 'There is a measure of success.' },
  SMART_ACTIONABLE: { description: 'The title starts an activity.' },
  SMART_RELEVANT: { description: 'The action, or else its skill, says what outcome is expected.' },
  SMART_TIME_BOUND: {
    description:
      'The plan has a target date, and the action a due date on or before it, which is not in the past when the plan is activated.',
  },
};

const PlanRuleEnum = enumOf(PLAN_RULES);
registerEnumType(PlanRuleEnum, {
  name: 'PlanRule',
  description: 'A rule that an active plan meets.',
  valuesConfig: RULE_DESCRIPTIONS,
});

@Access('PART')
@Cost({ items: 10 })
@ObjectType('RuleViolation', { description: 'One rule that one part of a plan does not meet.' })
export class RuleViolationType implements RuleViolation {
  @Field(() => PlanRuleEnum, { description: 'The rule that is broken.' })
  rule: PlanRule;

  @Field({ description: 'What is wrong and what would be right, as a sentence to show.' })
  message: string;

  @Field(() => [String], {
    description:
      'Where in the plan, such as ["skills", "1", "actions", "0", "title"]. Positions count from 0 in the lists of the plan, cancelled actions included.',
  })
  path: string[];
}

@Access('PART')
@ObjectType('PlanReadiness', { description: 'Whether a plan meets every rule, and what still stands against it.' })
export class PlanReadinessType implements PlanReadiness {
  @Field({ description: 'Whether there are no violations: then a DRAFT can be activated.' })
  ready: boolean;

  @Field(() => [RuleViolationType], { description: 'Those of the whole plan first, then by skill and action.' })
  violations: RuleViolation[];
}

@Access('PART')
@ObjectType('SmartCriterion', { description: 'The verdict on one S.M.A.R.T. criterion.' })
export class SmartCriterionType implements SmartCriterion {
  @Field({ description: 'Whether the action meets the criterion.' })
  met: boolean;

  @Field({ description: 'Why it does, or what to change so that it does; a sentence to show.' })
  message: string;
}

@Access('PART')
@ObjectType('SmartReview', { description: 'How an action stands against the S.M.A.R.T. criteria.' })
export class SmartReviewType implements SmartReview {
  @Field({ description: 'Whether all five criteria are met.' })
  met: boolean;

  @Field(() => SmartCriterionType, {
    description: 'The title is neither the name of a skill nor a repeat of another action.',
  })
  specific: SmartCriterion;

  @Field(() => SmartCriterionType, { description: 'There is a measure of success.' })
  measurable: SmartCriterion;

  @Field(() => SmartCriterionType, { description: 'The title starts an activity.' })
  actionable: SmartCriterion;

  @Field(() => SmartCriterionType, { description: 'The action, or else its skill, says what outcome is expected.' })
  relevant: SmartCriterion;

  @Field(() => SmartCriterionType, { description: "There is a due date, on or before the plan's target date." })
  timeBound: SmartCriterion;
}
