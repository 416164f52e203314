import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import type { RequestContext } from '../../../graphql/context.js';
import { identifierOf } from '../../../graphql/node.js';
import { archiveActionPlan } from '../usecases/archive-action-plan.js';
import { PlanVersionInput } from './action-plan.input.js';
import { PLAN_PREFIX } from './action-plan.type.js';
import { type PlanPayload, planPayloadType, toPlanPayload } from './action-plan-payload.type.js';

@InputType('ArchiveActionPlanInput', { description: 'Which plan to archive.' })
class ArchiveActionPlanInputType extends PlanVersionInput {
  @Field(() => String, { nullable: true, description: 'Why, up to 500 characters; the history shows it.' })
  reason?: string | null;
}

const PayloadType = planPayloadType('ArchiveActionPlanPayload');

@Resolver()
export class ArchiveActionPlanMutation {
  @Access('CHANGE_PLAN')
  @Mutation(() => PayloadType, { description: 'Puts a DRAFT or ACTIVE plan away for good.' })
  async archiveActionPlan(
    @Arg('input', () => ArchiveActionPlanInputType, { description: 'Which plan.' }) input: ArchiveActionPlanInputType,
    @Ctx() context: RequestContext,
  ): Promise<PlanPayload> {
    const planId = identifierOf(PLAN_PREFIX, input.planId, ['input', 'planId']);
    return toPlanPayload(context, await archiveActionPlan(context, { ...input, planId }));
  }
}
