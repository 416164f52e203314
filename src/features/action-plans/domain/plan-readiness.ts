/** The rules that a plan has to meet before it can become ACTIVE. */
export const PLAN_RULES = [
  'SKILL_COUNT',
  'ACTIONS_PER_SKILL',
  'ACTION_MIX',
  'SMART_SPECIFIC',
  'SMART_MEASURABLE',
  'SMART_ACTIONABLE',
  'SMART_RELEVANT',
  'SMART_TIME_BOUND',
] as const;

export type PlanRule = (typeof PLAN_RULES)[number];

/** One rule that one part of a plan does not meet. */
export interface RuleViolation {
  rule: PlanRule;
  /** What is wrong, and what would be right. */
  message: string;
  /** Where in the plan, such as `["skills", "1", "actions", "0", "title"]`; positions count cancelled actions too. */
  path: string[];
}

/** Whether a plan can become ACTIVE, and everything that still stands against it. */
export interface PlanReadiness {
  /** True when there are no violations. */
  ready: boolean;
  /** Those of the whole plan first, then by skill and action. */
  violations: RuleViolation[];
}
