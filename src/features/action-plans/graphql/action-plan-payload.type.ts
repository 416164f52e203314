import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import type { RequestContext } from '../../../graphql/context.js';
import { Cost } from '../../../graphql/cost.js';
import { enumOf } from '../../../graphql/enumeration.js';
import { UserErrorInterface } from '../../../graphql/user-error.js';
import type { Result } from '../../../shared/result.js';
import type { ActionPlan, ActionPlanSummary } from '../domain/action-plan.js';
import {
  ACTION_PLAN_PROBLEM_CODES,
  type ActionPlanProblem,
  type ActionPlanProblemCode,
} from '../domain/action-plan-problem.js';
import { PLAN_RULES } from '../domain/plan-readiness.js';
import { ActionPlanType } from './action-plan.type.js';
import { RULE_DESCRIPTIONS } from './plan-readiness.type.js';

const CodeEnum = enumOf([...ACTION_PLAN_PROBLEM_CODES, ...PLAN_RULES]);
registerEnumType(CodeEnum, {
  name: 'ActionPlanErrorCode',
  description:
    'Why a plan, or the plan policy, was not changed. A rule of the plan that would be broken is named by itself.',
  valuesConfig: {
    NOT_FOUND: { description: 'Something that the input names does not exist, or you may not see it.' },
    VERSION_CONFLICT: { description: 'Somebody was faster; `currentVersion` says which version there is.' },
    IDEMPOTENCY_KEY_REUSED: { description: 'The idempotency key was used before, with another input.' },
    TRANSITION_NOT_ALLOWED: { description: 'The plan cannot take this status; the message says which it can.' },
    NOT_EDITABLE: { description: 'The plan is completed or archived.' },
    ACTION_CANCELLED: { description: 'The action is cancelled and cannot be edited.' },
    TOO_MANY_SKILLS: { description: 'More than three skills.' },
    DUPLICATE_SKILL: { description: 'The plan builds this skill already.' },
    TOO_MANY_ACTIONS: { description: 'More than 30 actions, or 100 with the cancelled ones.' },
    END_BEFORE_START: { description: 'The due date is before the start.' },
    TEXT_REQUIRED: { description: 'A text that must be there is empty.' },
    TEXT_TOO_LONG: { description: 'A text has more characters than its description allows.' },
    OUT_OF_RANGE: { description: 'A number, or the length of a list, is out of its bounds.' },
    ...RULE_DESCRIPTIONS,
  },
});

@Access('PART')
@Cost({ items: 10 })
@ObjectType('ActionPlanError', {
  implements: UserErrorInterface,
  description: 'Why a plan, or the plan policy, was not changed. Nothing of the call was kept.',
})
export class ActionPlanErrorType extends UserErrorInterface implements ActionPlanProblem {
  @Field(() => CodeEnum, { description: 'The reason, for a program.' })
  code: ActionPlanProblemCode;

  @Field(() => Int, { nullable: true, description: 'The version that is stored; only with VERSION_CONFLICT.' })
  currentVersion?: number;
}

export interface PlanPayload {
  plan: ActionPlanSummary | null;
  userErrors: ActionPlanProblem[];
}

/** The payload type of one mutation. Each has its own, so that each can grow by itself. */
export function planPayloadType(name: string): new () => PlanPayload {
  @Access('PART')
  @ObjectType(name, { description: 'The outcome of the change.' })
  class PayloadType implements PlanPayload {
    @Field(() => ActionPlanType, { nullable: true, description: 'The plan as it is now; null when there are errors.' })
    plan: ActionPlanSummary | null;

    @Field(() => [ActionPlanErrorType], { description: 'Why nothing was changed; empty when it was.' })
    userErrors: ActionPlanProblem[];
  }
  return PayloadType;
}

/** What a mutation answers. The plan at hand is the newest there is, so nothing of it is read again. */
export function toPlanPayload(context: RequestContext, result: Result<ActionPlan, ActionPlanProblem>): PlanPayload {
  context.forgetReads();
  if (!result.ok) return { plan: null, userErrors: result.problems };
  context.loaders.wholeActionPlan.prime(result.value.id, result.value);
  return { plan: result.value, userErrors: [] };
}
