import { batchLoader } from '../../../database/batch-loader.js';
import { Conditions } from '../../../database/conditions.js';
import { childPages, type List, readPage } from '../../../database/page.js';
import { escapePattern, lowered } from '../../../database/pattern.js';
import type { Reader } from '../../../database/reader.js';
import { referenceCondition } from '../../../database/reference-condition.js';
import type { PageRequest } from '../../../shared/page.js';
import type { Reference } from '../../../shared/reference.js';
import type { Employee, EmploymentStatus } from '../domain/employee.js';

const document = `json_build_object('id', employee.id, 'externalId', employee.external_id, 'name', employee.name,
  'workEmail', employee.work_email, 'jobTitle', employee.job_title, 'departmentId', employee.department_id,
  'roleId', employee.role_id, 'managerId', employee.manager_id, 'hiredOn', employee.hired_on,
  'employmentStatus', employee.employment_status)`;

const byName: List = {
  name: 'employees',
  item: document,
  from: 'employee',
  order: [
    { sql: 'employee.name', type: 'text' },
    { sql: 'employee.id', type: 'uuid' },
  ],
};

export interface EmployeeFilter {
  department?: Reference;
  manager?: Reference;
  employmentStatus?: EmploymentStatus;
  /** A part of the name. */
  search?: string;
}

function employeeConditions(filter: EmployeeFilter): Conditions {
  const conditions = new Conditions();
  if (filter.department) {
    conditions.add(referenceCondition(conditions, 'employee.department_id', 'department', filter.department));
  }
  if (filter.manager) conditions.add(referenceCondition(conditions, 'employee.manager_id', 'employee', filter.manager));
  if (filter.employmentStatus) {
    conditions.add(`employee.employment_status = ${conditions.value(filter.employmentStatus)}`);
  }
  if (filter.search) {
    conditions.add(`lower(employee.name) like ${lowered(conditions.value(`%${escapePattern(filter.search)}%`))}`);
  }
  return conditions;
}

export function employeeLoaders(reader: Reader) {
  return {
    employee: batchLoader<Employee>(
      reader,
      `select employee.id as key, ${document} as item from employee where id = any ($1)`,
    ),
    employeeByExternalId: batchLoader<Employee>(
      reader,
      `select external_id as key, ${document} as item from employee where external_id = any ($1)`,
    ),
    employees: (filter: EmployeeFilter, request: PageRequest) =>
      readPage<Employee>(reader, byName, employeeConditions(filter), request),
    reports: childPages<Employee>(reader, { ...byName, name: 'reports' }, 'employee.manager_id'),
  };
}
