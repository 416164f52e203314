import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Float, ID, Info, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import type { RequestContext } from '../../../graphql/context.js';
import { selectsAny } from '../../../graphql/look-ahead.js';
import { identifierOf } from '../../../graphql/node.js';
import { Reads } from '../../../graphql/reads.js';
import type { Employee } from '../../people/domain/employee.js';
import type { Role } from '../../people/domain/role.js';
import { EmployeeType } from '../../people/graphql/employee.type.js';
import { RoleType } from '../../people/graphql/role.type.js';
import type { ActionMix } from '../domain/action-mix.js';
import { countByCategory, judgeActionMix } from '../domain/action-mix.rules.js';
import { type ActionPlan, type ActionPlanSummary, liveActions } from '../domain/action-plan.js';
import { isCompletionSuggested, percentCompleteOfPlan } from '../domain/percent-complete.rules.js';
import type { PlanPolicy } from '../domain/plan-policy.js';
import type { PlanReadiness } from '../domain/plan-readiness.js';
import { judgeReadiness } from '../domain/plan-readiness.rules.js';
import { ActionMixType } from './action-mix.type.js';
import { ActionPlanType, PLAN_PREFIX, PlanSkillType, type RankedPlanSkill } from './action-plan.type.js';
import { earliestDueOn } from './earliest-due-on.js';
import { PlanPolicyType } from './plan-policy.type.js';
import { PlanReadinessType } from './plan-readiness.type.js';

/** The fields that need the whole plan; for the others its summary is enough. */
const WHOLE_PLAN_FIELDS = new Set(
  ['skills', 'mix', 'readiness', 'percentComplete', 'completionSuggested', 'policy'].map(
    (field) => `ActionPlan.${field}`,
  ),
);

/** What the fields read that need the whole plan, unless it is at hand. */
const WHOLE_PLAN = { loader: 'wholeActionPlan', by: 'id' } as const;

/** Reads as much of a plan as the query selects of it. */
export const loadSelectedPlan = (
  id: string,
  { loaders }: RequestContext,
  info: GraphQLResolveInfo,
): Promise<ActionPlanSummary | null> =>
  selectsAny(info, WHOLE_PLAN_FIELDS) ? loaders.wholeActionPlan.load(id) : loaders.actionPlanSummary.load(id);

/** The plan with its skills: the one at hand when it is whole, else read together with all others that are asked for. */
async function wholePlan(plan: ActionPlanSummary, { loaders }: RequestContext): Promise<ActionPlan> {
  return 'skills' in plan ? (plan as ActionPlan) : (await loaders.wholeActionPlan.load(plan.id))!;
}

@Resolver(() => ActionPlanType)
export class ActionPlanResolver {
  @Access('ACTION_PLAN')
  @Reads({
    loader: (selects) => (selects(WHOLE_PLAN_FIELDS) ? 'wholeActionPlan' : 'actionPlanSummary'),
    key: (_, { id }) => identifierOf(PLAN_PREFIX, id as string, ['id']),
  })
  @Query(() => ActionPlanType, { nullable: true, description: 'One plan; null when there is none by that id.' })
  async actionPlan(
    @Arg('id', () => ID, { description: 'The id of the plan.' }) id: string,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ActionPlanSummary | null> {
    return loadSelectedPlan(identifierOf(PLAN_PREFIX, id, ['id']), context, info);
  }

  @Reads({ loader: 'employee', by: 'employee' })
  @FieldResolver(() => EmployeeType, { description: 'Whose plan it is.' })
  employee(@Root() plan: ActionPlanSummary, @Ctx() { loaders }: RequestContext): Promise<Employee | null> {
    return loaders.employee.load(plan.employeeId);
  }

  @Reads({ loader: 'role', by: 'targetRole' })
  @FieldResolver(() => RoleType, {
    nullable: true,
    description: 'The role that the person aims for; null when there is none.',
  })
  targetRole(@Root() plan: ActionPlanSummary, @Ctx() { loaders }: RequestContext): Promise<Role | null> | null {
    return plan.targetRoleId === null ? null : loaders.role.load(plan.targetRoleId);
  }

  @Reads(WHOLE_PLAN)
  @FieldResolver(() => [PlanSkillType], {
    description: 'The skills that the plan builds, in rank order; at most three.',
  })
  async skills(@Root() plan: ActionPlanSummary, @Ctx() context: RequestContext): Promise<RankedPlanSkill[]> {
    const { skills } = await wholePlan(plan, context);
    return skills.map((skill, place) => ({ ...skill, rank: place + 1 }));
  }

  @Reads(WHOLE_PLAN)
  @FieldResolver(() => ActionMixType, {
    description: 'The mix of the actions that are not cancelled, against the policy of the plan.',
  })
  async mix(@Root() plan: ActionPlanSummary, @Ctx() context: RequestContext): Promise<ActionMix> {
    const whole = await wholePlan(plan, context);
    return judgeActionMix(countByCategory(liveActions(whole)), whole.policy);
  }

  @Reads(WHOLE_PLAN)
  @FieldResolver(() => PlanReadinessType, {
    description:
      'How the plan stands against the rules of its policy, now. Due dates in the past count against a DRAFT only.',
  })
  async readiness(@Root() plan: ActionPlanSummary, @Ctx() context: RequestContext): Promise<PlanReadiness> {
    const whole = await wholePlan(plan, context);
    return judgeReadiness(whole, whole.policy, () => earliestDueOn(whole, context));
  }

  @Reads(WHOLE_PLAN)
  @FieldResolver(() => Float, {
    description:
      'How much is done, in percent from 0 to 100: the mean of the skills, each the mean of its actions that are not cancelled (0 when it has none), each action its latest progress update. Rounded to two decimals; 100 only when all is done.',
  })
  async percentComplete(@Root() plan: ActionPlanSummary, @Ctx() context: RequestContext): Promise<number> {
    return percentCompleteOfPlan(await wholePlan(plan, context));
  }

  @Reads(WHOLE_PLAN)
  @FieldResolver(() => Boolean, {
    description:
      'Whether the plan is ACTIVE and all its actions are done: time to complete it with `completeActionPlan`.',
  })
  async completionSuggested(@Root() plan: ActionPlanSummary, @Ctx() context: RequestContext): Promise<boolean> {
    return isCompletionSuggested(await wholePlan(plan, context));
  }

  @Reads(WHOLE_PLAN)
  @FieldResolver(() => PlanPolicyType, {
    description:
      'The policy that the plan is judged by: since it was active the one it was activated or last revised under, before that the current one.',
  })
  async policy(@Root() plan: ActionPlanSummary, @Ctx() context: RequestContext): Promise<PlanPolicy> {
    return (await wholePlan(plan, context)).policy;
  }
}
