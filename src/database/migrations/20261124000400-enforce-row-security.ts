import type { MigrationInterface, QueryRunner } from 'typeorm';

const SERVICE = 'career_conversations_service';

/** Tables whose rows say something about a person. */
const PERSONAL = [
  'employee',
  'reporting_line',
  'action_plan',
  'plan_skill',
  'action',
  'plan_revision',
  'progress_update',
  'idempotency_record',
];

/** Functions are called in a sub-select, so that Postgres calls them once a statement and not once a row. */
const VIEWER = '(select viewer_employee_id())';
const hasRole = (role: string): string => `(select viewer_has_role('${role}'))`;

const reportsTo = (employee: string, depth: string): string => `exists (select from reporting_line
  where reporting_line.report_id = ${employee} and reporting_line.manager_id = ${VIEWER} and reporting_line.depth <= ${depth})`;

/** Who works under whom, since when, and how: for the person, everybody above, HR and the HRIS. */
const SEES_EMPLOYMENT = `(employee.id = ${VIEWER} or ${hasRole('hr_admin')} or ${hasRole('hris')}
  or ${reportsTo('employee.id', '32767')})`;

/** Plans and progress: for the person, those above as far as the setting goes, and HR. */
const seesPlans = (table: string): string => `(${table}.employee_id = ${VIEWER} or ${hasRole('hr_admin')}
  or ${reportsTo(`${table}.employee_id`, '(select viewer_reporting_depth())')})`;

/** The person and their direct manager build the plan together. */
const writesPlans = (table: string): string =>
  `(${table}.employee_id = ${VIEWER} or ${reportsTo(`${table}.employee_id`, '1')})`;

export class EnforceRowSecurity20261124000400 implements MigrationInterface {
  name = 'EnforceRowSecurity20261124000400';

  async up(queryRunner: QueryRunner): Promise<void> {
    await this.markEmployed(queryRunner);
    for (const table of [...PERSONAL, 'plan_policy']) {
      await queryRunner.query(`alter table ${table} enable row level security`);
      await queryRunner.query(`alter table ${table} force row level security`);
      // The owner migrates and maintains; what it may is said here, because security is forced on it, too.
      await queryRunner.query(
        `create policy ${table}_owner on ${table} to current_user using (true) with check (true)`,
      );
    }
    await this.protectPeople(queryRunner);
    await this.protectPlans(queryRunner);
    await this.protectRest(queryRunner);
    await this.createLookups(queryRunner);
  }

  /** Colleagues do not see who has left, and must not see why somebody is away: the status itself is not for them. */
  private async markEmployed(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table employee add column employed boolean not null default true');
    await queryRunner.query(`
      create function mark_employed() returns trigger language plpgsql as $$
      begin
        new.employed := new.employment_status <> 'TERMINATED';
        return new;
      end $$`);
    await queryRunner.query(`
      create trigger employee_employed before insert or update of employment_status, employed on employee
      for each row execute function mark_employed()`);
    await queryRunner.query(`update employee set employed = false where employment_status = 'TERMINATED'`);
  }

