import type { EntityManager } from 'typeorm';
import type { HeldStatement } from '../../../database/held-statement.js';
import type { Operation } from '../../../database/operation.js';
import type { AccessSubject } from '../../../shared/access-table.js';
import type { ActionPlan } from '../domain/action-plan.js';
import { holdPlanOwner, lockPlan, type PlanOwner, type PlanPlace } from '../persistence/action-plan.repository.js';
import { mayTreatPlan } from './may-treat-plan.js';

/**
 * The plan that the viewer wants to change, locked, in one round trip. Whoever may not change it has no lock either: Postgres
 * gives it to nobody else.
 * @returns null when there is none that the viewer may see
 * @throws NotPermittedError when the viewer may see the plan, but not do this
 */
export async function admitToPlan(
  manager: EntityManager,
  operation: Operation,
  place: PlanPlace,
  subject: AccessSubject,
): Promise<ActionPlan | null> {
  const owners = await holdPlanOwner(manager, place, operation.viewer);
  const plan = await lockOf(manager, operation, place, owners);
  const [owner] = owners.rows;
  return owner && mayTreatPlan(operation, owner, subject) ? plan : null;
}

/** Whose plan it is, the trail is to know also of a call that ends while it waits for the lock. */
async function lockOf(
  manager: EntityManager,
  { audit }: Operation,
  place: PlanPlace,
  owners: HeldStatement<PlanOwner>,
): Promise<ActionPlan | null> {
  try {
    return await lockPlan(manager, place);
  } catch (error) {
    const [owner] = owners.isAnswered ? owners.rows : [];
    if (owner) audit.about(owner.employeeId);
    throw error;
  }
}
