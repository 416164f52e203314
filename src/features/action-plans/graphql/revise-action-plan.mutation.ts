import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import type { RequestContext } from '../../../graphql/context.js';
import { identifierOf } from '../../../graphql/node.js';
import { reviseActionPlan } from '../usecases/revise-action-plan.js';
import { PLAN_PREFIX } from './action-plan.type.js';
import { type PlanPayload, planPayloadType, toPlanPayload } from './action-plan-payload.type.js';
import { toPlanEdit } from './plan-edit.js';
import { ReviseActionPlanInputType } from './revise-action-plan.input.js';

const PayloadType = planPayloadType('ReviseActionPlanPayload');

@Resolver()
export class ReviseActionPlanMutation {
  @Access('CHANGE_PLAN')
  @Mutation(() => PayloadType, {
    description:
      'Edits a DRAFT or ACTIVE plan. All edits are kept or none: an ACTIVE plan that would break a rule stays as it is, and the errors name the rules.',
  })
  async reviseActionPlan(
    @Arg('input', () => ReviseActionPlanInputType, { description: 'Which plan, and how.' })
    input: ReviseActionPlanInputType,
    @Ctx() context: RequestContext,
  ): Promise<PlanPayload> {
    const planId = identifierOf(PLAN_PREFIX, input.planId, ['input', 'planId']);
    const edits = input.edits.map((edit, place) => toPlanEdit(edit, ['input', 'edits', place]));
    return toPlanPayload(context, await reviseActionPlan(context, { ...input, planId, edits }));
  }
}
