import type { CalendarDay } from '../../../shared/clock.js';
import type { Skill } from '../../skills/domain/skill.js';
import type { ActionCategory, ActionKind } from './action-kind.js';
import type { PlanPolicy } from './plan-policy.js';

export const PLAN_STATUSES = ['DRAFT', 'ACTIVE', 'COMPLETED', 'ARCHIVED'] as const;
export type PlanStatus = (typeof PLAN_STATUSES)[number];

export const PLAN_OUTCOMES = ['GOAL_REACHED', 'GOAL_PARTLY_REACHED', 'GOAL_NOT_REACHED'] as const;
export type PlanOutcome = (typeof PLAN_OUTCOMES)[number];

export const ACTION_STATUSES = ['NOT_STARTED', 'IN_PROGRESS', 'DONE', 'CANCELLED'] as const;
export type ActionStatus = (typeof ACTION_STATUSES)[number];

/** One thing to do for one skill of the plan. */
export interface Action {
  id: string;
  planId: string;
  planSkillId: string;
  kind: ActionKind;
  category: ActionCategory;
  title: string;
  description: string | null;
  successMeasure: string | null;
  /** What the action should change for the skill; when empty, the skill's outcome stands in for it. */
  expectedOutcome: string | null;
  startOn: CalendarDay | null;
  dueOn: CalendarDay | null;
  timeFrame: string | null;
  status: ActionStatus;
  /** Whole percent, 0 to 100; 100 exactly when the status is DONE, or was before the action was cancelled. */
  percentComplete: number;
}

/** One of the skills that a plan builds, with its actions in order, cancelled ones included. */
export interface PlanSkill {
  id: string;
  planId: string;
  skillId: string;
  /** The name of the skill in the catalogue. */
  skillName: string;
  /** Its other names there. */
  skillAliases: string[];
  /** Its entry there, where that was read with the plan. */
  skill?: Skill;
  outcome: string | null;
  actions: Action[];
}

/** What a plan says about itself, without its skills. */
export interface ActionPlanSummary {
  id: string;
  employeeId: string;
  goal: string;
  targetRoleId: string | null;
  targetOn: CalendarDay | null;
  status: PlanStatus;
  /** 1 when created, one more with each revision or change of status. */
  version: number;
  outcome: PlanOutcome | null;
  closingNote: string | null;
  createdAt: Date;
  updatedAt: Date;
  activatedAt: Date | null;
  completedAt: Date | null;
  archivedAt: Date | null;
}

/** A whole plan: the aggregate that is read, judged and saved as one. */
export interface ActionPlan extends ActionPlanSummary {
  /** In rank order: the first has rank 1. */
  skills: PlanSkill[];
  /** The policy that the plan is judged by: its own once it has been active, else the company's current one. */
  policy: PlanPolicy;
}

/** The actions of a plan that count: all that are not cancelled. */
export function liveActions(plan: Pick<ActionPlan, 'skills'>): Action[] {
  const live: Action[] = [];
  for (const { actions } of plan.skills) {
    for (const action of actions) {
      if (action.status !== 'CANCELLED') live.push(action);
    }
  }
  return live;
}

/** An action of the plan; null when the plan does not have it (any longer). */
export function findAction(plan: Pick<ActionPlan, 'skills'>, actionId: string): Action | null {
  return plan.skills.flatMap((skill) => skill.actions).find(({ id }) => id === actionId) ?? null;
}
