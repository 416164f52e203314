import { Arg, Args, Ctx, Field, FieldResolver, InputType, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import { type Connection, toConnection } from '../../../graphql/connection.js';
import type { RequestContext } from '../../../graphql/context.js';
import { PageArguments, pageRequest } from '../../../graphql/page-arguments.js';
import { Reads } from '../../../graphql/reads.js';
import { toReference } from '../../../graphql/reference.js';
import type { Employee } from '../../people/domain/employee.js';
import { EMPLOYEE_PREFIX, EmployeeRef, EmployeeType } from '../../people/graphql/employee.type.js';
import { ROLE_PREFIX, RoleRef } from '../../people/graphql/role.type.js';
import { SKILL_PREFIX, SkillRef } from '../../skills/graphql/skill.type.js';
import type { ActionPlanSummary, PlanStatus } from '../domain/action-plan.js';
import { ActionPlanConnection, ActionPlanType } from './action-plan.type.js';
import { PlanStatusEnum } from './action-plan-enums.js';

@InputType('ActionPlanFilter', { description: 'Which plans to list; all conditions given must hold.' })
class ActionPlanFilterInput {
  @Field(() => EmployeeRef, { nullable: true, description: 'Plans of this person.' })
  employee?: EmployeeRef | null;

  @Field(() => EmployeeRef, { nullable: true, description: 'Plans of the direct reports of this person.' })
  manager?: EmployeeRef | null;

  @Field(() => RoleRef, { nullable: true, description: 'Plans towards this role.' })
  targetRole?: RoleRef | null;

  @Field(() => SkillRef, { nullable: true, description: 'Plans that build this skill.' })
  skill?: SkillRef | null;

  @Field(() => [PlanStatusEnum], {
    nullable: true,
    description: 'Plans with one of these statuses; an empty list finds none.',
  })
  statuses?: PlanStatus[] | null;
}

@Resolver(() => ActionPlanType)
export class ActionPlanListResolver {
  @Access('ACTION_PLAN')
  @Query(() => ActionPlanConnection, { description: 'The plans that you may see, the newest first.' })
  async actionPlans(
    @Arg('filter', () => ActionPlanFilterInput, {
      nullable: true,
      description: 'Which plans; all that you may see when left out.',
    })
    filter: ActionPlanFilterInput | null,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Connection<ActionPlanSummary>> {
    const { employee, manager, targetRole, skill, statuses } = filter ?? {};
    const wanted = {
      ...(employee && { employee: toReference(employee, EMPLOYEE_PREFIX, ['filter', 'employee']) }),
      ...(manager && { manager: toReference(manager, EMPLOYEE_PREFIX, ['filter', 'manager']) }),
      ...(targetRole && { targetRole: toReference(targetRole, ROLE_PREFIX, ['filter', 'targetRole']) }),
      ...(skill && { skill: toReference(skill, SKILL_PREFIX, ['filter', 'skill']) }),
      ...(statuses && { statuses }),
    };
    return toConnection(await loaders.actionPlans(wanted, pageRequest(page)));
  }
}

@Resolver(() => EmployeeType)
export class EmployeeActionPlanResolver {
  @Access('ACTION_PLAN')
  @Reads({ loader: 'actionPlansOfEmployee', by: 'id', page: 'ARGUMENTS' })
  @FieldResolver(() => ActionPlanConnection, { description: 'All plans of the person, the newest first.' })
  async actionPlans(
    @Root() employee: Employee,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Connection<ActionPlanSummary>> {
    return toConnection(await loaders.actionPlansOfEmployee.load(employee.id, pageRequest(page)));
  }

  @Access('ACTION_PLAN')
  @Reads({ loader: 'activeActionPlan', by: 'id' })
  @FieldResolver(() => ActionPlanType, {
    nullable: true,
    description: 'The plan that the person follows now; null when there is none.',
  })
  activeActionPlan(@Root() employee: Employee, @Ctx() { loaders }: RequestContext): Promise<ActionPlanSummary | null> {
    return loaders.activeActionPlan.load(employee.id);
  }
}
