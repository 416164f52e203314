import type { PlanStatus } from './action-plan.js';

const TRANSITIONS: Readonly<Record<PlanStatus, readonly PlanStatus[]>> = {
  DRAFT: ['ACTIVE', 'ARCHIVED'],
  ACTIVE: ['COMPLETED', 'ARCHIVED'],
  COMPLETED: [],
  ARCHIVED: [],
};

/** The statuses that a plan can change to; none once it is COMPLETED or ARCHIVED. */
export function allowedTransitions(status: PlanStatus): readonly PlanStatus[] {
  return TRANSITIONS[status];
}

/** Why a plan cannot change from one status to another, and what it can do instead; null when it can. */
export function refuseTransition(from: PlanStatus, to: PlanStatus): string | null {
  const allowed = allowedTransitions(from);
  if (allowed.includes(to)) return null;
  const problem = from === to ? `The plan is ${from} already.` : `A plan that is ${from} cannot become ${to}.`;
  return allowed.length === 0
    ? `${problem} ${from} is final: create a new plan to go on.`
    : `${problem} It can become ${allowed.join(' or ')}.`;
}

/** Whether a plan can still be revised: DRAFT and ACTIVE can, COMPLETED and ARCHIVED cannot. */
export function isEditable(status: PlanStatus): boolean {
  return allowedTransitions(status).length > 0;
}
