import type { EntityManager } from 'typeorm';
import { onlyOnce } from '../../../database/idempotency.js';
import type { Operation } from '../../../database/operation.js';
import { inTransaction } from '../../../database/transaction.js';
import { newIdentifier } from '../../../shared/identifier.js';
import { failure, type Result, success } from '../../../shared/result.js';
import { tidyOptionalText } from '../../../shared/text.js';
import { type Action, type ActionPlan, type ActionStatus, findAction } from '../../action-plans/domain/action-plan.js';
import { findOwnerOfAction, lockPlan, readPlan } from '../../action-plans/persistence/action-plan.repository.js';
import { mayTreatPlan } from '../../action-plans/usecases/may-treat-plan.js';
import { checkProgress, completeProgress } from '../domain/progress.rules.js';
import type { ProgressProblem, ProgressUpdate } from '../domain/progress-update.js';
import { addProgressUpdate, findProgressUpdate } from '../persistence/progress-update.repository.js';

export interface RecordProgressInput {
  actionId: string;
  percentComplete?: number | null;
  status?: ActionStatus | null;
  note?: string | null;
  occurredAt?: Date | null;
  idempotencyKey?: string | null;
}

export interface RecordedProgress {
  progressUpdate: ProgressUpdate;
  /** The plan of the action, with what the entry made of it. */
  plan: ActionPlan;
}

type Recorded = Result<RecordedProgress, ProgressProblem>;

/** Adds an entry on an action of an active plan; nothing that was recorded before is changed. */
export function recordProgress(
  operation: Operation,
  { idempotencyKey: key, ...input }: RecordProgressInput,
): Promise<Recorded> {
  const { viewer, clock } = operation;
  const resultId = newIdentifier(clock.now());
  return inTransaction(operation, (manager) =>
    onlyOnce(
      manager,
      { viewer, operation: 'recordProgress', key, input, resultId },
      () => record(manager, operation, input, resultId),
      (id) => readRecorded(manager, operation, id),
    ),
  );
}

/** What an earlier call with the same key recorded, as far as the viewer may still see it. */
async function readRecorded(manager: EntityManager, operation: Operation, id: string): Promise<Recorded> {
  const progressUpdate = await findProgressUpdate(manager, id);
  const owner = progressUpdate && (await findOwnerOfAction(manager, progressUpdate.actionId, operation.viewer));
  if (!owner || !mayTreatPlan(operation, owner, 'PROGRESS')) return noSuchAction();
  return success({ progressUpdate, plan: await readPlan(manager, owner.planId) });
}

async function record(
  manager: EntityManager,
  operation: Operation,
  input: RecordProgressInput,
  id: string,
): Promise<Recorded> {
  const { viewer, clock } = operation;
  const owner = await findOwnerOfAction(manager, input.actionId, viewer);
  const plan = owner && mayTreatPlan(operation, owner, 'RECORD_PROGRESS') && (await lockPlan(manager, owner.planId));
  const action = plan && findAction(plan, input.actionId);
  if (!action) return noSuchAction();
  const closed = refuseProgress(plan, action);
  if (closed) return closed;

  const now = clock.now();
  // What the action has now says nothing about how it stood earlier.
  const state = completeProgress(input, input.occurredAt == null ? action.percentComplete : null);
  if (!state.ok) return state;
  const progressUpdate: ProgressUpdate = {
    id,
    actionId: action.id,
    authorId: viewer.employeeId,
    ...state.value,
    note: tidyOptionalText(input.note),
    occurredAt: input.occurredAt ?? now,
    createdAt: now,
  };
  const problems = checkProgress(progressUpdate, now);
  if (problems.length > 0) return failure(problems);
  // A clock that runs ahead must not outlive what is recorded next.
  if (progressUpdate.occurredAt > now) progressUpdate.occurredAt = now;
  Object.assign(action, await addProgressUpdate(manager, plan.employeeId, progressUpdate));
  return success({ progressUpdate, plan });
}

function refuseProgress(plan: ActionPlan, action: Action): Recorded | null {
  if (plan.status !== 'ACTIVE') {
    return refuse('PLAN_NOT_ACTIVE', `The plan is ${plan.status}. Progress is recorded on ACTIVE plans.`);
  }
  if (action.status === 'CANCELLED') {
    return refuse('ACTION_CANCELLED', 'The action is cancelled. Record progress on one that is not.');
  }
  return null;
}

const noSuchAction = (): Recorded => refuse('NOT_FOUND', 'There is no such action.');

const refuse = (code: ProgressProblem['code'], message: string): Recorded =>
  failure([{ code, message, path: ['actionId'] }]);
