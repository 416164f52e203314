import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import type { RequestContext } from '../../../graphql/context.js';
import { identifierOf } from '../../../graphql/node.js';
import type { PlanOutcome } from '../domain/action-plan.js';
import { completeActionPlan } from '../usecases/complete-action-plan.js';
import { PlanVersionInput } from './action-plan.input.js';
import { PLAN_PREFIX } from './action-plan.type.js';
import { PlanOutcomeEnum } from './action-plan-enums.js';
import { type PlanPayload, planPayloadType, toPlanPayload } from './action-plan-payload.type.js';

@InputType('CompleteActionPlanInput', { description: 'Which plan to complete, and how it ended.' })
class CompleteActionPlanInputType extends PlanVersionInput {
  @Field(() => PlanOutcomeEnum, { description: 'What became of the goal.' })
  outcome: PlanOutcome;

  @Field(() => String, { nullable: true, description: 'What there is to say at the end, up to 2,000 characters.' })
  closingNote?: string | null;
}

const PayloadType = planPayloadType('CompleteActionPlanPayload');

@Resolver()
export class CompleteActionPlanMutation {
  @Access('CHANGE_PLAN')
  @Mutation(() => PayloadType, {
    description: 'Completes an ACTIVE plan, whether or not all its actions are done.',
  })
  async completeActionPlan(
    @Arg('input', () => CompleteActionPlanInputType, { description: 'Which plan, and how it ended.' })
    input: CompleteActionPlanInputType,
    @Ctx() context: RequestContext,
  ): Promise<PlanPayload> {
    const planId = identifierOf(PLAN_PREFIX, input.planId, ['input', 'planId']);
    return toPlanPayload(context, await completeActionPlan(context, { ...input, planId }));
  }
}
