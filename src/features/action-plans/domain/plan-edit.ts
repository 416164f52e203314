import type { CalendarDay } from '../../../shared/clock.js';
import type { ActionKind } from './action-kind.js';

/** What can be said of an action when it is planned. */
export interface ActionContent {
  kind: ActionKind;
  title: string;
  description: string | null;
  successMeasure: string | null;
  expectedOutcome: string | null;
  startOn: CalendarDay | null;
  dueOn: CalendarDay | null;
  timeFrame: string | null;
}

/** An action that an edit adds, with the id that it will have. */
export interface NewAction extends ActionContent {
  id: string;
}

/** A skill that an edit adds, with the id that it will have in the plan. */
export interface NewPlanSkill {
  id: string;
  skillId: string;
  skillName: string;
  skillAliases: string[];
  outcome: string | null;
  actions: NewAction[];
}

/** Names a skill of the plan: by its place in the plan, or by the skill of the catalogue (a plan has each once). */
export type PlanSkillReference = { id: string } | { skillId: string };

/**
 * One edit of a plan. Fields left out stay as they are.
 * Positions count from 0 among the actions of a skill, ranks from 1; left out, or beyond the end, they mean the end.
 */
export type PlanEdit =
  | { kind: 'changePlan'; goal?: string; targetRoleId?: string | null; targetOn?: CalendarDay | null }
  | { kind: 'addSkill'; skill: NewPlanSkill; rank?: number }
  | { kind: 'changeSkill'; planSkill: PlanSkillReference; outcome?: string | null }
  | { kind: 'removeSkill'; planSkill: PlanSkillReference }
  | { kind: 'reorderSkills'; planSkills: PlanSkillReference[] }
  | { kind: 'addAction'; planSkill: PlanSkillReference; action: NewAction; position?: number }
  | { kind: 'changeAction'; actionId: string; content: Partial<ActionContent> }
  | { kind: 'moveAction'; actionId: string; planSkill?: PlanSkillReference; position?: number }
  | { kind: 'cancelAction'; actionId: string };

export type PlanEditKind = PlanEdit['kind'];
