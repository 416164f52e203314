import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { type Connection, toConnection } from '../../../graphql/connection.js';
import type { RequestContext } from '../../../graphql/context.js';
import { PageArguments, pageRequest } from '../../../graphql/page-arguments.js';
import { Reads } from '../../../graphql/reads.js';
import { encodeTypedId } from '../../../shared/typed-id.js';
import type { Employee } from '../../people/domain/employee.js';
import { EmployeeType } from '../../people/graphql/employee.type.js';
import { ROLE_PREFIX } from '../../people/graphql/role.type.js';
import type { ActionPlanSummary } from '../domain/action-plan.js';
import type { PlanChange, PlanChangeSubject, PlanRevision } from '../domain/plan-revision.js';
import { ACTION_PREFIX, ActionPlanType, PLAN_PREFIX, PLAN_SKILL_PREFIX } from './action-plan.type.js';
import { PlanChangeType, PlanRevisionConnection, PlanRevisionType } from './plan-revision.type.js';

const PREFIX_OF_SUBJECT: Record<PlanChangeSubject, string> = {
  PLAN: PLAN_PREFIX,
  SKILL: PLAN_SKILL_PREFIX,
  ACTION: ACTION_PREFIX,
};

/** The value of a changed field as a client knows it: ids with their prefix. */
const changedValue = (field: string | null, value: string | null): string | null =>
  field === 'targetRole' && value !== null ? encodeTypedId(ROLE_PREFIX, value) : value;

@Resolver(() => ActionPlanType)
export class ActionPlanRevisionResolver {
  @Reads({ loader: 'revisionsOfPlan', by: 'id', page: 'ARGUMENTS' })
  @FieldResolver(() => PlanRevisionConnection, { description: 'The history of the plan, the newest entry first.' })
  async revisions(
    @Root() plan: ActionPlanSummary,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Connection<PlanRevision>> {
    return toConnection(await loaders.revisionsOfPlan.load(plan.id, pageRequest(page)));
  }
}

@Resolver(() => PlanRevisionType)
export class PlanRevisionResolver {
  @FieldResolver(() => ActionPlanType, { description: 'The plan, as it is now.' })
  plan(@Root() revision: PlanRevision, @Ctx() { loaders }: RequestContext): Promise<ActionPlanSummary | null> {
    return loaders.wholeActionPlan.load(revision.planId);
  }

  @Reads({ loader: 'employee', by: 'author' })
  @FieldResolver(() => EmployeeType, {
    nullable: true,
    description: 'Who did it; null when it was a service, or somebody whom you do not see or who was erased.',
  })
  author(@Root() revision: PlanRevision, @Ctx() { loaders }: RequestContext): Promise<Employee | null> | null {
    return revision.authorId === null ? null : loaders.employee.load(revision.authorId);
  }
}

@Resolver(() => PlanChangeType)
export class PlanChangeResolver {
  @FieldResolver()
  subjectId(@Root() change: PlanChange): string {
    return encodeTypedId(PREFIX_OF_SUBJECT[change.subject], change.subjectId);
  }

  @FieldResolver()
  before(@Root() { field, before }: PlanChange): string | null {
    return changedValue(field, before);
  }

  @FieldResolver()
  after(@Root() { field, after }: PlanChange): string | null {
    return changedValue(field, after);
  }
}
