import type { DataSource, EntityManager } from 'typeorm';
import { newIdentifier } from '../shared/identifier.js';
import type { DemoCompany } from './demo-company.js';

/** Whether the database has nobody in it yet. */
export async function isEmpty(dataSource: DataSource): Promise<boolean> {
  const [row] = (await dataSource.query('select not exists (select from employee) as empty')) as { empty: boolean }[];
  return row!.empty;
}

/** Puts the demo company into the database. What is there already stays as it is, so that loading it again changes nothing. */
export async function loadDemoCompany(dataSource: DataSource, company: DemoCompany): Promise<void> {
  await dataSource.transaction(async (manager) => {
    await loadDepartments(manager, company.departments);
    await loadSkills(manager, company.skills);
    await loadRoles(manager, company.roles);
    await loadEmployees(manager, company.employees);
  });
}

/** The rows with an id each, for where they are new. */
const identified = <Row extends object>(rows: Row[]): (Row & { id: string })[] =>
  rows.map((row) => ({ id: newIdentifier(new Date()), ...row }));

/** Runs a statement over rows given as JSON in `$1`. */
async function run(manager: EntityManager, statement: string, rows: object[]): Promise<void> {
  await manager.query(statement, [JSON.stringify(rows)]);
}

async function loadDepartments(manager: EntityManager, departments: DemoCompany['departments']): Promise<void> {
  const rows = identified(departments);
  await run(
    manager,
    `insert into department (id, external_id, name)
     select id, "externalId", name from jsonb_to_recordset($1) as given (id uuid, "externalId" text, name text)
     on conflict (external_id) do nothing`,
    rows,
  );
  // Only those that have just come: their ids are the ones that were given to them.
  await run(
    manager,
    `update department set parent_id = parent.id
     from jsonb_to_recordset($1) as given (id uuid, "parentExternalId" text)
     join department as parent on parent.external_id = given."parentExternalId"
     where department.id = given.id`,
    rows,
  );
}

async function loadSkills(manager: EntityManager, skills: DemoCompany['skills']): Promise<void> {
  await run(
    manager,
    `insert into skill (id, external_id, name, description, category)
     select id, "externalId", name, description, category from jsonb_to_recordset($1)
       as given (id uuid, "externalId" text, name text, description text, category text)
     on conflict (external_id) do nothing`,
    identified(skills),
  );
  const aliases = skills.flatMap(({ externalId, aliases }) =>
    aliases.map((alias, position) => ({ externalId, alias, position })),
  );
  await run(
    manager,
    `insert into skill_alias (skill_id, alias, position)
     select skill.id, given.alias, given.position
     from jsonb_to_recordset($1) as given ("externalId" text, alias text, position smallint)
     join skill on skill.external_id = given."externalId"
     on conflict (skill_id, alias) do nothing`,
    aliases,
  );
}

async function loadRoles(manager: EntityManager, roles: DemoCompany['roles']): Promise<void> {
  await run(
    manager,
    `insert into role (id, external_id, title, department_id, level)
     select given.id, given."externalId", given.title, department.id, given.level from jsonb_to_recordset($1)
       as given (id uuid, "externalId" text, title text, "departmentExternalId" text, level smallint)
     join department on department.external_id = given."departmentExternalId"
     on conflict (external_id) do nothing`,
    identified(roles),
  );
  const required = roles.flatMap(({ externalId, requiredSkills }) =>
    requiredSkills.map((skill) => ({ externalId, ...skill })),
  );
  await run(
    manager,
    `insert into role_skill (role_id, skill_id, level)
     select role.id, skill.id, given.level
     from jsonb_to_recordset($1) as given ("externalId" text, "skillExternalId" text, level smallint)
     join role on role.external_id = given."externalId"
     join skill on skill.external_id = given."skillExternalId"
     on conflict (role_id, skill_id) do nothing`,
    required,
  );
}

async function loadEmployees(manager: EntityManager, employees: DemoCompany['employees']): Promise<void> {
  const rows = identified(employees);
  await run(
    manager,
    `insert into employee (id, external_id, name, work_email, job_title, department_id, role_id, hired_on, employment_status)
     select given.id, given."externalId", given.name, given."workEmail", given."jobTitle", department.id, role.id,
       given."hiredOn", given."employmentStatus"
     from jsonb_to_recordset($1) as given (id uuid, "externalId" text, name text, "workEmail" text, "jobTitle" text,
       "departmentExternalId" text, "roleExternalId" text, "hiredOn" date, "employmentStatus" text)
     join department on department.external_id = given."departmentExternalId"
     join role on role.external_id = given."roleExternalId"
     on conflict (external_id) do nothing`,
    rows,
  );
  await run(
    manager,
    `update employee set manager_id = manager.id
     from jsonb_to_recordset($1) as given (id uuid, "managerExternalId" text)
     join employee as manager on manager.external_id = given."managerExternalId"
     where employee.id = given.id`,
    rows,
  );
}
