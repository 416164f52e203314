export const PLAN_REVISION_KINDS = ['CREATED', 'REVISED', 'ACTIVATED', 'COMPLETED', 'ARCHIVED'] as const;
export type PlanRevisionKind = (typeof PLAN_REVISION_KINDS)[number];

export const PLAN_CHANGE_SUBJECTS = ['PLAN', 'SKILL', 'ACTION'] as const;
export type PlanChangeSubject = (typeof PLAN_CHANGE_SUBJECTS)[number];

export const PLAN_CHANGE_OPERATIONS = ['ADDED', 'CHANGED', 'REMOVED'] as const;
export type PlanChangeOperation = (typeof PLAN_CHANGE_OPERATIONS)[number];

/** One difference between two versions of a plan. */
export interface PlanChange {
  operation: PlanChangeOperation;
  subject: PlanChangeSubject;
  /** The plan, the plan skill or the action that differs. */
  subjectId: string;
  /** What a person calls the subject: the goal, the skill's name, the action's title. */
  label: string;
  /** The field, by its name in the API; null in the entry that says that the whole subject was added or removed. */
  field: string | null;
  before: string | null;
  after: string | null;
}

/** One entry of a plan's history. */
export interface PlanRevision {
  id: string;
  planId: string;
  /** The version that the plan has since then. */
  version: number;
  kind: PlanRevisionKind;
  /** Null when a service did it. */
  authorId: string | null;
  changes: PlanChange[];
  reason: string | null;
  createdAt: Date;
}
