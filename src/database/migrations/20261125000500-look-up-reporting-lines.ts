import type { MigrationInterface, QueryRunner } from 'typeorm';

const VIEWER = '(select viewer_employee_id())';
const DEPTH = '(select viewer_reporting_depth())';
const hasRole = (role: string): string => `(select viewer_has_role('${role}'))`;
const PLAN_TABLES = ['action_plan', 'plan_skill', 'action', 'plan_revision', 'progress_update'];
const CHANGED = ['action_plan', 'plan_skill', 'action'];

/** How a policy asks whether something is in another table. */
type Ask = (table: string, condition: string) => string;

/** Of this Postgres may make a table in memory of all who report to the viewer, for each statement anew. */
const byTable: Ask = (table, condition) => `exists (select from ${table} where ${condition})`;

/** A value that is looked up for each row that is not decided before, by an index. */
export const byLookup: Ask = (table, condition) => `(select true from ${table} where ${condition})`;

export class Policies {
  constructor(private readonly ask: Ask) {}

  private reportsTo(employee: string, depth: string | null): string {
    const within = depth === null ? '' : ` and reporting_line.depth <= ${depth}`;
    const line = `reporting_line.report_id = ${employee} and reporting_line.manager_id = ${VIEWER}${within}`;
    return this.ask('reporting_line', line);
  }

  private seesEmployment(depth: string | null): string {
    return `employee.id = ${VIEWER} or ${hasRole('hr_admin')} or ${hasRole('hris')} or ${this.reportsTo('employee.id', depth)}`;
  }

  private seesPlans(table: string): string {
    const notErased = this.ask('employee', `employee.id = ${table}.employee_id and employee.erased_at is null`);
    return `(${table}.employee_id = ${VIEWER} or ${hasRole('hr_admin')} and ${notErased}
      or ${this.reportsTo(`${table}.employee_id`, DEPTH)})`;
  }

  private writesPlans(table: string): string {
    return `(${table}.employee_id = ${VIEWER} or ${this.reportsTo(`${table}.employee_id`, '1')})`;
  }

  async apply(queryRunner: QueryRunner): Promise<void> {
    const sees = (depth: string | null) =>
      `employee.erased_at is null and (employee.employed and ${VIEWER} is not null or ${this.seesEmployment(depth)})`;
    await queryRunner.query(`alter policy employee_read on employee using (${sees('32767')})`);
    await queryRunner.query(`
      create or replace view employment with (security_barrier) as
      select id as employee_id, work_email, role_id, manager_id, hired_on, employment_status
      from employee where erased_at is null and (${this.seesEmployment('32767')})`);
    await queryRunner.query(`
      create or replace function find_employees_by_name(pattern text) returns setof uuid
      language sql stable security definer rows 100
      begin atomic
        select employee.id from employee where lower(employee.name) like pattern and ${sees(null)};
      end`);
    for (const table of PLAN_TABLES) {
      await queryRunner.query(`alter policy ${table}_read on ${table} using ${this.seesPlans(table)}`);
      await queryRunner.query(`alter policy ${table}_add on ${table} with check ${this.writesPlans(table)}`);
    }
    for (const table of CHANGED) {
      const writes = this.writesPlans(table);
      await queryRunner.query(`alter policy ${table}_change on ${table} using ${writes} with check ${writes}`);
    }
  }
}

/** A policy is an index lookup: who has many people below them waits no longer for it than anybody else. */
export class LookUpReportingLines20261125000500 implements MigrationInterface {
  name = 'LookUpReportingLines20261125000500';

  async up(queryRunner: QueryRunner): Promise<void> {
    await new Policies(byLookup).apply(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await new Policies(byTable).apply(queryRunner);
  }
}
