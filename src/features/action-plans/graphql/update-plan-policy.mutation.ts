import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import type { RequestContext } from '../../../graphql/context.js';
import type { ActionPlanProblem } from '../domain/action-plan-problem.js';
import type { PlanPolicy } from '../domain/plan-policy.js';
import { updatePlanPolicy } from '../usecases/update-plan-policy.js';
import { ActionPlanErrorType } from './action-plan-payload.type.js';
import { PlanPolicyType } from './plan-policy.type.js';

@InputType('UpdatePlanPolicyInput', { description: 'What to change of the policy; what is left out, or null, stays.' })
class UpdatePlanPolicyInputType {
  @Field(() => Int, {
    description: 'The `version` of the policy that the change was made for; another one is refused.',
  })
  expectedVersion: number;

  @Field(() => Int, { nullable: true, description: 'The fewest skills that an active plan builds, 1 to 3.' })
  minSkills?: number | null;

  @Field(() => Int, { nullable: true, description: 'The most skills that an active plan builds, 1 to 3.' })
  maxSkills?: number | null;

  @Field(() => Int, { nullable: true, description: 'The fewest actions for a skill, 1 to 10.' })
  minActionsPerSkill?: number | null;

  @Field(() => Int, { nullable: true, description: 'The most actions for a skill, 1 to 10.' })
  maxActionsPerSkill?: number | null;

  @Field(() => Int, { nullable: true, description: 'The share of EXPERIENCE in whole percent; the three sum to 100.' })
  experiencePercent?: number | null;

  @Field(() => Int, { nullable: true, description: 'The share of EXPOSURE in whole percent.' })
  exposurePercent?: number | null;

  @Field(() => Int, { nullable: true, description: 'The share of EDUCATION in whole percent.' })
  educationPercent?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The whole actions by which a category may miss its quota, 0 to 10.',
  })
  slack?: number | null;
}

@Access('PART')
@ObjectType('UpdatePlanPolicyPayload', { description: 'The outcome of a change to the plan policy.' })
class UpdatePlanPolicyPayloadType {
  @Field(() => PlanPolicyType, {
    nullable: true,
    description: 'The policy that is in force now; null when there are errors.',
  })
  planPolicy: PlanPolicy | null;

  @Field(() => [ActionPlanErrorType], { description: 'Why nothing was changed; empty when it was.' })
  userErrors: ActionPlanProblem[];
}

@Resolver()
export class UpdatePlanPolicyMutation {
  @Access('CHANGE_PLAN_POLICY')
  @Mutation(() => UpdatePlanPolicyPayloadType, {
    description: 'Puts a new version of the policy in force. Plans that are active keep theirs until they are revised.',
  })
  async updatePlanPolicy(
    @Arg('input', () => UpdatePlanPolicyInputType, { description: 'What to change.' }) input: UpdatePlanPolicyInputType,
    @Ctx() context: RequestContext,
  ): Promise<UpdatePlanPolicyPayloadType> {
    const { expectedVersion, ...terms } = input;
    const given = Object.fromEntries(Object.entries(terms).filter(([, term]) => term != null));
    const result = await updatePlanPolicy(context, { expectedVersion, ...given });
    context.forgetReads();
    return result.ok ? { planPolicy: result.value, userErrors: [] } : { planPolicy: null, userErrors: result.problems };
  }
}
