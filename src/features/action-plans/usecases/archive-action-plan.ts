import type { Operation } from '../../../database/operation.js';
import { inTransaction } from '../../../database/transaction.js';
import { success } from '../../../shared/result.js';
import type { ActionPlan } from '../domain/action-plan.js';
import { type ChangedPlan, changeActionPlan } from './change-action-plan.js';
import { turnPlanStatus } from './turn-plan-status.js';

export interface ArchiveActionPlanInput {
  planId: string;
  expectedVersion: number;
  reason?: string | null;
}

/** The plan as it is once it is put away. */
export const archived = (plan: ActionPlan, now: Date): ActionPlan => ({ ...plan, status: 'ARCHIVED', archivedAt: now });

/** Puts a plan away that nobody follows any longer. */
export function archiveActionPlan(operation: Operation, input: ArchiveActionPlanInput): Promise<ChangedPlan> {
  return inTransaction(operation, (manager) =>
    changeActionPlan(manager, operation, { ...input, kind: 'ARCHIVED' }, (plan) =>
      turnPlanStatus(plan, 'ARCHIVED', () => success(archived(plan, operation.clock.now()))),
    ),
  );
}
