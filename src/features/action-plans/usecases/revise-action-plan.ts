import type { Operation } from '../../../database/operation.js';
import { inTransaction } from '../../../database/transaction.js';
import type { CalendarDay } from '../../../shared/clock.js';
import { failure, type Result, success } from '../../../shared/result.js';
import type { Action, ActionPlan } from '../domain/action-plan.js';
import type { ActionPlanProblem } from '../domain/action-plan-problem.js';
import type { PlanEdit } from '../domain/plan-edit.js';
import { applyEdits } from '../domain/plan-edit.rules.js';
import { checkPlanLimits } from '../domain/plan-limits.rules.js';
import type { PlanPolicy } from '../domain/plan-policy.js';
import { judgeReadiness } from '../domain/plan-readiness.rules.js';
import { isEditable } from '../domain/plan-status.rules.js';
import { heldPolicy, holdCurrentPolicy } from '../persistence/plan-policy.repository.js';
import { toProblem } from './activate-action-plan.js';
import { type ChangedPlan, changeActionPlan } from './change-action-plan.js';
import { holdPlanEdits, type PlanEditInput } from './hold-plan-edits.js';

const MAXIMUM_EDITS = 100;

export interface ReviseActionPlanInput {
  planId: string;
  expectedVersion: number;
  edits: PlanEditInput[];
  reason?: string | null;
}

/** Makes any set of edits and judges the plan that comes out of them; all of them are kept, or none. */
export function reviseActionPlan(operation: Operation, input: ReviseActionPlanInput): Promise<ChangedPlan> {
  const { edits } = input;
  return inTransaction(operation, async (manager) => {
    if (edits.length < 1 || edits.length > MAXIMUM_EDITS) {
      const message = `Give 1 to ${MAXIMUM_EDITS} edits; there are ${edits.length}.`;
      return failure([{ code: 'OUT_OF_RANGE', message, path: ['edits'] }]);
    }
    const policy = await holdCurrentPolicy(manager);
    const found = await holdPlanEdits(manager, edits, operation.clock.now());
    return changeActionPlan(manager, operation, { ...input, kind: 'REVISED' }, (plan) =>
      revise(operation, plan, found, heldPolicy(policy)),
    );
  });
}

function revise(
  { clock }: Operation,
  plan: ActionPlan,
  found: () => Result<PlanEdit[], ActionPlanProblem>,
  policy: PlanPolicy,
): ChangedPlan {
  if (!isEditable(plan.status)) {
    const message = `A plan that is ${plan.status} cannot be revised. Create a new plan to go on.`;
    return failure([{ code: 'NOT_EDITABLE', message, path: ['planId'] }]);
  }
  const edits = found();
  if (!edits.ok) return edits;
  const edited = applyEdits(plan, edits.value);
  if (!edited.ok) return edited;
  const absurdities = checkPlanLimits(edited.value);
  if (absurdities.length > 0) return failure(absurdities);
  if (plan.status === 'DRAFT') return edited;
  return judgeActivePlan(plan, { ...edited.value, policy }, clock.today());
}

/** An active plan is judged again, by the policy in force; only due dates that are new must not lie in the past. */
function judgeActivePlan(before: ActionPlan, after: ActionPlan, today: CalendarDay): ChangedPlan {
  const dueOnBefore = new Map(
    before.skills.flatMap((skill) => skill.actions).map((action) => [action.id, action.dueOn]),
  );
  const earliestDueOn = ({ id, dueOn }: Action): CalendarDay | null => (dueOnBefore.get(id) === dueOn ? null : today);
  const { ready, violations } = judgeReadiness(after, after.policy, earliestDueOn);
  return ready ? success(after) : failure(violations.map(toProblem));
}
