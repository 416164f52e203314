import type { MigrationInterface, QueryRunner } from 'typeorm';

const VIEWER = '(select viewer_employee_id())';
const hasRole = (role: string): string => `(select viewer_has_role('${role}'))`;

const IS_CALLED = 'lower(employee.name) like pattern';

/** As in the policy employee_read of 20261124000700. */
const SEES_EMPLOYEE = `employee.erased_at is null and (employee.employed and ${VIEWER} is not null
  or employee.id = ${VIEWER} or ${hasRole('hr_admin')} or ${hasRole('hris')}
  or exists (select from reporting_line
    where reporting_line.report_id = employee.id and reporting_line.manager_id = ${VIEWER}))`;

const replaceSearch = (condition: string): string => `
      create or replace function find_employees_by_name(pattern text) returns setof uuid
      language sql stable security definer rows 100
      begin atomic
        select employee.id from employee where ${condition};
      end`;

/**
 * The search works as the owner, so that an index answers it. It found everybody, so that whoever could send statements as
 * the service read the names of those who had left, by trying patterns. Now it finds those whom the viewer may read.
 */
export class HideNamesOfLeavers20261125000300 implements MigrationInterface {
  name = 'HideNamesOfLeavers20261125000300';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(replaceSearch(`${IS_CALLED} and ${SEES_EMPLOYEE}`));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(replaceSearch(IS_CALLED));
  }
}
