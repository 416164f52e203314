import { Arg, Field, FieldResolver, Float, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { IsNull, Not } from 'typeorm';
import {
  isCompletionSuggested,
  mixOf,
  percentCompleteOfPlan,
  percentCompleteOfSkill,
  readinessOf,
} from '../../rules.mjs';
import { dataSource, findWholePlan } from './database.js';
import { Action, ActionPlan, PlanSkill, ProgressUpdate } from './entities.js';
import { ActionMix, PlanReadiness } from './judgement.types.js';

@ObjectType()
class ProgressUpdateConnection {
  @Field(() => [ProgressUpdate])
  nodes: ProgressUpdate[];
}

@Resolver(() => ActionPlan)
export class ActionPlanResolver {
  @FieldResolver(() => [PlanSkill])
  skills(@Root() plan: ActionPlan): Promise<PlanSkill[]> {
    return dataSource.getRepository(PlanSkill).find({
      where: { planId: plan.id, rank: Not(IsNull()) },
      relations: { skill: true },
      order: { rank: 'ASC' },
    });
  }

  @FieldResolver(() => Float)
  async percentComplete(@Root() plan: ActionPlan): Promise<number> {
    return percentCompleteOfPlan(await findWholePlan(plan.id));
  }

  @FieldResolver(() => Boolean)
  async completionSuggested(@Root() plan: ActionPlan): Promise<boolean> {
    return isCompletionSuggested(await findWholePlan(plan.id));
  }

  @FieldResolver(() => ActionMix)
  async mix(@Root() plan: ActionPlan): Promise<ActionMix> {
    return mixOf(await findWholePlan(plan.id));
  }

  @FieldResolver(() => PlanReadiness)
  async readiness(@Root() plan: ActionPlan): Promise<PlanReadiness> {
    return readinessOf(await findWholePlan(plan.id));
  }
}

const findActions = (skill: PlanSkill): Promise<Action[]> =>
  dataSource.getRepository(Action).find({ where: { planSkillId: skill.id }, order: { position: 'ASC', id: 'ASC' } });

@Resolver(() => PlanSkill)
export class PlanSkillResolver {
  @FieldResolver(() => [Action])
  actions(@Root() skill: PlanSkill): Promise<Action[]> {
    return findActions(skill);
  }

  @FieldResolver(() => Float)
  async percentComplete(@Root() skill: PlanSkill): Promise<number> {
    return percentCompleteOfSkill({ actions: await findActions(skill) });
  }
}

@Resolver(() => Action)
export class ActionResolver {
  @FieldResolver(() => PlanSkill)
  planSkill(@Root() action: Action): Promise<PlanSkill> {
    return dataSource
      .getRepository(PlanSkill)
      .findOneOrFail({ where: { id: action.planSkillId }, relations: { skill: true } });
  }

  @FieldResolver(() => ProgressUpdateConnection)
  async updates(@Root() action: Action, @Arg('first', () => Int) first: number): Promise<ProgressUpdateConnection> {
    const nodes = await dataSource.getRepository(ProgressUpdate).find({
      where: { actionId: action.id },
      order: { occurredAt: 'DESC', createdAt: 'DESC', id: 'DESC' },
      take: first,
    });
    return { nodes };
  }
}
