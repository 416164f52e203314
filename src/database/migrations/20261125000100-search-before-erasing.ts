import type { MigrationInterface, QueryRunner } from 'typeorm';
import { EraseEmployees20261124000800 } from './20261124000800-erase-employees.js';

/** As in the migration that made erasure. */
const ERASURE_LOCK = 7_302_050;

const SEARCH_PATH = 'set search_path = pg_catalog, public, pg_temp';

/** Between texts that are searched as one. Nobody's name goes across it. */
const SEPARATOR = ' | ';

/**
 * The whole company is searched before anything is locked; only what names the person is changed, and all changes are
 * made at the end, in a moment. See docs/adr/0013.
 */
export class SearchBeforeErasing20261125000100 implements MigrationInterface {
  name = 'SearchBeforeErasing20261125000100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await this.createTextsOf(queryRunner);
    await this.createFindMentions(queryRunner);
    await queryRunner.query('drop function scrub_personal_columns(uuid, text, text)');
    await this.createScrubColumns(queryRunner);
    await this.createPeopleWrittenAbout(queryRunner);
    await this.createErase(queryRunner);
  }

  private async createTextsOf(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create function texts_of(document jsonb) returns text language sql immutable parallel safe ${SEARCH_PATH}
      return (select string_agg(value #>> '{}', '${SEPARATOR}')
        from jsonb_path_query(document, 'strict $.** ? (@.type() == "string")') as value)`);
  }

  /** Also for going back from the migration that makes it anew, as are the next two. */
  async createFindMentions(queryRunner: QueryRunner): Promise<void> {
    // One pass over each table, which Postgres may share among several processes. The hint is cheap and decides most
    // rows; the last word of a short name is in many texts, so what is found is what names the person indeed.
    await queryRunner.query(`
      create function find_mentions(mentions text, hints text, since xid, people uuid[])
      returns table (id uuid, person uuid) language plpgsql ${SEARCH_PATH} as $$
      declare
        part record;
      begin
        for part in
          select table_name, max(column_name) filter (where treatment = 'PERSON') as person,
            string_agg(format('%I', column_name), ', ') filter (where treatment in ('TEXT', 'NOTE', 'DOCUMENT')) as stored,
            string_agg(format(case treatment when 'DOCUMENT' then 'texts_of(%I)' else '%I' end, column_name), ', ')
              filter (where treatment in ('TEXT', 'NOTE', 'DOCUMENT')) as texts
          from personal_column group by table_name
        loop
          continue when part.texts is null;
          -- A row that was written since has a transaction that is not older.
          return query execute format('select id, %2$I from %1$I
            where ($3 is null or age(xmin) <= age($3)) and ($4 is null or %2$I = any ($4))
              and case when concat_ws(''${SEPARATOR}'', %3$s) ~* $2
                then normalize(concat_ws(''${SEPARATOR}'', %4$s)) ~* $1 else false end',
            part.table_name, part.person, part.stored, part.texts) using mentions, hints, since, people;
        end loop;
      end $$`);
    await queryRunner.query('revoke execute on function find_mentions(text, text, xid, uuid[]) from public');
  }

  async createScrubColumns(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create function scrub_personal_columns(erased uuid, mentions text, mentioning uuid[]) returns void
      language plpgsql ${SEARCH_PATH} as $$
      declare
        part record;
      begin
        for part in
          with treated as (
            select personal_column.*, attribute.attnotnull as required
            from personal_column join pg_attribute as attribute
              on attribute.attrelid = personal_column.table_name::regclass and attribute.attname = personal_column.column_name
          )
          select table_name,
            max(column_name) filter (where treatment = 'PERSON') as person,
            max(column_name) filter (where treatment = 'OWNER') as owner,
            max(column_name) filter (where treatment = 'AUTHOR') as author,
            string_agg(case
              when treatment = 'NAME' then format('%I = ''erased-'' || gen_random_uuid()', column_name)
              when treatment = 'DOCUMENT' then format('%I = ''[]''', column_name)
              when not required then format('%I = null', column_name)
              else format('%I = ''[erased]''', column_name) end, ', ')
              filter (where treatment in ('NAME', 'TEXT', 'NOTE', 'DOCUMENT')) as texts,
            string_agg(format('%I = null', column_name), ', ') filter (where treatment = 'NOTE') as notes,
            string_agg(format('%1$I = %2$s(%1$I, $1)', column_name,
              case treatment when 'DOCUMENT' then 'scrub_document' else 'scrub_text' end), ', ')
              filter (where treatment in ('TEXT', 'NOTE', 'DOCUMENT')) as scrubbed
          from treated group by table_name
        loop
          if part.owner is not null then
            execute format('delete from %I where %I = $1', part.table_name, part.owner) using erased::text;
          end if;
          if part.person is not null and part.texts is not null then
            execute format('update %I set %s where %I = $1', part.table_name, part.texts, part.person) using erased;
          end if;
          if part.author is not null and part.notes is not null then
            execute format('update %I set %s where %I = $1', part.table_name, part.notes, part.author) using erased;
          end if;
          if part.scrubbed is not null then
            execute format('update %I set %s where id = any ($2)', part.table_name, part.scrubbed) using mentions, mentioning;
          end if;
        end loop;
      end $$`);
    await queryRunner.query('revoke execute on function scrub_personal_columns(uuid, text, uuid[]) from public');
  }

  private async createPeopleWrittenAbout(queryRunner: QueryRunner): Promise<void> {
    // Of whom the person wrote: in their plans there may be what was written while the rest was searched.
    await queryRunner.query(`
      create function people_written_about(author uuid) returns uuid[] language plpgsql stable ${SEARCH_PATH} as $$
      declare
        part record;
        about uuid[];
        people uuid[] := '{}';
      begin
        for part in
          select table_name, max(column_name) filter (where treatment = 'PERSON') as person,
            max(column_name) filter (where treatment = 'AUTHOR') as author
          from personal_column group by table_name
        loop
          continue when part.person is null or part.author is null;
          execute format('select array_agg(distinct %I) from %I where %I = $1', part.person, part.table_name, part.author)
            into about using author;
          people := people || about;
        end loop;
        return people;
      end $$`);
    await queryRunner.query('revoke execute on function people_written_about(uuid) from public');
  }

  async createErase(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create or replace function erase_employee(erased uuid) returns timestamptz
      language plpgsql security definer ${SEARCH_PATH} as $$
      declare
        moment constant timestamptz := now();
        begun constant xid := pg_snapshot_xmin(pg_current_snapshot())::xid;
        naming record;
        keys text[];
        found_ids uuid[];
        people uuid[];
        more_ids uuid[];
        more_people uuid[];
      begin
        if not viewer_has_role('hr_admin') or viewer_employee_id() is not distinct from erased then
          raise exception 'only HR may erase a person, and nobody themselves' using errcode = 'insufficient_privilege';
        end if;
        if not exists (select from employee where id = erased and erased_at is null) then return null; end if;
        select * into naming from name_patterns(erased);
        -- Nobody waits for this: it takes long, and holds nothing.
        select array_agg(key) into keys from idempotency_record
        where key ~* naming.hint and scrub_text(key, naming.pattern) <> key;
        select array_agg(id), array_agg(distinct person) into found_ids, people
        from find_mentions(naming.pattern, naming.hint, null, null);
        select found_ids || array_agg(id), people || array_agg(distinct person) into found_ids, people
        from find_mentions(naming.pattern, naming.hint, begun, null);
        -- Who writes holds the plan, and then waits for the person: the other way round both would wait in a circle.
        perform from action_plan where employee_id = erased or employee_id = any (people) order by id for update;
        -- Whoever writes about the person, or in their name, is done before, or finds nobody afterwards.
        perform pg_advisory_xact_lock(${ERASURE_LOCK}, hashtext(erased::text));
        perform from employee where id = erased and erased_at is null for update;
        if not found then return null; end if;
        if naming is distinct from (select called from name_patterns(erased) as called) then
          raise exception 'the person was renamed meanwhile' using errcode = 'serialization_failure';
        end if;
        select array_agg(id) into more_ids
        from find_mentions(naming.pattern, naming.hint, null, people_written_about(erased));
        perform set_config('erasure.running', 'on', true);
        -- What somebody sent about the person can be told from its digest by trying.
        delete from idempotency_record where result_id in (
          select id from action_plan where employee_id = erased
          union all select id from progress_update where employee_id = erased);
        delete from idempotency_record where key = any (keys)
          or age(xmin) <= age(begun) and key ~* naming.hint and scrub_text(key, naming.pattern) <> key;
        update employee set employment_status = 'TERMINATED', erased_at = moment, updated_at = moment where id = erased;
        perform scrub_personal_columns(erased, naming.pattern, found_ids || more_ids);
        -- Last: until the transaction ends, nobody else gets another manager.
        perform rebuild_reporting_lines(array[erased]);
        perform set_config('erasure.running', '', true);
        return moment;
      end $$`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const name of [
      'people_written_about(uuid)',
      'scrub_personal_columns(uuid, text, uuid[])',
      'find_mentions(text, text, xid, uuid[])',
      'texts_of(jsonb)',
      'erase_employee(uuid)',
    ]) {
      await queryRunner.query(`drop function ${name}`);
    }
    await new EraseEmployees20261124000800().createErase(queryRunner);
  }
}
