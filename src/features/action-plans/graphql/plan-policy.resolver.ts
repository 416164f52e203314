import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import type { RequestContext } from '../../../graphql/context.js';
import { badUserInput } from '../../../graphql/errors.js';
import type { ActionMix } from '../domain/action-mix.js';
import { judgeActionMix } from '../domain/action-mix.rules.js';
import type { PlanPolicy } from '../domain/plan-policy.js';
import { ActionMixType } from './action-mix.type.js';
import { PlanPolicyType } from './plan-policy.type.js';

const MAXIMUM_COUNT = 1000;

function checkCount(count: number, argument: string): void {
  if (count < 0 || count > MAXIMUM_COUNT) {
    throw badUserInput(`\`${argument}\` must be from 0 to ${MAXIMUM_COUNT}; it is ${count}.`, [argument]);
  }
}

@Resolver()
export class PlanPolicyResolver {
  @Access('STRUCTURE')
  @Query(() => PlanPolicyType, { description: "The company's rules for action plans that are in force." })
  planPolicy(@Ctx() { loaders }: RequestContext): Promise<PlanPolicy> {
    return loaders.currentPlanPolicy();
  }

  @Access('STRUCTURE')
  @Query(() => ActionMixType, {
    description:
      'Judges a mix by the policy in force, with no plan at hand: for a live meter. Each count is from 0 to 1,000.',
  })
  async checkActionMix(
    @Arg('experience', () => Int, { description: 'The number of EXPERIENCE actions.' }) experience: number,
    @Arg('exposure', () => Int, { description: 'The number of EXPOSURE actions.' }) exposure: number,
    @Arg('education', () => Int, { description: 'The number of EDUCATION actions.' }) education: number,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ActionMix> {
    checkCount(experience, 'experience');
    checkCount(exposure, 'exposure');
    checkCount(education, 'education');
    const counts = { EXPERIENCE: experience, EXPOSURE: exposure, EDUCATION: education };
    return judgeActionMix(counts, await loaders.currentPlanPolicy());
  }
}
