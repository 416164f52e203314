import type { DataSource, QueryRunner } from 'typeorm';
import { SCOPE_STATEMENT, scopeValues } from '../../src/database/viewer-scope.js';
import type { TokenClaims } from '../../src/http/sign-in/development-token.js';
import { HR_ADMIN, type TestService } from './service.js';

const NO_TIMEOUTS = { statement: 0, lock: 0, idleInTransaction: 0 };

const ERASE = `mutation ($input: EraseEmployeeInput!) { eraseEmployee(input: $input) {
  erasedEmployeeId erasedAt userErrors { code path } } }`;

/** Erases a person, as HR where nobody else is named. */
export const eraseEmployee = (
  service: TestService,
  employee: { id: string } | { externalId: string },
  as: TokenClaims = HR_ADMIN,
) => service.ask(ERASE, { input: { employee } }, as);

/** A transaction of HR in which the person is erased, and which is to be ended. */
export async function beginErasure(owner: DataSource, employeeId: string): Promise<QueryRunner> {
  const transaction = owner.createQueryRunner();
  await transaction.startTransaction();
  const [{ hr }] = await owner.query(`select id as hr from employee where external_id = 'jordan.lake'`);
  const viewer = { subject: hr, employeeId: hr, roles: ['hr_admin' as const] };
  await transaction.query(
    SCOPE_STATEMENT,
    scopeValues(viewer, { indirectManagersReadPlans: true }, NO_TIMEOUTS, 'BY_VALUES'),
  );
  await transaction.query('select erase_employee($1)', [employeeId]);
  return transaction;
}
