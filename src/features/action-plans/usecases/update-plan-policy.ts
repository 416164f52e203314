import type { Operation } from '../../../database/operation.js';
import { inTransaction, violatedConstraint } from '../../../database/transaction.js';
import { newIdentifier } from '../../../shared/identifier.js';
import { failure, type Result, success } from '../../../shared/result.js';
import type { ActionPlanProblem } from '../domain/action-plan-problem.js';
import type { PlanPolicy, PlanPolicyTerms } from '../domain/plan-policy.js';
import { checkPlanPolicyTerms } from '../domain/plan-policy.rules.js';
import { addPolicy, currentPolicy } from '../persistence/plan-policy.repository.js';

export interface UpdatePlanPolicyInput extends Partial<PlanPolicyTerms> {
  expectedVersion: number;
}

type UpdatedPolicy = Result<PlanPolicy, ActionPlanProblem>;

/** Puts a new version of the company's rules in force. Active plans keep the one that they were activated under. */
export async function updatePlanPolicy(operation: Operation, input: UpdatePlanPolicyInput): Promise<UpdatedPolicy> {
  try {
    return await update(operation, input);
  } catch (error) {
    if (violatedConstraint(error) !== 'plan_policy_version_key') throw error;
    return update(operation, input); // somebody was faster: this time the version tells
  }
}

function update(operation: Operation, input: UpdatePlanPolicyInput): Promise<UpdatedPolicy> {
  const { viewer, clock } = operation;
  const { expectedVersion, ...terms } = input;
  return inTransaction(operation, async (manager) => {
    const current = await currentPolicy(manager);
    if (current.version !== expectedVersion) return failure([versionConflict(current.version, expectedVersion)]);
    const isChange = Object.entries(terms).some(([term, value]) => current[term as keyof PlanPolicyTerms] !== value);
    if (!isChange) return success(current);
    const now = clock.now();
    const next = { ...current, ...terms, id: newIdentifier(now), version: current.version + 1, createdAt: now };
    const problems = checkPlanPolicyTerms(next);
    if (problems.length > 0) return failure(problems.map((problem) => ({ code: 'OUT_OF_RANGE' as const, ...problem })));
    await addPolicy(manager, next, viewer.employeeId);
    return success(next);
  });
}

function versionConflict(currentVersion: number, expectedVersion: number): ActionPlanProblem {
  return {
    code: 'VERSION_CONFLICT',
    message: `The policy is at version ${currentVersion}, not ${expectedVersion}: somebody changed it. Read it again and repeat your change.`,
    path: ['expectedVersion'],
    currentVersion,
  };
}
