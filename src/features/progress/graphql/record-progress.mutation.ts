import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import type { RequestContext } from '../../../graphql/context.js';
import { identifierOf } from '../../../graphql/node.js';
import { type ActionStatus, findAction } from '../../action-plans/domain/action-plan.js';
import { ACTION_PREFIX } from '../../action-plans/graphql/action-plan.type.js';
import { ActionStatusEnum } from '../../action-plans/graphql/action-plan-enums.js';
import { recordProgress } from '../usecases/record-progress.js';
import { RecordProgressPayloadType } from './progress-update.type.js';

@InputType('RecordProgressInput', {
  description: 'An entry on an action. Percent and status agree with each other; given one of them, the other follows.',
})
class RecordProgressInputType {
  @Field(() => ID, { description: 'The action, of an ACTIVE plan.' })
  actionId: string;

  @Field(() => Int, {
    nullable: true,
    description: 'How far the action is, in whole percent from 0 to 100; 100 is DONE.',
  })
  percentComplete?: number | null;

  @Field(() => ActionStatusEnum, {
    nullable: true,
    description: 'How the action stands. CANCELLED is said by revising the plan.',
  })
  status?: ActionStatus | null;

  @Field(() => String, { nullable: true, description: 'What happened, or stands in the way, up to 2,000 characters.' })
  note?: string | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'When it was so; now when left out. From 1970 on and not in the future; up to a minute ahead is taken for now.',
  })
  occurredAt?: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Makes a retry safe: the same key with the same input returns the entry that the first call added. Up to 200 characters.',
  })
  idempotencyKey?: string | null;
}

@Resolver()
export class RecordProgressMutation {
  @Access('RECORD_PROGRESS')
  @Mutation(() => RecordProgressPayloadType, {
    description:
      'Adds an entry on an action of an ACTIVE plan. It shows at once in the percentages of the action, the skill and the plan.',
  })
  async recordProgress(
    @Arg('input', () => RecordProgressInputType, { description: 'The entry to add.' }) input: RecordProgressInputType,
    @Ctx() context: RequestContext,
  ): Promise<RecordProgressPayloadType> {
    const actionId = identifierOf(ACTION_PREFIX, input.actionId, ['input', 'actionId']);
    const result = await recordProgress(context, { ...input, actionId });
    context.forgetReads();
    if (!result.ok) return { progressUpdate: null, action: null, plan: null, userErrors: result.problems };
    const { progressUpdate, plan } = result.value;
    context.loaders.wholeActionPlan.prime(plan.id, plan);
    return { progressUpdate, action: findAction(plan, actionId), plan, userErrors: [] };
  }
}
