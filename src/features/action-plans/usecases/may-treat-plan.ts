import type { Operation } from '../../../database/operation.js';
import { hasToAccountFor, isGranted, standingsTowards } from '../../../shared/access.js';
import type { AccessSubject } from '../../../shared/access-table.js';
import { NotPermittedError } from '../../../shared/not-permitted.js';
import type { PlanOwner } from '../persistence/action-plan.repository.js';

/**
 * Whether the viewer may treat a plan so.
 * @returns false when the viewer may not even see it, so that for them there is none
 * @throws NotPermittedError when the viewer may read the plan, but not do this
 */
export function mayTreatPlan(
  { viewer, audit, database: { accessSettings } }: Operation,
  { employeeId, depth }: PlanOwner,
  subject: AccessSubject,
): boolean {
  audit.about(employeeId);
  const standings = standingsTowards(viewer, employeeId, depth);
  if (isGranted(subject, standings, accessSettings)) {
    // To hand out again what an earlier call created is to read it.
    if (viewer.employeeId !== employeeId && hasToAccountFor(subject, viewer, accessSettings))
      audit.saw(subject, employeeId);
    return true;
  }
  if (isGranted('ACTION_PLAN', standings, accessSettings)) throw new NotPermittedError(subject);
  return false;
}
