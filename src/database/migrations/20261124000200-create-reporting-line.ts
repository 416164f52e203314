import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Any number, the same for all replicas: changes of managers follow one another. */
const REPORTING_LINE_LOCK = 7_302_020;

export class CreateReportingLine20261124000200 implements MigrationInterface {
  name = 'CreateReportingLine20261124000200';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table reporting_line (
        report_id uuid not null constraint reporting_line_report_id_fkey references employee on delete cascade,
        manager_id uuid not null constraint reporting_line_manager_id_fkey references employee on delete cascade,
        depth smallint not null constraint reporting_line_depth_check check (depth >= 1),
        constraint reporting_line_pkey primary key (report_id, manager_id)
      )`);
    await queryRunner.query(
      'create index reporting_line_manager_id_index on reporting_line (manager_id, depth, report_id)',
    );
    await this.createMaintenance(queryRunner);
    await queryRunner.query('select rebuild_reporting_lines(array_agg(id)) from employee having count(*) > 0');
  }

  private async createMaintenance(queryRunner: QueryRunner): Promise<void> {
    // Those whose manager changed and all who report to them, at whatever distance, get their lines anew.
    await queryRunner.query(`
      create function rebuild_reporting_lines(moved uuid[]) returns void language plpgsql security definer
      set search_path = pg_catalog, public, pg_temp as $$
      declare
        affected uuid[];
        circle text;
      begin
        perform pg_advisory_xact_lock(${REPORTING_LINE_LOCK});
        select array_agg(id) into affected from (
          select unnest(moved) as id union select report_id from reporting_line where manager_id = any (moved)
        ) as person;
        delete from reporting_line where report_id = any (affected);
        with recursive line (report_id, manager_id, depth, path) as (
          select id, manager_id, 1, array[id] from employee where id = any (affected) and manager_id is not null
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
      end $$`);
    await queryRunner.query('revoke execute on function rebuild_reporting_lines from public');
    await queryRunner.query(`
      create function maintain_reporting_lines() returns trigger language plpgsql security definer
      set search_path = pg_catalog, public, pg_temp as $$
      declare
        moved uuid[];
      begin
        if tg_op = 'INSERT' then
          select array_agg(id) into moved from after_change where manager_id is not null;
        else
          select array_agg(after_change.id) into moved from after_change join before_change using (id)
          where after_change.manager_id is distinct from before_change.manager_id;
        end if;
        if moved is not null then perform rebuild_reporting_lines(moved); end if;
        return null;
      end $$`);
    await queryRunner.query(`
      create trigger employee_reporting_lines_on_insert after insert on employee referencing new table as after_change
      for each statement execute function maintain_reporting_lines()`);
    await queryRunner.query(`
      create trigger employee_reporting_lines_on_update after update on employee
      referencing old table as before_change new table as after_change
      for each statement execute function maintain_reporting_lines()`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop trigger employee_reporting_lines_on_update on employee');
    await queryRunner.query('drop trigger employee_reporting_lines_on_insert on employee');
    await queryRunner.query('drop function maintain_reporting_lines');
    await queryRunner.query('drop function rebuild_reporting_lines');
    await queryRunner.query('drop table reporting_line');
  }
}
