import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { judgeRevision, newIdentifier } from '../../rules.mjs';
import { dataSource, findWholePlan } from './database.js';
import type { Context } from './employee.resolver.js';
import { Action, ActionPlan, PlanPolicy, PlanRevision } from './entities.js';
import { UserError } from './judgement.types.js';

@InputType()
class ChangePlanEdit {
  @Field(() => String, { nullable: true })
  goal?: string;

  @Field(() => String, { nullable: true })
  targetOn?: string;
}

@InputType()
class ChangeActionEdit {
  @Field(() => ID)
  actionId: string;

  @Field(() => String, { nullable: true })
  kind?: string;

  @Field(() => String, { nullable: true })
  title?: string;

  @Field(() => String, { nullable: true })
  startOn?: string;

  @Field(() => String, { nullable: true })
  dueOn?: string;
}

@InputType()
class PlanEdit {
  @Field(() => ChangePlanEdit, { nullable: true })
  changePlan?: ChangePlanEdit;

  @Field(() => ChangeActionEdit, { nullable: true })
  changeAction?: ChangeActionEdit;
}

@InputType()
class ReviseActionPlanInput {
  @Field(() => ID)
  planId: string;

  @Field(() => Int)
  expectedVersion: number;

  @Field(() => [PlanEdit])
  edits: PlanEdit[];

  @Field(() => String, { nullable: true })
  reason?: string;
}

@ObjectType()
class ReviseActionPlanPayload {
  @Field(() => ActionPlan, { nullable: true })
  plan?: ActionPlan;

  @Field(() => [UserError])
  userErrors: UserError[];
}

@Resolver()
export class ReviseActionPlanMutation {
  @Mutation(() => ReviseActionPlanPayload)
  reviseActionPlan(
    @Arg('input', () => ReviseActionPlanInput) input: ReviseActionPlanInput,
    @Ctx() { viewer }: Context,
  ): Promise<ReviseActionPlanPayload> {
    return dataSource.transaction(async (manager) => {
      const where = { id: input.planId };
      const plan = await manager.findOneOrFail(ActionPlan, { where, lock: { mode: 'pessimistic_write' } });
      const [policy] = await manager.find(PlanPolicy, { order: { version: 'DESC' }, take: 1 });
      const { after, changes, problems } = judgeRevision(await findWholePlan(plan.id, manager), policy, input);
      if (problems.length > 0) return { userErrors: problems };
      if (changes.length === 0) return { plan, userErrors: [] };
      const now = new Date();
      const { goal, targetOn, version } = after;
      await manager.save(
        manager.merge(ActionPlan, plan, { goal, targetOn, version, policyId: policy.id, updatedAt: now }),
      );
      const changed = new Set(changes.map(({ subjectId }) => subjectId));
      const actions = after.skills.flatMap((skill) => skill.actions).filter(({ id }) => changed.has(id));
      await manager.save(actions.map((action) => manager.create(Action, action as Action)));
      await manager.insert(PlanRevision, {
        id: newIdentifier(now),
        planId: plan.id,
        employeeId: plan.employeeId,
        version,
        kind: 'REVISED',
        authorId: viewer,
        changes,
        reason: input.reason ?? null,
        createdAt: now,
      });
      return { plan, userErrors: [] };
    });
  }
}
