import type { EntityManager } from 'typeorm';
import type { Operation } from '../../../database/operation.js';
import { inTransaction } from '../../../database/transaction.js';
import { failure, success } from '../../../shared/result.js';
import type { ActionPlan } from '../domain/action-plan.js';
import type { ActionPlanProblem } from '../domain/action-plan-problem.js';
import type { RuleViolation } from '../domain/plan-readiness.js';
import { judgeReadiness } from '../domain/plan-readiness.rules.js';
import { lockActivePlanId, lockPlan } from '../persistence/action-plan.repository.js';
import { archived } from './archive-action-plan.js';
import { type ChangedPlan, changeActionPlan } from './change-action-plan.js';
import { turnPlanStatus } from './turn-plan-status.js';

export interface ActivateActionPlanInput {
  planId: string;
  expectedVersion: number;
}

/** A broken rule as a reason why a change was refused. */
export const toProblem = ({ rule, message, path }: RuleViolation): ActionPlanProblem => ({ code: rule, message, path });

/** Makes a plan that meets every rule the active one of its employee; the one before it is archived. */
export function activateActionPlan(operation: Operation, input: ActivateActionPlanInput): Promise<ChangedPlan> {
  return inTransaction(operation, async (manager) => {
    const activePlanId = await lockActivePlanId(manager, input.planId);
    const activate = (plan: ActionPlan): ChangedPlan =>
      turnPlanStatus(plan, 'ACTIVE', () => {
        const { ready, violations } = judgeReadiness(plan, plan.policy, () => operation.clock.today());
        if (!ready) return failure(violations.map(toProblem));
        return success({ ...plan, status: 'ACTIVE', activatedAt: operation.clock.now() });
      });
    // The plan is judged before the other one is archived, and saved after it: there is at most one at any time.
    return changeActionPlan(manager, operation, { ...input, kind: 'ACTIVATED' }, async (plan) => {
      const activated = activate(plan);
      if (activated.ok && activePlanId) await archivePredecessor(manager, operation, activePlanId);
      return activated;
    });
  });
}

async function archivePredecessor(manager: EntityManager, operation: Operation, planId: string): Promise<void> {
  const predecessor = await lockPlan(manager, { planId });
  if (predecessor?.status !== 'ACTIVE') return; // completed or archived while we waited for it
  const request = {
    planId,
    expectedVersion: predecessor.version,
    kind: 'ARCHIVED' as const,
    reason: 'Another plan was activated.',
  };
  await changeActionPlan(manager, operation, request, (plan) => success(archived(plan, operation.clock.now())));
}
