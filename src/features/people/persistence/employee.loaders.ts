import { batchLoader } from '../../../database/batch-loader.js';
import { ChildPages } from '../../../database/child-pages.js';
import { Conditions } from '../../../database/conditions.js';
import { type List, readPage } from '../../../database/page.js';
import { escapePattern, hasTrigram, hasWord, lowered } from '../../../database/pattern.js';
import type { Reader } from '../../../database/reader.js';
import { referenceCondition } from '../../../database/reference-condition.js';
import { type Details, detailsCondition } from '../../../database/source.js';
import type { ReportLookup } from '../../../database/visibility.js';
import type { PageRequest } from '../../../shared/page.js';
import type { Reference } from '../../../shared/reference.js';
import type { Employee, EmploymentStatus } from '../domain/employee.js';

const document = `json_build_object('id', employee.id, 'externalId', employee.external_id, 'name', employee.name,
  'jobTitle', employee.job_title, 'departmentId', employee.department_id, 'workEmail', employment.work_email,
  'roleId', employment.role_id, 'managerId', employment.manager_id, 'hiredOn', employment.hired_on,
  'employmentStatus', employment.employment_status)`;

const employment: Details = {
  table: 'employment',
  key: 'employment.employee_id',
  of: 'employee.id',
  visibility: { subject: 'EMPLOYMENT', employee: 'employment.employee_id' },
};

const byName: List = {
  name: 'employees',
  item: document,
  from: 'employee',
  visibility: { subject: 'DIRECTORY', employee: 'employee.id', asColleague: 'employee.employed' },
  details: employment, // for fewer eyes
  links: {
    id: 'employee.id',
    department: 'employee.department_id',
    role: 'employment.role_id',
    manager: 'employment.manager_id',
  },
  order: [
    { sql: 'employee.name', type: 'text' },
    { sql: 'employee.id', type: 'uuid' },
  ],
};

export interface EmployeeFilter {
  department?: Reference;
  manager?: Reference;
  employmentStatus?: EmploymentStatus;
  /** A part of the name; two characters are the beginning of a word of it, one is the beginning of all of it. */
  search?: string;
}

/** Comes after every text that begins like the one before it, in the order of names. */
const LAST_CHARACTER = '\uffff';

/**
 * A single letter is at the beginning of so many words that only those are found whose name begins so: they stand together in
 * the index that the list is ordered by, and no more of them are read than go on the page.
 */
function beginsWith(conditions: Conditions, letter: string): string {
  const first = lowered(conditions.value(letter));
  const like = lowered(conditions.value(`${escapePattern(letter)}%`)); // the order holds accents together, the search does not
  return `employee.name >= ${first} and employee.name < ${first} || '${LAST_CHARACTER}' and lower(employee.name) like ${like}`;
}

/** What the trigram index can find: the text anywhere or, where it is too short for that, at the beginning of a word. */
function namePatterns(search: string): string[] {
  const text = escapePattern(search);
  if (hasTrigram(search)) return [`%${text}%`];
  return [`${text}%`, `% ${text}%`];
}

/**
 * Behind row-level security no index answers `like`; the function asks it for the few, with the condition of the policy.
 * As an array they are found once, and then looked up; of a set Postgres would rather read everybody beside it.
 */
function nameCondition(conditions: Conditions, search: string): string {
  if (!hasWord(search)) return 'false'; // no index knows signs
  if ([...search].length === 1) return beginsWith(conditions, search);
  const found = namePatterns(search).map(
    (pattern) => `select find_employees_by_name(${lowered(conditions.value(pattern))})`,
  );
  return `employee.id = any (array(${found.join(' union ')}))`;
}

function employeeConditions(filter: EmployeeFilter, reader: Reader): Conditions {
  const conditions = new Conditions();
  const employed = (condition: string, lookup?: ReportLookup) =>
    conditions.add(detailsCondition(employment, reader, conditions, condition, lookup));
  if (filter.department) {
    conditions.add(referenceCondition(conditions, 'employee.department_id', 'department', filter.department));
  }
  if (filter.manager) employed(referenceCondition(conditions, 'employment.manager_id', 'employee', filter.manager));
  if (filter.employmentStatus) {
    employed(`employment.employment_status = ${conditions.value(filter.employmentStatus)}`, 'AS_SET'); // nearly all have one
  }
  if (filter.search) {
    conditions.add(nameCondition(conditions, filter.search));
  }
  return conditions;
}

export function employeeLoaders(reader: Reader) {
  return {
    employee: batchLoader<Employee>(reader, { ...byName, key: 'employee.id' }),
    employeeByExternalId: batchLoader<Employee>(reader, { ...byName, key: 'employee.external_id', keyType: 'text' }),
    employees: (filter: EmployeeFilter, request: PageRequest) =>
      readPage<Employee>(reader, byName, employeeConditions(filter, reader), request),
    reports: new ChildPages<Employee>(reader, { ...byName, name: 'reports' }, (parent, conditions) =>
      detailsCondition(employment, reader, conditions, `employment.manager_id = ${parent}`),
    ),
  };
}
