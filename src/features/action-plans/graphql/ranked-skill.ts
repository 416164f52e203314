import type { ActionPlan } from '../domain/action-plan.js';
import type { RankedPlanSkill } from './action-plan.type.js';

/** A skill of the plan with its place; null when the plan does not build it (any longer). */
export function rankedSkill(plan: ActionPlan, planSkillId: string): RankedPlanSkill | null {
  const place = plan.skills.findIndex(({ id }) => id === planSkillId);
  return place < 0 ? null : { ...plan.skills[place]!, rank: place + 1 };
}
