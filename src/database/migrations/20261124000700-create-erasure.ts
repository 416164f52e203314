import type { MigrationInterface, QueryRunner } from 'typeorm';

const SERVICE = 'career_conversations_service';
const VIEWER = '(select viewer_employee_id())';
const hasRole = (role: string): string => `(select viewer_has_role('${role}'))`;
const reportsTo = (employee: string, depth: string): string => `exists (select from reporting_line
  where reporting_line.report_id = ${employee} and reporting_line.manager_id = ${VIEWER} and reporting_line.depth <= ${depth})`;
const SEES_EMPLOYMENT = `(employee.id = ${VIEWER} or ${hasRole('hr_admin')} or ${hasRole('hris')}
  or ${reportsTo('employee.id', '32767')})`;
const PLAN_TABLES = ['action_plan', 'plan_skill', 'action', 'plan_revision', 'progress_update'];
const seesPlans = (table: string, asHrAdmin: string): string => `(${table}.employee_id = ${VIEWER} or ${asHrAdmin}
  or ${reportsTo(`${table}.employee_id`, '(select viewer_reporting_depth())')})`;

/** What is done to each column of a table about people; CONTRIBUTING.md says what each treatment means. */
const TREATMENTS: Record<string, Record<string, string>> = {
  employee: {
    PERSON: 'id',
    NAME: 'external_id name work_email job_title',
    KEPT: 'department_id role_id manager_id hired_on employment_status employed erased_at created_at updated_at',
  },
  // Follows from the managers of people; who is above their manager, people do not see.
  reporting_line: { KEPT: 'report_id manager_id depth' },
  action_plan: {
    PERSON: 'employee_id',
    TEXT: 'goal closing_note',
    KEPT: `id target_role_id target_on status version policy_id outcome created_at updated_at activated_at completed_at
      archived_at`,
  },
  plan_skill: { PERSON: 'employee_id', TEXT: 'outcome', KEPT: 'id plan_id skill_id rank removed_at' },
  action: {
    PERSON: 'employee_id',
    TEXT: 'title description success_measure expected_outcome time_frame',
    KEPT: 'id plan_id plan_skill_id position kind category start_on due_on status percent_complete',
  },
  plan_revision: {
    PERSON: 'employee_id',
    AUTHOR: 'author_id',
    NOTE: 'reason',
    DOCUMENT: 'changes',
    KEPT: 'id plan_id version kind created_at',
  },
  progress_update: {
    PERSON: 'employee_id',
    AUTHOR: 'author_id',
    NOTE: 'note',
    KEPT: 'id action_id percent_complete status occurred_at created_at',
  },
  plan_policy: {
    AUTHOR: 'author_id',
    KEPT: `id version min_skills max_skills min_actions_per_skill max_actions_per_skill experience_percent
      exposure_percent education_percent slack created_at`,
  },
  // Keys that name somebody are deleted with their rows: two of them could become one.
  idempotency_record: { OWNER: 'subject', KEPT: 'key operation input_digest result_id created_at' },
  // The trail has a way of its own to forget a person: docs/adr/0012.
  audit_party: { KEPT: 'key salt identity erased_at' },
  audit_origin: { KEPT: 'id salt address request_id' },
  audit_entry: {
    KEPT: `chain position occurred_at actor action subject person thing outcome codes origin_id origin_digest hash`,
  },
};

/**
 * As in the migration before; people of whom the condition does not hold have no line of their own, and are only passed
 * through.
 */
