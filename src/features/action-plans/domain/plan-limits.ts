import type { CalendarDay } from '../../../shared/clock.js';
import type { ActionKind } from './action-kind.js';
import type { ActionStatus } from './action-plan.js';

/** The longest texts of a plan, in characters (Unicode code points). */
export const PLAN_TEXT_LIMITS = {
  goal: 500,
  title: 200,
  description: 2000,
  successMeasure: 500,
  expectedOutcome: 500,
  outcome: 500,
  timeFrame: 200,
  closingNote: 2000,
  reason: 500,
} as const;

export type PlanTextField = keyof typeof PLAN_TEXT_LIMITS;

/** How large a plan may get, whatever the company's policy says. */
export interface PlanSizeLimits {
  skills: number;
  /** Actions of the whole plan that are not cancelled. */
  liveActions: number;
  /** Actions of the whole plan, cancelled ones included. */
  actions: number;
}

export const PLAN_SIZE_LIMITS: PlanSizeLimits = { skills: 3, liveActions: 30, actions: 100 };

/** What is checked of an action before it is saved; also an action that exists already. */
export interface ActionDraft {
  kind?: ActionKind;
  title: string;
  description?: string | null;
  successMeasure?: string | null;
  expectedOutcome?: string | null;
  startOn?: CalendarDay | null;
  dueOn?: CalendarDay | null;
  timeFrame?: string | null;
  /** Live when missing. */
  status?: ActionStatus;
}

/** What is checked of a plan before it is saved; an `ActionPlan` is one too. */
export interface PlanDraft {
  goal: string;
  targetOn?: CalendarDay | null;
  skills: readonly { skillId: string; outcome?: string | null; actions: readonly ActionDraft[] }[];
}

export const PLAN_LIMIT_CODES = [
  'TOO_MANY_SKILLS',
  'DUPLICATE_SKILL',
  'TOO_MANY_ACTIONS',
  'END_BEFORE_START',
  'TEXT_REQUIRED',
  'TEXT_TOO_LONG',
] as const;

export type PlanLimitCode = (typeof PLAN_LIMIT_CODES)[number];

/** One reason why a plan cannot be saved, not even as a DRAFT. */
export interface PlanLimitProblem {
  code: PlanLimitCode;
  /** What is wrong, and what would be right. */
  message: string;
  /** Where in the plan, such as `["skills", "0", "actions", "2", "title"]`. */
  path: string[];
}
