import { Arg, Ctx, InputType, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import type { RequestContext } from '../../../graphql/context.js';
import { identifierOf } from '../../../graphql/node.js';
import { activateActionPlan } from '../usecases/activate-action-plan.js';
import { PlanVersionInput } from './action-plan.input.js';
import { PLAN_PREFIX } from './action-plan.type.js';
import { type PlanPayload, planPayloadType, toPlanPayload } from './action-plan-payload.type.js';

@InputType('ActivateActionPlanInput', { description: 'Which plan to activate.' })
class ActivateActionPlanInputType extends PlanVersionInput {}

const PayloadType = planPayloadType('ActivateActionPlanPayload');

@Resolver()
export class ActivateActionPlanMutation {
  @Access('CHANGE_PLAN')
  @Mutation(() => PayloadType, {
    description:
      'Makes a DRAFT the active plan of its employee, when its readiness has no violations; the active plan before it is archived.',
  })
  async activateActionPlan(
    @Arg('input', () => ActivateActionPlanInputType, { description: 'Which plan.' }) input: ActivateActionPlanInputType,
    @Ctx() context: RequestContext,
  ): Promise<PlanPayload> {
    const planId = identifierOf(PLAN_PREFIX, input.planId, ['input', 'planId']);
    return toPlanPayload(context, await activateActionPlan(context, { ...input, planId }));
  }
}
