import type { EntityManager } from 'typeorm';
import type { Operation } from '../../../database/operation.js';
import { newIdentifier } from '../../../shared/identifier.js';
import { failure, type Result, success } from '../../../shared/result.js';
import { tidyOptionalText } from '../../../shared/text.js';
import type { ActionPlan } from '../domain/action-plan.js';
import type { ActionPlanProblem } from '../domain/action-plan-problem.js';
import { planDifference } from '../domain/plan-difference.js';
import { checkPlanText } from '../domain/plan-limits.rules.js';
import type { PlanRevisionKind } from '../domain/plan-revision.js';
import { savePlan, saveRevision } from '../persistence/action-plan.repository.js';
import { admitToPlan } from './admit-to-plan.js';

export type ChangedPlan = Result<ActionPlan, ActionPlanProblem>;

export interface PlanChangeRequest {
  planId: string;
  expectedVersion: number;
  kind: PlanRevisionKind;
  reason?: string | null;
}

/**
 * The one way in which a stored plan changes: locked, compared with the version that the caller saw, turned into its
 * next state by `turn`, saved, and its revision written. A turn that changes nothing leaves no revision.
 */
export async function changeActionPlan(
  manager: EntityManager,
  operation: Operation,
  request: PlanChangeRequest,
  turn: (plan: ActionPlan) => ChangedPlan | Promise<ChangedPlan>,
): Promise<ChangedPlan> {
  const before = await admitToPlan(manager, operation, { planId: request.planId }, 'CHANGE_PLAN');
  if (!before) return failure([{ code: 'NOT_FOUND', message: 'There is no such plan.', path: ['planId'] }]);
  if (before.version !== request.expectedVersion) return failure([versionConflict(before, request)]);
  const tooLong = checkPlanText('reason', request.reason, ['reason']);
  if (tooLong.length > 0) return failure(tooLong);
  const turned = await turn(before);
  return turned.ok ? success(await keep(manager, operation, request, before, turned.value)) : turned;
}

async function keep(
  manager: EntityManager,
  { viewer, clock }: Operation,
  request: PlanChangeRequest,
  before: ActionPlan,
  turned: ActionPlan,
): Promise<ActionPlan> {
  const changes = planDifference(before, turned);
  if (changes.length === 0) return before;
  const now = clock.now();
  const after = { ...turned, version: before.version + 1, updatedAt: now };
  await savePlan(manager, before, after);
  await saveRevision(manager, after, {
    id: newIdentifier(now),
    planId: after.id,
    version: after.version,
    kind: request.kind,
    authorId: viewer.employeeId,
    changes,
    reason: tidyOptionalText(request.reason),
    createdAt: now,
  });
  return after;
}

function versionConflict({ version }: ActionPlan, { expectedVersion }: PlanChangeRequest): ActionPlanProblem {
  return {
    code: 'VERSION_CONFLICT',
    message: `The plan is at version ${version}, not ${expectedVersion}: somebody changed it. Read it again and repeat your change.`,
    path: ['expectedVersion'],
    currentVersion: version,
  };
}
