import type { MigrationInterface, QueryRunner } from 'typeorm';

const SERVICE = 'career_conversations_service';

/** Postgres leaves classes that begin so to others. VE001 is that of the audit trail. */
const ANOTHER = 'VE002';
const NOT_EMPLOYED = 'VE003';

/**
 * Whom the service remembers, Postgres confirms before anything is read in their name: that `find_employee_for_sign_in` would
 * find the same person, and that they work here. See docs/adr/0019.
 */
export class ConfirmViewers20261125000600 implements MigrationInterface {
  name = 'ConfirmViewers20261125000600';

  async up(queryRunner: QueryRunner): Promise<void> {
    // By the id, for each name is that of one person: the row is the one that most requests read next.
    await queryRunner.query(`
      create function confirm_viewer(claim text, value text, expected uuid) returns void
      language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
      declare
        works boolean;
      begin
        select employee.employed into works from employee
        where employee.id = expected and case claim
          when 'external_id' then employee.external_id = value
          when 'work_email' then employee.work_email = lower(value)
          when 'id' then employee.id = value::uuid end;
        if works is null then raise exception 'the viewer is somebody else' using errcode = '${ANOTHER}'; end if;
        if not works then raise exception 'the viewer has left' using errcode = '${NOT_EMPLOYED}'; end if;
      end $$`);
    await queryRunner.query('revoke execute on function confirm_viewer(text, text, uuid) from public');
    await queryRunner.query(`grant execute on function confirm_viewer(text, text, uuid) to ${SERVICE}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop function confirm_viewer(text, text, uuid)');
  }
}
