import type { EntityManager } from 'typeorm';
import type { Operation } from '../../../database/operation.js';
import { inTransaction } from '../../../database/transaction.js';
import type { Identifier } from '../../../shared/identifier.js';
import type { Reference } from '../../../shared/reference.js';
import { failure, type Result, success } from '../../../shared/result.js';
import type { EmployeeProblem } from '../domain/employee-problem.js';
import { erase, forgetInAudit } from '../persistence/erasure.repository.js';
import { admitToEmployee } from './admit-to-employee.js';

export interface Erasure {
  employeeId: Identifier;
  erasedAt: Date;
}

const refuse = (code: EmployeeProblem['code'], message: string) => failure([{ code, message, path: ['employee'] }]);

const notFound = () => refuse('NOT_FOUND', 'There is no such employee.');

/** Forgets a person. What is counted of what they did stays. */
export function eraseEmployee(operation: Operation, reference: Reference): Promise<Result<Erasure, EmployeeProblem>> {
  const { viewer, audit } = operation;
  const work = async (manager: EntityManager): Promise<Result<Erasure, EmployeeProblem>> => {
    const employeeId = await admitToEmployee(manager, operation, reference, 'ERASE_PERSON');
    if (!employeeId) return notFound();
    if (employeeId === viewer.employeeId)
      return refuse('CANNOT_ERASE_YOURSELF', 'Nobody can erase themselves. Ask another HR admin.');
    const erasedAt = await erase(manager, employeeId);
    if (!erasedAt) return notFound();
    // Afterwards the trail no longer knows whom it is about.
    await audit.recordDone((text, values) => manager.query(text, values));
    await forgetInAudit(manager, employeeId);
    return success({ employeeId, erasedAt });
  };
  return inTransaction(operation, work, 'BY_VALUES'); // whom texts name is looked for as fits the name
}
