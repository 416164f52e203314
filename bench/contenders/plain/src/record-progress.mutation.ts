import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { judgeProgress, NO_SUCH_ACTION, newIdentifier } from '../../rules.mjs';
import { dataSource } from './database.js';
import type { Context } from './employee.resolver.js';
import { Action, ActionPlan, ProgressUpdate } from './entities.js';
import { UserError } from './judgement.types.js';

@InputType()
class RecordProgressInput {
  @Field(() => ID)
  actionId: string;

  @Field(() => Int, { nullable: true })
  percentComplete?: number;

  @Field(() => String, { nullable: true })
  status?: string;

  @Field(() => String, { nullable: true })
  note?: string;
}

@ObjectType()
class RecordProgressPayload {
  @Field(() => ProgressUpdate, { nullable: true })
  progressUpdate?: ProgressUpdate;

  @Field(() => Action, { nullable: true })
  action?: Action;

  @Field(() => ActionPlan, { nullable: true })
  plan?: ActionPlan;

  @Field(() => [UserError])
  userErrors: UserError[];
}

@Resolver()
export class RecordProgressMutation {
  @Mutation(() => RecordProgressPayload)
  recordProgress(
    @Arg('input', () => RecordProgressInput) input: RecordProgressInput,
    @Ctx() { viewer }: Context,
  ): Promise<RecordProgressPayload> {
    return dataSource.transaction(async (manager) => {
      const now = new Date();
      const { entry, problems } = judgeProgress(input, now);
      if (problems.length > 0) return { userErrors: problems };
      const action = await manager.findOneBy(Action, { id: input.actionId });
      const plan =
        action &&
        (await manager.findOne(ActionPlan, { where: { id: action.planId }, lock: { mode: 'pessimistic_write' } }));
      if (plan?.status !== 'ACTIVE' || action?.status === 'CANCELLED') return { userErrors: [NO_SUCH_ACTION] };
      const progressUpdate = manager.create(ProgressUpdate, {
        id: newIdentifier(now),
        actionId: input.actionId,
        employeeId: plan.employeeId,
        authorId: viewer,
        createdAt: now,
        ...entry,
      });
      await manager.save(progressUpdate);
      const latest = await manager.findOneOrFail(ProgressUpdate, {
        where: { actionId: input.actionId },
        order: { occurredAt: 'DESC', createdAt: 'DESC', id: 'DESC' },
      });
      const changed = manager.merge(Action, action!, {
        status: latest.status,
        percentComplete: latest.percentComplete,
      });
      await manager.save(changed);
      return { progressUpdate, action: changed, plan, userErrors: [] };
    });
  }
}