  private async protectPeople(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create policy employee_read on employee for select to ${SERVICE}
      using (employee.employed and ${VIEWER} is not null or ${SEES_EMPLOYMENT})`);
    await queryRunner.query(
      `grant select (id, external_id, name, job_title, department_id, employed) on employee to ${SERVICE}`,
    );
    // The other columns are read through this view alone. It is the owner's, and filters by itself.
    await queryRunner.query(`
      create view employment with (security_barrier) as
      select id as employee_id, work_email, role_id, manager_id, hired_on, employment_status
      from employee where ${SEES_EMPLOYMENT}`);
    await queryRunner.query(`grant select on employment to ${SERVICE}`);
    await queryRunner.query(`
      create policy reporting_line_read on reporting_line for select to ${SERVICE} using (manager_id = ${VIEWER})`);
    await queryRunner.query(`grant select on reporting_line to ${SERVICE}`);
  }

  private async protectPlans(queryRunner: QueryRunner): Promise<void> {
    const tables = { action_plan: true, plan_skill: true, action: true, plan_revision: false, progress_update: false };
    for (const [table, changes] of Object.entries(tables)) {
      await queryRunner.query(
        `create policy ${table}_read on ${table} for select to ${SERVICE} using ${seesPlans(table)}`,
      );
      await queryRunner.query(
        `create policy ${table}_add on ${table} for insert to ${SERVICE} with check ${writesPlans(table)}`,
      );
      await queryRunner.query(`grant select, insert on ${table} to ${SERVICE}`);
      if (!changes) continue;
      await queryRunner.query(
        `create policy ${table}_change on ${table} for update to ${SERVICE}
         using ${writesPlans(table)} with check ${writesPlans(table)}`,
      );
      await queryRunner.query(`grant update on ${table} to ${SERVICE}`);
    }
  }

  private async protectRest(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('create policy plan_policy_read on plan_policy for select using (true)');
    await queryRunner.query(
      `create policy plan_policy_add on plan_policy for insert to ${SERVICE} with check (${hasRole('hr_admin')})`,
    );
    await queryRunner.query(`grant insert on plan_policy to ${SERVICE}`);
    await queryRunner.query(`
      create policy idempotency_record_own on idempotency_record to ${SERVICE}
      using (subject = (select viewer_subject())) with check (subject = (select viewer_subject()))`);
    await queryRunner.query(`grant select, insert on idempotency_record to ${SERVICE}`);
  }

  /** What has to be known of people before it is known who asks, and what no index could find behind a policy. */
  private async createLookups(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create function find_employee_for_sign_in(claim text, value text) returns table (id uuid, employed boolean)
      language sql stable security definer rows 1
      begin atomic
        select employee.id, employee.employed from employee where claim = 'external_id' and employee.external_id = value
        union all
        select employee.id, employee.employed from employee where claim = 'work_email' and employee.work_email = lower(value)
        union all
        select employee.id, employee.employed from employee
        where claim = 'id' and employee.id = case when claim = 'id' then value::uuid end;
      end`);
    // Patterns are not leakproof, so Postgres would look at every row first: here the index finds the few, and who may
    // see them is decided where they are read.
    await queryRunner.query(`
      create function find_employees_by_name(pattern text) returns setof uuid
      language sql stable security definer rows 100
      begin atomic
        select employee.id from employee where lower(employee.name) like pattern;
      end`);
    for (const name of ['find_employee_for_sign_in(text, text)', 'find_employees_by_name(text)']) {
      await queryRunner.query(`revoke execute on function ${name} from public`);
      await queryRunner.query(`grant execute on function ${name} to ${SERVICE}`);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop function find_employees_by_name(text)');
    await queryRunner.query('drop function find_employee_for_sign_in(text, text)');
    await queryRunner.query('drop view employment');
    const [policies] = [
      (await queryRunner.query(`select policyname, tablename from pg_policies where schemaname = 'public'`)) as {
        policyname: string;
        tablename: string;
      }[],
    ];
    for (const { policyname, tablename } of policies) {
      await queryRunner.query(`drop policy ${policyname} on ${tablename}`);
    }
    for (const table of [...PERSONAL, 'plan_policy']) {
      await queryRunner.query(`alter table ${table} no force row level security`);
      await queryRunner.query(`alter table ${table} disable row level security`);
      if (table !== 'plan_policy') await queryRunner.query(`revoke all on ${table} from ${SERVICE}`);
    }
    await queryRunner.query(`revoke insert on plan_policy from ${SERVICE}`);
    await queryRunner.query('drop trigger employee_employed on employee');
    await queryRunner.query('drop function mark_employed');
    await queryRunner.query('alter table employee drop column employed');
  }
}
