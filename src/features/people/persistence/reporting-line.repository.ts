import type { EntityManager } from 'typeorm';
import type { ReportingDepth } from '../../../shared/access.js';
import type { Reference } from '../../../shared/reference.js';

/** Somebody, and how far above them the viewer is. */
export interface Subordinate {
  id: string;
  employed: boolean;
  depth: ReportingDepth;
}

/** That the viewer has not been erased while they waited: then nothing is there for them any longer. */
export const viewerIsHere = (viewer: string): string =>
  `(${viewer}::uuid is null or exists (select from employee as viewer where viewer.id = ${viewer} and viewer.erased_at is null))`;

/** The person that a reference names, seen from another one; null when there is none. */
export async function findSubordinate(
  manager: EntityManager,
  reference: Reference,
  viewerEmployeeId: string | null,
): Promise<Subordinate | null> {
  const [column, value] = 'id' in reference ? ['id', reference.id] : ['external_id', reference.externalId];
  const [found] = (await manager.query(
    `select employee.id, employee.employed, reporting_line.depth from employee
     left join reporting_line on reporting_line.report_id = employee.id and reporting_line.manager_id = $2
     where employee.${column} = $1 and employee.erased_at is null and ${viewerIsHere('$2')}`,
    [value, viewerEmployeeId],
  )) as Subordinate[];
  return found ?? null;
}
