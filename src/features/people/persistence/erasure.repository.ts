import type { EntityManager } from 'typeorm';
import type { Identifier } from '../../../shared/identifier.js';

/** Texts of the whole company are searched for what names the person. In milliseconds. */
const TIMEOUT = 3_600_000;

/**
 * Takes out all that names or quotes a person, once and for all; numbers and states stay. See docs/adr/0013.
 * @returns when; null when they were erased before
 */
export async function erase(manager: EntityManager, employeeId: Identifier): Promise<Date | null> {
  await manager.query(`select set_config('statement_timeout', $1, true)`, [String(TIMEOUT)]);
  const [row] = (await manager.query('select erase_employee($1) as "erasedAt"', [employeeId])) as {
    erasedAt: Date | null;
  }[];
  return row!.erasedAt;
}

/** Lets the audit trail forget who an erased person was. Its entries stay as they are. */
export async function forgetInAudit(manager: EntityManager, employeeId: Identifier): Promise<void> {
  await manager.query('select forget_audit_party($1)', [employeeId]);
}
