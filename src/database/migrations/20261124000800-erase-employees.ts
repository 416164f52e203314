import type { MigrationInterface, QueryRunner } from 'typeorm';

const SERVICE = 'career_conversations_service';

/** Sets these advisory locks apart from all others; the second number is that of a person. */
const ERASURE_LOCK = 7_302_050;

const SEARCH_PATH = 'set search_path = pg_catalog, public, pg_temp';

/** Tables whose rows are about an employee, with what is said of them. */
const PLAN_TABLES = ['action_plan', 'plan_skill', 'action', 'plan_revision', 'progress_update'];

const AUTHORED = ['plan_revision', 'progress_update', 'plan_policy'];

/** White space between words, that which does not break included. */
const SPACE = '[[:space:]\u00a0]';

/** See docs/adr/0013. */
export class EraseEmployees20261124000800 implements MigrationInterface {
  name = 'EraseEmployees20261124000800';

  async up(queryRunner: QueryRunner): Promise<void> {
    await this.createPatterns(queryRunner);
    await this.createScrubText(queryRunner);
    await this.createScrubDocument(queryRunner);
    await this.createErase(queryRunner);
    await this.createForget(queryRunner);
    await this.refuseErased(queryRunner);
    for (const table of AUTHORED) {
      // Who wrote a row is who writes it.
      await queryRunner.query(`create policy ${table}_author on ${table} as restrictive for insert to ${SERVICE}
        with check (author_id is not distinct from (select viewer_employee_id()))`);
    }
  }

