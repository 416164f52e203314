import type { Reference } from '../shared/reference.js';
import type { Conditions } from './conditions.js';

/** The condition that a column with the id of another table's row names what the reference does. */
export function referenceCondition(
  conditions: Conditions,
  column: string,
  table: string,
  reference: Reference,
): string {
  // People are looked up also by their id: who does not exist for the viewer is nobody to find others by.
  if ('id' in reference && table === 'employee') {
    return `${column} = (select id from employee where id = ${conditions.value(reference.id)} and erased_at is null)`;
  }
  if ('id' in reference) return `${column} = ${conditions.value(reference.id)}`;
  return `${column} = (select id from ${table} where external_id = ${conditions.value(reference.externalId)})`;
}
