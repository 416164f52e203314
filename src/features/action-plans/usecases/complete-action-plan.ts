import type { Operation } from '../../../database/operation.js';
import { inTransaction } from '../../../database/transaction.js';
import { failure, success } from '../../../shared/result.js';
import { tidyOptionalText } from '../../../shared/text.js';
import type { PlanOutcome } from '../domain/action-plan.js';
import { checkPlanText } from '../domain/plan-limits.rules.js';
import { type ChangedPlan, changeActionPlan } from './change-action-plan.js';
import { turnPlanStatus } from './turn-plan-status.js';

export interface CompleteActionPlanInput {
  planId: string;
  expectedVersion: number;
  outcome: PlanOutcome;
  closingNote?: string | null;
}

/** Closes an active plan, saying what became of its goal. */
export function completeActionPlan(operation: Operation, input: CompleteActionPlanInput): Promise<ChangedPlan> {
  const { outcome } = input;
  const closingNote = tidyOptionalText(input.closingNote);
  return inTransaction(operation, (manager) =>
    changeActionPlan(manager, operation, { ...input, kind: 'COMPLETED' }, (plan) =>
      turnPlanStatus(plan, 'COMPLETED', () => {
        const problems = checkPlanText('closingNote', closingNote, ['closingNote']);
        if (problems.length > 0) return failure(problems);
        return success({ ...plan, status: 'COMPLETED', completedAt: operation.clock.now(), outcome, closingNote });
      }),
    ),
  );
}
