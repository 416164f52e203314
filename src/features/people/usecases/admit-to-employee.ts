import type { EntityManager } from 'typeorm';
import type { Operation } from '../../../database/operation.js';
import { isGranted, standingsTowards } from '../../../shared/access.js';
import type { AccessSubject } from '../../../shared/access-table.js';
import type { Identifier } from '../../../shared/identifier.js';
import { NotPermittedError } from '../../../shared/not-permitted.js';
import type { Reference } from '../../../shared/reference.js';
import { findSubordinate } from '../persistence/reporting-line.repository.js';

/**
 * The person whom the viewer wants to do something for.
 * @returns null when there is nobody by that name whom the viewer may see
 * @throws NotPermittedError when the viewer may see the person, but not do this
 */
export async function admitToEmployee(
  manager: EntityManager,
  { viewer, audit, database: { accessSettings } }: Operation,
  reference: Reference,
  subject: AccessSubject,
): Promise<Identifier | null> {
  const person = await findSubordinate(manager, reference, viewer.employeeId);
  if (!person) return null;
  audit.about(person.id);
  const standings = standingsTowards(viewer, person.id, person.depth);
  if (isGranted(subject, standings, accessSettings)) return person.id;
  const isVisible = isGranted(person.employed ? 'DIRECTORY' : 'EMPLOYMENT', standings, accessSettings);
  if (isVisible) throw new NotPermittedError(subject);
  return null;
}