const rebuildReportingLines = (isReport: string): string => `
      create or replace function rebuild_reporting_lines(moved uuid[]) returns void language plpgsql security definer
      set search_path = pg_catalog, public, pg_temp as $$
      declare
        affected uuid[];
        circle text;
      begin
        perform pg_advisory_xact_lock(7302020);
        select array_agg(id) into affected from (
          select unnest(moved) as id union select report_id from reporting_line where manager_id = any (moved)
        ) as person;
        delete from reporting_line where report_id = any (affected);
        with recursive line (report_id, manager_id, depth, path) as (
          select id, manager_id, 1, array[id] from employee where id = any (affected) and ${isReport}
          union all
          select line.report_id, employee.manager_id, line.depth + 1, line.path || employee.id
          from line join employee on employee.id = line.manager_id
          where employee.manager_id is not null and not line.manager_id = any (line.path)
        ), kept as (
          insert into reporting_line (report_id, manager_id, depth)
          select report_id, manager_id, min(depth) from line where manager_id <> report_id group by report_id, manager_id
        )
        select string_agg(employee.external_id, ' > ' order by step.place) into circle
        from (select path || manager_id as people from line where manager_id = report_id limit 1) as closed
        cross join unnest(closed.people) with ordinality as step (id, place)
        join employee on employee.id = step.id;
        if circle is not null then
          raise exception 'nobody may report to themselves: %', circle
            using errcode = 'check_violation', constraint = 'reporting_line_circle_check';
        end if;
      end $$`;

const classified = Object.entries(TREATMENTS).flatMap(([table, treatments]) =>
  Object.entries(treatments).flatMap(([treatment, columns]) =>
    columns.split(/\s+/).map((column) => `('${table}', '${column}', '${treatment}')`),
  ),
);

