import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { readDemoCompany } from '../../src/demo/demo-company.js';
import { DEMO_PEOPLE } from '../../src/demo/demo-people.js';
import { isEmpty, loadDemoCompany } from '../../src/demo/load-demo-company.js';
import { connectDatabase } from '../../src/service.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const company = readDemoCompany(path.join(import.meta.dirname, '..', '..', 'demo'));

let database: TestDatabase;
let dataSource: DataSource;
beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await connectDatabase(database.url, 2, true);
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

/** Every row of every table, as text. */
async function everything(): Promise<Record<string, string[]>> {
  const contents: Record<string, string[]> = {};
  for (const { tableName } of dataSource.entityMetadatas) {
    const rows = await dataSource.query(`select whole::text as line from ${tableName} as whole order by line`);
    contents[tableName] = rows.map(({ line }: { line: string }) => line);
  }
  return contents;
}

const numberOf = async (table: string): Promise<number> => (await dataSource.query(`select from ${table}`)).length;

describe('loading it again', () => {
  test('changes nothing', async () => {
    const before = await everything();
    await loadDemoCompany(dataSource, company);
    expect(await everything()).toEqual(before);
    expect(before['employee']).toHaveLength(company.employees.length);
  });

  test('leaves what was changed since as it is', async () => {
    await dataSource.query(`update employee set job_title = 'Something else', manager_id =
      (select id from employee where external_id = 'jordan.lake') where external_id = 'sasha.trail'`);
    await dataSource.query(`update skill set name = 'Speaking' where external_id = 'S-PUBLIC-SPEAKING'`);
    const before = await everything();
    await loadDemoCompany(dataSource, company);
    expect(await everything()).toEqual(before);
  });
});

describe('the company that is there', () => {
  test('is all that the files say', async () => {
    expect(await numberOf('department')).toBe(company.departments.length);
    expect(await numberOf('role')).toBe(company.roles.length);
    expect(await numberOf('skill')).toBe(company.skills.length);
    expect(await numberOf('employee')).toBe(company.employees.length);
    expect(await numberOf('skill_alias')).toBe(company.skills.flatMap(({ aliases }) => aliases).length);
    expect(await numberOf('role_skill')).toBe(company.roles.flatMap(({ requiredSkills }) => requiredSkills).length);
  });

  test('is large enough to look real', async () => {
    expect(await numberOf('skill')).toBeGreaterThanOrEqual(60);
    expect(await numberOf('employee')).toBeGreaterThanOrEqual(300);
  });

  test('is one tree of people below one head', async () => {
    const [{ heads, reached }] = await dataSource.query(`
      with recursive tree as (
        select id from employee where manager_id is null
        union all select employee.id from employee join tree on employee.manager_id = tree.id
      )
      select (select count(*)::integer from employee where manager_id is null) as heads, (select count(*)::integer from tree) as reached`);
    expect({ heads, reached }).toEqual({ heads: 1, reached: company.employees.length });
  });

  test('is one tree of departments below one', async () => {
    const [{ heads, reached }] = await dataSource.query(`
      with recursive tree as (
        select id from department where parent_id is null
        union all select department.id from department join tree on department.parent_id = tree.id
      )
      select (select count(*)::integer from department where parent_id is null) as heads, (select count(*)::integer from tree) as reached`);
    expect({ heads, reached }).toEqual({ heads: 1, reached: company.departments.length });
  });

  test('gives everybody a role and a department', async () => {
    expect(await dataSource.query('select from employee where role_id is null or department_id is null')).toEqual([]);
  });

  test('asks skills of every role', async () => {
    const without = await dataSource.query(
      'select title from role where not exists (select from role_skill where role_id = role.id)',
    );
    expect(without).toEqual([]);
  });

  test('has Ally, a Sales Associate, and Morgan, her manager', async () => {
    const people = await dataSource.query(`
      select employee.name, employee.job_title, role.title, department.name as department, manager.external_id as manager
      from employee join role on role.id = role_id join department on department.id = employee.department_id
      left join employee as manager on manager.id = employee.manager_id
      where employee.external_id in ('ally.adventure', 'morgan.summit') order by employee.name`);
    expect(people).toMatchObject([
      {
        name: 'Ally Adventure',
        job_title: 'Sales Associate',
        title: 'Sales Associate',
        department: 'Sales',
        manager: 'morgan.summit',
      },
      { name: 'Morgan Summit', job_title: 'Sales Manager', title: 'Sales Manager', department: 'Sales' },
    ]);
  });

  test('has a role in Marketing for Ally to aim for', async () => {
    const [role] = await dataSource.query(`
      select department.name from role join department on department.id = department_id where role.external_id = 'R-MARKETING-ASSOCIATE'`);
    expect(role).toEqual({ name: 'Marketing' });
  });

  test('has everybody through whose eyes one can look, and they work there', async () => {
    const employees = DEMO_PEOPLE.flatMap(({ employee }) => (employee === null ? [] : [employee]));
    const found = await dataSource.query(
      `select external_id as employee from employee where external_id = any ($1) and employment_status = 'ACTIVE'`,
      [employees],
    );
    expect(found.map(({ employee }: { employee: string }) => employee).sort()).toEqual([...employees].sort());
  });
});

test('a database is empty as long as there is nobody in it', async () => {
  expect(await isEmpty(dataSource)).toBe(false);
  await dataSource.transaction(async (manager) => {
    await manager.query('update employee set manager_id = null');
    await manager.query('delete from employee');
  });
  expect(await isEmpty(dataSource)).toBe(true);
});
