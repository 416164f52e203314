import { failure } from '../../../shared/result.js';
import type { ActionPlan, PlanStatus } from '../domain/action-plan.js';
import { refuseTransition } from '../domain/plan-status.rules.js';
import type { ChangedPlan } from './change-action-plan.js';

/** Hands a plan that may take the status on to `turn`; says which statuses it may take when not this one. */
export function turnPlanStatus(plan: ActionPlan, status: PlanStatus, turn: () => ChangedPlan): ChangedPlan {
  const refusal = refuseTransition(plan.status, status);
  return refusal === null ? turn() : failure([{ code: 'TRANSITION_NOT_ALLOWED', message: refusal, path: ['planId'] }]);
}
