import { LRUCache } from 'lru-cache';
import type { RememberedEmployee } from '../../shared/viewer-confirmation.js';
import type { EmployeeName } from './identity.js';

/** Who is remembered, at most; who was not here for the longest time is looked up anew. */
const MAXIMUM_EMPLOYEES = 25_000;

const keyOf = ({ match, value }: EmployeeName): string => `${match} ${value}`;

/** Whom tokens have named. It is only ever gone by once Postgres has said that it still holds. See docs/adr/0019. */
export class KnownEmployees {
  private readonly employees = new LRUCache<string, RememberedEmployee>({ max: MAXIMUM_EMPLOYEES });

  recall(name: EmployeeName): RememberedEmployee | null {
    return this.employees.get(keyOf(name)) ?? null;
  }

  remember(name: EmployeeName, employee: RememberedEmployee): void {
    this.employees.set(keyOf(name), employee);
  }

  forget(name: EmployeeName): void {
    this.employees.delete(keyOf(name));
  }
}
