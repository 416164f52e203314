import type { EntityManager } from 'typeorm';
import type { HeldStatement } from '../../../database/held-statement.js';
import { onlyOnce } from '../../../database/idempotency.js';
import type { Operation } from '../../../database/operation.js';
import { inTransaction } from '../../../database/transaction.js';
import { newIdentifier } from '../../../shared/identifier.js';
import { failure, type Result, success } from '../../../shared/result.js';
import { tidyOptionalText } from '../../../shared/text.js';
import { type Action, type ActionPlan, type ActionStatus, findAction } from '../../action-plans/domain/action-plan.js';
import { findPlanOwner, readPlan } from '../../action-plans/persistence/action-plan.repository.js';
import { admitToPlan } from '../../action-plans/usecases/admit-to-plan.js';
import { mayTreatPlan } from '../../action-plans/usecases/may-treat-plan.js';
import { checkProgress, completeProgress } from '../domain/progress.rules.js';
import type { ProgressProblem, ProgressState, ProgressUpdate } from '../domain/progress-update.js';
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

/** What goes out with the commit; how the action stands then is known afterwards. */
interface Recording extends RecordedProgress {
  actionState?: HeldStatement<ProgressState>;
}

/** Adds an entry on an action of an active plan; nothing that was recorded before is changed. */
export async function recordProgress(
  operation: Operation,
  { idempotencyKey: key, ...input }: RecordProgressInput,
): Promise<Recorded> {
  const { viewer, clock } = operation;
  const resultId = newIdentifier(clock.now());
  const recording = await inTransaction(operation, (manager) =>
    onlyOnce<Recording, ProgressProblem>(
      manager,
      { viewer, operation: 'recordProgress', key, input, resultId },
      () => record(manager, operation, input, resultId),
      (id) => readRecorded(manager, operation, id),
    ),
  );
  if (!recording.ok) return recording;
  const { progressUpdate, plan, actionState } = recording.value;
  if (actionState) Object.assign(findAction(plan, progressUpdate.actionId)!, actionState.rows[0]);
  return success({ progressUpdate, plan });
}

/** What an earlier call with the same key recorded, as far as the viewer may still see it. */
async function readRecorded(manager: EntityManager, operation: Operation, id: string): Promise<Recorded> {
  const progressUpdate = await findProgressUpdate(manager, id);
  const owner =
    progressUpdate && (await findPlanOwner(manager, { actionId: progressUpdate.actionId }, operation.viewer));
  if (!owner || !mayTreatPlan(operation, owner, 'PROGRESS')) return noSuchAction();
  return success({ progressUpdate, plan: await readPlan(manager, owner.planId) });
}

async function record(
  manager: EntityManager,
  operation: Operation,
  input: RecordProgressInput,
  id: string,
): Promise<Result<Recording, ProgressProblem>> {
  const { viewer, clock } = operation;
  const plan = await admitToPlan(manager, operation, { actionId: input.actionId }, 'RECORD_PROGRESS');
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
  const actionState = await addProgressUpdate(manager, plan.employeeId, progressUpdate);
  return success({ progressUpdate, plan, actionState });
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
