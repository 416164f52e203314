import type { PlanRule } from './plan-readiness.js';

/** Why a plan, or the company's plan policy, was not changed. */
export const ACTION_PLAN_PROBLEM_CODES = [
  'NOT_FOUND',
  'VERSION_CONFLICT',
  'IDEMPOTENCY_KEY_REUSED',
  'TRANSITION_NOT_ALLOWED',
  'NOT_EDITABLE',
  'ACTION_CANCELLED',
  'TOO_MANY_SKILLS',
  'DUPLICATE_SKILL',
  'TOO_MANY_ACTIONS',
  'END_BEFORE_START',
  'TEXT_REQUIRED',
  'TEXT_TOO_LONG',
  'OUT_OF_RANGE',
] as const;

export type ActionPlanProblemCode = (typeof ACTION_PLAN_PROBLEM_CODES)[number] | PlanRule;

export interface ActionPlanProblem {
  code: ActionPlanProblemCode;
  /** A sentence that a person can act on. */
  message: string;
  /** Where in the input; for a broken rule, where in the plan as it would have been. */
  path: string[];
  /** With VERSION_CONFLICT: the version that is stored. */
  currentVersion?: number;
}