/** See docs/adr/0013. */
export class CreateErasure20261124000700 implements MigrationInterface {
  name = 'CreateErasure20261124000700';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table employee add column erased_at timestamptz');
    await queryRunner.query(`
      create table personal_column (
        table_name text not null,
        column_name text not null,
        treatment text not null constraint personal_column_treatment_check check (
          treatment in ('PERSON', 'OWNER', 'AUTHOR', 'NAME', 'TEXT', 'NOTE', 'DOCUMENT', 'KEPT')),
        constraint personal_column_pkey primary key (table_name, column_name)
      )`);
    await queryRunner.query(
      `insert into personal_column (table_name, column_name, treatment) values ${classified.join(', ')}`,
    );
    for (const table of PLAN_TABLES.slice(1)) {
      await queryRunner.query(`-- squawk-ignore require-concurrent-index-creation
        create index ${table}_employee_id_index on ${table} (employee_id)`);
    }
    await this.letErasureChange(queryRunner);
    // Nobody is above who is erased; those below them keep the line that leads through them.
    await queryRunner.query(rebuildReportingLines('manager_id is not null and erased_at is null'));
    await this.hideErased(queryRunner);
    await this.createExport(queryRunner);
    await queryRunner.query('revoke execute on function export_employee(uuid) from public');
    await queryRunner.query(`grant execute on function export_employee(uuid) to ${SERVICE}`);
  }

  /** What is only ever added to may be changed, but never deleted, while somebody is erased. */
  private async letErasureChange(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create or replace function refuse_change() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' and current_setting('erasure.running', true) = 'on' and tg_table_name <> 'audit_entry' then
          return new;
        end if;
        raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
      end $$`);
  }

  /** Who is erased exists for nobody, whatever their role: nor do their plans, of which numbers are kept for aggregates. */
  private async hideErased(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`grant select (erased_at) on employee to ${SERVICE}`);
    await queryRunner.query(`alter policy employee_read on employee
      using (employee.erased_at is null and (employee.employed and ${VIEWER} is not null or ${SEES_EMPLOYMENT}))`);
    await queryRunner.query(`
      create or replace view employment with (security_barrier) as
      select id as employee_id, work_email, role_id, manager_id, hired_on, employment_status
      from employee where erased_at is null and ${SEES_EMPLOYMENT}`);
    for (const table of PLAN_TABLES) {
      const asHrAdmin = `${hasRole('hr_admin')} and exists (select from employee
        where employee.id = ${table}.employee_id and employee.erased_at is null)`;
      await queryRunner.query(`alter policy ${table}_read on ${table} using ${seesPlans(table, asHrAdmin)}`);
    }
  }

  private async createExport(queryRunner: QueryRunner): Promise<void> {
    // Of what somebody wrote about others only their own words are theirs, not what stands around them.
    await queryRunner.query(`
      create function export_employee(wanted uuid) returns jsonb
      language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
      declare
        own jsonb := '{}';
        written jsonb := '{}';
        found jsonb;
        part record;
      begin
        if viewer_employee_id() is distinct from wanted and not viewer_has_role('hr_admin') then
          raise exception 'only the person and HR may export this' using errcode = 'insufficient_privilege';
        end if;
        if not exists (select from employee where id = wanted and erased_at is null) then return null; end if;
        for part in
          select table_name,
            max(column_name) filter (where treatment = 'PERSON') as person,
            max(column_name) filter (where treatment = 'OWNER') as owner,
            max(column_name) filter (where treatment = 'AUTHOR') as author,
            string_agg(format('%L, row.%I', column_name, column_name), ', ')
              filter (where treatment in ('AUTHOR', 'NOTE', 'KEPT')) as words
          from personal_column group by table_name order by table_name
        loop
          if part.person is not null or part.owner is not null then
            execute format('select coalesce(jsonb_agg(to_jsonb(row) order by to_jsonb(row)::text), ''[]'') from %I as row where row.%I = $1::%s',
              part.table_name, coalesce(part.person, part.owner), case when part.person is null then 'text' else 'uuid' end)
              into found using wanted;
            own := own || jsonb_build_object(part.table_name, found);
          end if;
          if part.author is not null then
            execute format('select coalesce(jsonb_agg(jsonb_build_object(%1$s) order by jsonb_build_object(%1$s)::text), ''[]'') from %2$I as row where row.%3$I = $1 and %4$s',
              part.words, part.table_name, part.author,
              case when part.person is null then 'true' else format('row.%I <> $1', part.person) end)
              into found using wanted;
            written := written || jsonb_build_object(part.table_name, found);
          end if;
        end loop;
        select coalesce(jsonb_agg(jsonb_build_object('recorded_at', entry.occurred_at, 'action', entry.action,
            'subject', entry.subject, 'thing', entry.thing, 'outcome', entry.outcome, 'by', case
              when entry.actor = party.key then 'YOU'
              when actor.identity like 'service:%' then 'A_SERVICE' else 'SOMEBODY_ELSE' end,
            'address', origin.address) order by entry.occurred_at, entry.chain, entry.position), '[]') into found
        from audit_party as party
        join audit_entry as entry on entry.person = party.key or entry.actor = party.key
        left join audit_party as actor on actor.key = entry.actor
        left join audit_origin as origin on origin.id = entry.origin_id and entry.actor = party.key
        where party.identity = wanted::text;
        return jsonb_build_object('about', own, 'written', written, 'audit', found);
      end $$`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop function export_employee(uuid)');
    for (const table of PLAN_TABLES) {
      await queryRunner.query(`alter policy ${table}_read on ${table} using ${seesPlans(table, hasRole('hr_admin'))}`);
    }
    await queryRunner.query(`
      create or replace view employment with (security_barrier) as
      select id as employee_id, work_email, role_id, manager_id, hired_on, employment_status
      from employee where ${SEES_EMPLOYMENT}`);
    await queryRunner.query(`alter policy employee_read on employee
      using (employee.employed and ${VIEWER} is not null or ${SEES_EMPLOYMENT})`);
    await queryRunner.query(`
      create or replace function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
      end $$`);
    await queryRunner.query(rebuildReportingLines('manager_id is not null'));
    for (const table of PLAN_TABLES.slice(1)) await queryRunner.query(`drop index ${table}_employee_id_index`);
    await queryRunner.query('drop table personal_column');
    await queryRunner.query('alter table employee drop column erased_at');
  }
}
