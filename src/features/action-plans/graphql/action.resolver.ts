import { Ctx, FieldResolver, Float, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../../graphql/context.js';
import type { Skill } from '../../skills/domain/skill.js';
import { SkillType } from '../../skills/graphql/skill.type.js';
import type { Action, ActionPlan, PlanSkill } from '../domain/action-plan.js';
import { percentCompleteOfSkill } from '../domain/percent-complete.rules.js';
import { type PlanWording, wordingOf } from '../domain/plan-wording.rules.js';
import { reviewSmart } from '../domain/smart.rules.js';
import type { SmartReview } from '../domain/smart-review.js';
import { ActionPlanType, ActionType, PlanSkillType, type RankedPlanSkill } from './action-plan.type.js';
import { earliestDueOn } from './earliest-due-on.js';
import { SmartReviewType } from './plan-readiness.type.js';
import { rankedSkill } from './ranked-skill.js';

/** What each plan that was read says: its actions are reviewed one by one, and nobody changes it in the meantime. */
const wordings = new WeakMap<ActionPlan, PlanWording>();

function rememberedWording(plan: ActionPlan): PlanWording {
  const wording = wordings.get(plan) ?? wordingOf(plan);
  wordings.set(plan, wording);
  return wording;
}

@Resolver(() => PlanSkillType)
export class PlanSkillResolver {
  @FieldResolver(() => ActionPlanType, { description: 'The plan that builds the skill.' })
  plan(@Root() planSkill: PlanSkill, @Ctx() { loaders }: RequestContext): Promise<ActionPlan | null> {
    return loaders.wholeActionPlan.load(planSkill.planId);
  }

  @FieldResolver(() => SkillType, { description: 'The skill in the catalogue.' })
  skill(@Root() planSkill: PlanSkill, @Ctx() { loaders }: RequestContext): Skill | Promise<Skill | null> {
    return planSkill.skill ?? loaders.skill.load(planSkill.skillId);
  }

  @FieldResolver(() => Float, {
    description:
      'How much is done, in percent from 0 to 100: the mean of the actions that are not cancelled, rounded to two decimals; 0 when there are none.',
  })
  percentComplete(@Root() planSkill: PlanSkill): number {
    return percentCompleteOfSkill(planSkill);
  }
}

@Resolver(() => ActionType)
export class ActionResolver {
  @FieldResolver(() => ActionPlanType, { description: 'The plan that the action belongs to.' })
  plan(@Root() action: Action, @Ctx() { loaders }: RequestContext): Promise<ActionPlan | null> {
    return loaders.wholeActionPlan.load(action.planId);
  }

  @FieldResolver(() => PlanSkillType, { description: 'The skill of the plan that the action builds.' })
  async planSkill(@Root() action: Action, @Ctx() { loaders }: RequestContext): Promise<RankedPlanSkill> {
    const plan = await loaders.wholeActionPlan.load(action.planId);
    return rankedSkill(plan!, action.planSkillId)!;
  }

  @FieldResolver(() => SmartReviewType, {
    description:
      'How the action stands against the S.M.A.R.T. criteria. A due date in the past counts only in a DRAFT.',
  })
  async smart(@Root() action: Action, @Ctx() context: RequestContext): Promise<SmartReview> {
    const plan = (await context.loaders.wholeActionPlan.load(action.planId))!;
    return reviewSmart(action, { plan, earliestDueOn: earliestDueOn(plan, context) }, rememberedWording(plan));
  }
}
