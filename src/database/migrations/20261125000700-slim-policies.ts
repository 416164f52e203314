import type { MigrationInterface, QueryRunner } from 'typeorm';
import { byLookup, Policies } from './20261125000500-look-up-reporting-lines.js';

const SERVICE = 'career_conversations_service';
const VIEWER = '(select viewer_employee_id())';
const PLAN_TABLES = ['action_plan', 'plan_skill', 'action', 'plan_revision', 'progress_update'];
const CHANGED = ['action_plan', 'plan_skill', 'action'];

const reportsToViewer = (employee: string, condition = 'true'): string =>
  `(select true from viewer_report where viewer_report.report_id = ${employee} and ${condition})`;

const SEES_EMPLOYMENT = `employee.id = ${VIEWER} or (select viewer_has_role('hr_admin') or viewer_has_role('hris'))
  or ${reportsToViewer('employee.id')}`;

const seesPlans = (table: string): string => `(${table}.employee_id = ${VIEWER}
  or ${reportsToViewer(`${table}.employee_id`, 'viewer_report.depth <= viewer_reporting_depth()')}
  or (select true from employee_for_hr where employee_for_hr.id = ${table}.employee_id))`;

const writesPlans = (table: string): string =>
  `(${table}.employee_id = ${VIEWER} or ${reportsToViewer(`${table}.employee_id`, 'viewer_report.depth = 1')})`;

/**
 * A policy asks other tables through views of their owner, which filter by themselves: what a policy reads as the viewer
 * brings the policies of what it reads along, and made up most of each plan. See docs/adr/0016.
 */
export class SlimPolicies20261125000700 implements MigrationInterface {
  name = 'SlimPolicies20261125000700';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create view viewer_report as
      select report_id, depth from reporting_line where manager_id = viewer_employee_id()`);
    await queryRunner.query(`
      create view employee_for_hr as
      select id from employee where erased_at is null and viewer_has_role('hr_admin')`);
    await queryRunner.query(`grant select on viewer_report, employee_for_hr to ${SERVICE}`);
    await queryRunner.query(
      'alter policy reporting_line_read on reporting_line using (manager_id = viewer_employee_id())',
    );
    await queryRunner.query(`alter policy employee_read on employee using (
      employee.erased_at is null and (employee.employed and ${VIEWER} is not null or ${SEES_EMPLOYMENT}))`);
    await queryRunner.query(`
      create or replace view employment with (security_barrier) as
      select id as employee_id, work_email, role_id, manager_id, hired_on, employment_status
      from employee where erased_at is null and (${SEES_EMPLOYMENT})`);
    for (const table of PLAN_TABLES) {
      await queryRunner.query(`alter policy ${table}_read on ${table} using ${seesPlans(table)}`);
      await queryRunner.query(`alter policy ${table}_add on ${table} with check ${writesPlans(table)}`);
    }
    for (const table of CHANGED) {
      const writes = writesPlans(table);
      await queryRunner.query(`alter policy ${table}_change on ${table} using ${writes} with check ${writes}`);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await new Policies(byLookup).apply(queryRunner);
    await queryRunner.query(`alter policy reporting_line_read on reporting_line using (manager_id = ${VIEWER})`);
    await queryRunner.query('drop view viewer_report, employee_for_hr');
  }
}