  /**
   * What names a person in texts of others. One word alone, or a plain number or word, could be anything. Also for going
   * back from the migration that makes it anew, as is the next.
   */
  async createPatterns(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create function quote_pattern(text text) returns text language sql immutable ${SEARCH_PATH}
      return regexp_replace(text, '([^[:alnum:][:space:]])', '\\\\\\1', 'g')`);
    // The hint finds the rows that may hold a mention, also within the text of a document, where some signs are escaped.
    await queryRunner.query(`
      create function name_patterns(person uuid) returns table (pattern text, hint text)
      language sql stable ${SEARCH_PATH} as $$
        with called as (
          select regexp_split_to_array(btrim(normalize(name)), '${SPACE}+') as words, work_email, external_id
          from employee where id = person
        ), part as (
          select array_to_string(array(select quote_pattern(word) from unnest(words) as word), '${SPACE}+') as text,
            false as is_id, words[cardinality(words)] as hint
          from called where cardinality(words) > 1
          union all
          select quote_pattern(words[2]) || ',${SPACE}*' || quote_pattern(words[1]), false, words[2]
          from called where cardinality(words) = 2
          union all
          select quote_pattern(work_email), true, work_email from called
          union all
          select quote_pattern(external_id), true, external_id from called
          where length(external_id) >= 5 and external_id ~ '[0-9._@-]' and external_id !~ '^[0-9]+$'
        )
        select string_agg(case when is_id
            then '(?<![[:alnum:]._@-])' || text || '(?![[:alnum:]_@-]|[.][[:alnum:]])'
            else '(?<![[:alnum:]])' || text || '(?![[:alnum:]])' end, '|'),
          string_agg(quote_pattern(part.hint) || '|' || quote_pattern(normalize(part.hint, nfd)) || '|'
            || quote_pattern(btrim(to_jsonb(part.hint)::text, '"')), '|')
        from part
      $$`);
  }

  async createScrubText(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create function scrub_text(text text, mentions text) returns text language sql immutable ${SEARCH_PATH}
      return case when normalize(text) ~* mentions
        then regexp_replace(normalize(text), mentions, '[erased]', 'gi') else text end`);
  }

  private async createScrubDocument(queryRunner: QueryRunner): Promise<void> {
    // The keys of a document are ours, and stay.
    await queryRunner.query(`
      create function scrub_document(document jsonb, mentions text) returns jsonb
      language plpgsql immutable ${SEARCH_PATH} as $$
      begin
        case jsonb_typeof(document)
          when 'string' then return to_jsonb(scrub_text(document #>> '{}', mentions));
          when 'array' then return (select coalesce(jsonb_agg(scrub_document(part, mentions) order by place), '[]')
            from jsonb_array_elements(document) with ordinality as parts (part, place));
          when 'object' then return (select coalesce(jsonb_object_agg(key, scrub_document(value, mentions)), '{}')
            from jsonb_each(document));
          else return document;
        end case;
      end $$`);
  }

  /** Also for going back from the migration that makes these two anew. */
  async createErase(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create function scrub_personal_columns(erased uuid, mentions text, hints text) returns void
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
              filter (where treatment in ('TEXT', 'NOTE', 'DOCUMENT')) as scrubbed,
            string_agg(format('%I::text ~* $2', column_name), ' or ')
              filter (where treatment in ('TEXT', 'NOTE', 'DOCUMENT')) as hinting
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
            execute format('update %I set %s where %s', part.table_name, part.scrubbed, part.hinting) using mentions, hints;
          end if;
        end loop;
      end $$`);
    await queryRunner.query(`
      create function erase_employee(erased uuid) returns timestamptz
      language plpgsql security definer ${SEARCH_PATH} as $$
      declare
        moment constant timestamptz := now();
        naming record;
      begin
        if not viewer_has_role('hr_admin') or viewer_employee_id() is not distinct from erased then
          raise exception 'only HR may erase a person, and nobody themselves' using errcode = 'insufficient_privilege';
        end if;
        -- Whoever writes about the person, or in their name, is done before, or finds nobody afterwards.
        perform pg_advisory_xact_lock(${ERASURE_LOCK}, hashtext(erased::text));
        perform from employee where id = erased and erased_at is null for update;
        if not found then return null; end if;
        select * into naming from name_patterns(erased);
        perform set_config('erasure.running', 'on', true);
        -- What somebody sent about the person can be told from its digest by trying.
        delete from idempotency_record where result_id in (
          select id from action_plan where employee_id = erased
          union all select id from progress_update where employee_id = erased);
        delete from idempotency_record where key ~* naming.hint and scrub_text(key, naming.pattern) <> key;
        update employee set employment_status = 'TERMINATED', erased_at = moment, updated_at = moment where id = erased;
        perform rebuild_reporting_lines(array[erased]);
        perform scrub_personal_columns(erased, naming.pattern, naming.hint);
        perform set_config('erasure.running', '', true);
        return moment;
      end $$`);
    await queryRunner.query(
      'revoke execute on function erase_employee(uuid), scrub_personal_columns(uuid, text, text) from public',
    );
    await queryRunner.query(`grant execute on function erase_employee(uuid) to ${SERVICE}`);
  }

  private async createForget(queryRunner: QueryRunner): Promise<void> {
    // On its own, so that the entry of the erasure is written between the two: it is about the same party.
    await queryRunner.query(`
      create function forget_audit_party(erased uuid) returns void
      language plpgsql security definer ${SEARCH_PATH} as $$
      begin
        if not exists (select from employee where id = erased and erased_at is not null) then
          raise exception 'only who was erased is forgotten' using errcode = 'insufficient_privilege';
        end if;
        delete from audit_origin where id in (
          select origin_id from audit_entry join audit_party on audit_party.key = audit_entry.actor
          where audit_party.identity = erased::text);
        update audit_party set salt = null, identity = null, erased_at = now() where identity = erased::text;
      end $$`);
    for (const name of [
      'forget_audit_party(uuid)',
      'scrub_document(jsonb, text)',
      'scrub_text(text, text)',
      'name_patterns(uuid)',
    ]) {
      await queryRunner.query(`revoke execute on function ${name} from public`);
    }
    await queryRunner.query(`grant execute on function forget_audit_party(uuid) to ${SERVICE}`);
  }

  /** Nothing is written about, or in the name of, somebody who is being erased: the writer begins anew, and finds nobody. */
  private async refuseErased(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create function refuse_erased() returns trigger language plpgsql security definer ${SEARCH_PATH} as $$
      declare
        people constant uuid[] := array_remove(array[new.employee_id, viewer_employee_id()], null);
      begin
        if current_setting('erasure.running', true) = 'on' then return new; end if;
        perform pg_advisory_xact_lock_shared(${ERASURE_LOCK}, number)
        from (select distinct hashtext(person::text) as number from unnest(people) as person order by 1) as locks;
        if exists (select from employee where id = any (people) and erased_at is not null) then
          raise exception 'the person was erased' using errcode = 'serialization_failure';
        end if;
        return new;
      end $$`);
    for (const table of PLAN_TABLES) {
      await queryRunner.query(`create trigger ${table}_refuse_erased before insert or update on ${table}
        for each row execute function refuse_erased()`);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of AUTHORED) await queryRunner.query(`drop policy ${table}_author on ${table}`);
    for (const table of PLAN_TABLES) await queryRunner.query(`drop trigger ${table}_refuse_erased on ${table}`);
    for (const name of [
      'refuse_erased()',
      'forget_audit_party(uuid)',
      'erase_employee(uuid)',
      'scrub_personal_columns(uuid, text, text)',
      'scrub_document(jsonb, text)',
      'scrub_text(text, text)',
      'name_patterns(uuid)',
      'quote_pattern(text)',
    ]) {
      await queryRunner.query(`drop function ${name}`);
    }
  }
}
