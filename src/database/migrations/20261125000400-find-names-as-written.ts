import type { MigrationInterface, QueryRunner } from 'typeorm';
import { EraseEmployees20261124000800 } from './20261124000800-erase-employees.js';
import { SearchBeforeErasing20261125000100 } from './20261125000100-search-before-erasing.js';

/** As in the migration that made erasure. */
const ERASURE_LOCK = 7_302_050;

const SEARCH_PATH = 'set search_path = pg_catalog, public, pg_temp';

/** As in the migration before. */
const SEPARATOR = ' | ';

/** Letters and signs are told apart in every script, whatever the locale of the database. */
const ANY_LOCALE = 'collate "und-x-icu"';

/** What nobody sees: soft hyphens, joiners, marks of direction. As ranges of a pattern. */
const INVISIBLE = String.raw`\u00AD\u034F\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF`;

/** White space of whatever width, that which does not break included. As ranges of a pattern. */
const SPACE = String.raw`\u0009-\u000D\u001C-\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000`;

/** Signs that writers and their programs take for one another, as ranges of a pattern. */
const APOSTROPHES = String.raw`\u0027\u2018\u2019\u02BC\uFF07`;
const HYPHENS = String.raw`\u002D\u2010-\u2013\u2212\uFE63\uFF0D`;
const COMMAS = String.raw`,\u060C\u3001\uFF0C`;
const LETTERS_I = String.raw`iI\u0130\u0131\uFF29\uFF49`;
const LETTERS_S = String.raw`sS\uFF33\uFF53`;
const SHARP_S = String.raw`\u00DF\u1E9E`;

/** Between two words. */
const GAP = `[${SPACE}${INVISIBLE}]`;

/** An id goes on where one of these joins it with a further letter or digit. */
const JOINER = '[._@-]';

/** From a full-width form to the sign itself. */
const TO_FULL_WIDTH = 0xff01 - 0x21;

/** What is done to columns of the company: titles and skills may name somebody, too. */
const TREATMENTS: Record<string, Record<string, string>> = {
  department: { TEXT: 'name', KEPT: 'id external_id parent_id created_at updated_at' },
  role: { TEXT: 'title', KEPT: 'id external_id department_id level created_at updated_at' },
  skill: { TEXT: 'name description category', KEPT: 'id external_id created_at updated_at' },
  skill_alias: { TEXT: 'alias', KEPT: 'skill_id position' },
  role_skill: { KEPT: 'role_id skill_id level' },
  rate_limit: { KEPT: 'key points expire' },
};

const classified = Object.entries(TREATMENTS).flatMap(([table, treatments]) =>
  Object.entries(treatments).flatMap(([treatment, columns]) =>
    columns.split(' ').map((column) => `('${table}', '${column}', '${treatment}')`),
  ),
);

/** A text in the composition in which it is searched. Most need not be made anew, which takes longer than the search. */
const composed = (text: string): string =>
  `case when octet_length(${text}) = length(${text}) or ${text} is normalized then ${text} else normalize(${text}) end`;

/** A name is found however it is written, also in titles and skills, and an id wherever it stands. See docs/adr/0013. */
export class FindNamesAsWritten20261125000400 implements MigrationInterface {
  name = 'FindNamesAsWritten20261125000400';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `insert into personal_column (table_name, column_name, treatment) values ${classified.join(', ')}`,
    );
    await this.treatJobTitle(queryRunner, 'TEXT');
    await queryRunner.query('drop function quote_pattern(text)');
    await this.createLetters(queryRunner);
    await this.createPatterns(queryRunner);
    await this.createSearch(queryRunner);
    await this.createScrub(queryRunner);
    await this.createErase(queryRunner);
  }

  /** Others may have a title that names the person. */
  private async treatJobTitle(queryRunner: QueryRunner, treatment: string): Promise<void> {
    await queryRunner.query(
      `update personal_column set treatment = '${treatment}' where table_name = 'employee' and column_name = 'job_title'`,
    );
  }

  /** All that a reader takes for one and the same: said letter by letter, so that texts need not be changed to compare. */
  private async createLetters(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create function letter_pattern(letter text) returns text language sql immutable parallel safe ${SEARCH_PATH}
      return case
        when letter ~ '^[${LETTERS_I}]$' then '[${LETTERS_I}]\\u0307?'
        when letter ~ '^(?:[${LETTERS_S}]{2}|[${SHARP_S}])$'
          then '(?:[${LETTERS_S}][${INVISIBLE}]*[${LETTERS_S}]|[${SHARP_S}])'
        when letter ~ '^[${APOSTROPHES}]$' then '\\\\?[${APOSTROPHES}]'
        when letter ~ '^[${HYPHENS}]$' then '\\\\?[${HYPHENS}]'
        else (
          with form (text) as (
            select letter union select normalize(letter, nfkc)
          ), cased (text) as (
            select text from form
            union select lower(text ${ANY_LOCALE}) from form
            union select upper(text ${ANY_LOCALE}) from form
            union select lower(upper(text ${ANY_LOCALE}) ${ANY_LOCALE}) from form
          ), wide (text) as (
            select text from cased
            union select chr(ascii(text) + ${TO_FULL_WIDTH}) from cased where text ~ '^[!-~]$'
            union select unnest(array['\u03c2', '\u03c3']) from cased where text in ('\u03c2', '\u03c3')
          )
          -- A sign may have been escaped, as Markdown and JSON do. Letters in one bracket make a search small.
          select case when letter ~ '^[!-/:-@[-\`{-~]$' then '\\\\?' else '' end
            || concat('(?:[', string_agg(quoted, '' order by quoted collate "C") filter (where length(text) = 1), ']',
              '|' || string_agg(quoted, '|' order by quoted collate "C") filter (where length(text) > 1), ')')
          from (select text, regexp_replace(text, '([!-/:-@[-\`{-~])', '\\\\\\1', 'g') as quoted
          from wide) as forms)
        end`);
    await queryRunner.query(`
      create function word_pattern(word text, joint text) returns text language sql immutable parallel safe ${SEARCH_PATH}
      return (
        select string_agg(letter_pattern(letter[1]), joint order by place)
        from regexp_matches(word, '[${LETTERS_S}]{2}|.', 'g') with ordinality as found (letter, place))`);
    await queryRunner.query(`
      create function phrase_pattern(words text[]) returns text language sql immutable parallel safe ${SEARCH_PATH}
      return array_to_string(array(
        select word_pattern(word, '[${INVISIBLE}]*') from unnest(words) with ordinality as named (word, place) order by place
      ), '${GAP}+')`);
    await queryRunner.query(`
      create function words_of(text text) returns text[] language sql immutable parallel safe ${SEARCH_PATH}
      return array(
        select found[1] from regexp_matches(regexp_replace(normalize(text), '[${INVISIBLE}]', '', 'g'), '[^${SPACE}]+', 'g')
          with ordinality as matches (found, place) order by place)`);
  }

  /** What names a person in texts of others. One word alone, or a plain number or word, could be anything. */
  private async createPatterns(queryRunner: QueryRunner): Promise<void> {
    // The hint finds the rows that may hold a mention, also within the text of a document, where some signs are escaped.
    await queryRunner.query(`
      create or replace function name_patterns(person uuid) returns table (pattern text, hint text)
      language sql stable ${SEARCH_PATH} as $$
        with called as (
          select words_of(name) as words, words_of(work_email) as email, words_of(external_id) as id
          from employee where employee.id = person
        ), named as (
          select words, cardinality(words) as count, words[1] as first, words[cardinality(words)] as last from called
          where cardinality(words) > 1
        ), mention as (
          select words, null::text[] as given, null::text[] as rest, false as is_id from named
          union all select array[last], words[:count - 1], words[2:], false from named
          union all select array[first, last], null, null, false from named where count > 2
          union all select array[last], array[first], words[2:], false from named where count > 2
          union all select email, null, null, true from called
          union all select id, null, null, true from called
          where length(array_to_string(id, ' ')) >= 4 and array_to_string(id, ' ') !~ '^([[:alpha:]]+|[[:digit:]]+)$' ${ANY_LOCALE}
        ), phrase as (
          -- "Zzqone, Nora", but not where it is the end of one name and the beginning of another: "Pia Zzqone, Nora Zzqone".
          select is_id, phrase_pattern(words) || case when given is null then '' else '${GAP}*[${COMMAS}]${GAP}*'
            || phrase_pattern(given) || '(?!${GAP}+(?:' || phrase_pattern(rest) || '|' || phrase_pattern(words)
            || ')(?:[^[:alnum:]]|$))' end as text
          from mention
        ), needle as (
          select case when length(first) > length(last) then first else last end as word from named
          union select words[1] from mention where is_id
        )
        select '(?<![[:alnum:]])(?:' || concat_ws('|',
            string_agg(text, '|') filter (where not is_id),
            '(?<![[:alnum:]]${JOINER})(?:' || string_agg(text, '|') filter (where is_id) || ')(?!${JOINER}[[:alnum:]])'
          ) || ')(?![[:alnum:]])',
          -- Whatever is no letter between the letters: that takes half the time.
          (select string_agg(word_pattern(word, '[^!-~]*'), '|' order by word collate "C") from needle
            where not exists (select from needle as other where other.word <> needle.word and strpos(needle.word, other.word) > 0))
        from phrase
      $$`);
  }

  private async createSearch(queryRunner: QueryRunner): Promise<void> {
    // One pass over each table, which Postgres may share among several processes. The hint is cheap and decides most
    // rows; the last word of a short name is in many texts, so what is found is what names the person indeed.
    await queryRunner.query(`
      create or replace function find_mentions(mentions text, hints text, since xid, people uuid[])
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
          -- Texts about nobody are few: they are searched when they are scrubbed.
          continue when part.texts is null or part.person is null;
          -- A row that was written since has a transaction that is not older.
          return query execute format('select id, %2$I from %1$I
            where ($3 is null or age(xmin) <= age($3)) and ($4 is null or %2$I = any ($4))
              and case when ${composed(`concat_ws(''${SEPARATOR}'', %3$s)`)} ~ $2
                then normalize(concat_ws(''${SEPARATOR}'', %4$s)) ~ $1 ${ANY_LOCALE} else false end',
            part.table_name, part.person, part.stored, part.texts) using mentions, hints, since, people;
        end loop;
      end $$`);
  }

  private async createScrub(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create or replace function scrub_text(text text, mentions text) returns text language sql immutable ${SEARCH_PATH}
      return case when normalize(text) ~ mentions ${ANY_LOCALE}
        then regexp_replace(normalize(text), mentions ${ANY_LOCALE}, '[erased]', 'g') else text end`);
    await queryRunner.query('drop function scrub_personal_columns(uuid, text, uuid[])');
    await queryRunner.query(`
      create function scrub_personal_columns(erased uuid, mentions text, hints text, mentioning uuid[]) returns void
      language plpgsql ${SEARCH_PATH} as $$
      declare
        part record;
      begin
        for part in
          with treated as (
            select personal_column.*, attribute.attnotnull as required,
              -- Two texts must not become one where each may be there but once.
              case when exists (
                select from pg_index where indrelid = attrelid and indisunique and (attnum = any (indkey)
                  or exists (select from pg_depend where objid = indexrelid and refobjid = attrelid and refobjsubid = attnum))
              ) then 'replace(scrub_text(%1$I, $1), ''[erased]'', ''[erased-'' || gen_random_uuid() || '']'')'
              when treatment = 'DOCUMENT' then 'scrub_document(%1$I, $1)'
              else 'scrub_text(%1$I, $1)' end as scrub
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
            string_agg(format('%1$I = ' || scrub, column_name), ', ')
              filter (where treatment in ('TEXT', 'NOTE', 'DOCUMENT')) as scrubbed,
            string_agg(format('%I', column_name), ', ') filter (where treatment in ('TEXT', 'NOTE', 'DOCUMENT')) as stored
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
          if part.scrubbed is not null and part.person is not null then
            execute format('update %I set %s where id = any ($2)', part.table_name, part.scrubbed) using mentions, mentioning;
          elsif part.scrubbed is not null then
            execute format('update %I set %s where ${composed(`concat_ws(''${SEPARATOR}'', %3$s)`)} ~ $2
                and normalize(concat_ws(''${SEPARATOR}'', %3$s)) ~ $1 ${ANY_LOCALE}',
              part.table_name, part.scrubbed, part.stored) using mentions, hints;
          end if;
        end loop;
      end $$`);
    await queryRunner.query('revoke execute on function scrub_personal_columns(uuid, text, text, uuid[]) from public');
  }

  private async createErase(queryRunner: QueryRunner): Promise<void> {
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
      begin
        if not viewer_has_role('hr_admin') or viewer_employee_id() is not distinct from erased then
          raise exception 'only HR may erase a person, and nobody themselves' using errcode = 'insufficient_privilege';
        end if;
        if not exists (select from employee where id = erased and erased_at is null) then return null; end if;
        select * into naming from name_patterns(erased);
        -- Nobody waits for this: it takes long, and holds nothing.
        select array_agg(key) into keys from idempotency_record
        where ${composed('key')} ~ naming.hint and scrub_text(key, naming.pattern) <> key;
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
          or age(xmin) <= age(begun) and ${composed('key')} ~ naming.hint and scrub_text(key, naming.pattern) <> key;
        update employee set employment_status = 'TERMINATED', erased_at = moment, updated_at = moment where id = erased;
        perform scrub_personal_columns(erased, naming.pattern, naming.hint, found_ids || more_ids);
        -- Last: until the transaction ends, nobody else gets another manager.
        perform rebuild_reporting_lines(array[erased]);
        perform set_config('erasure.running', '', true);
        return moment;
      end $$`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const made = new EraseEmployees20261124000800();
    const searched = new SearchBeforeErasing20261125000100();
    for (const name of [
      'scrub_personal_columns(uuid, text, text, uuid[])',
      'name_patterns(uuid)',
      'words_of(text)',
      'phrase_pattern(text[])',
      'word_pattern(text, text)',
      'letter_pattern(text)',
      'scrub_text(text, text)',
      'find_mentions(text, text, xid, uuid[])',
    ]) {
      await queryRunner.query(`drop function ${name}`);
    }
    await made.createPatterns(queryRunner);
    await made.createScrubText(queryRunner);
    for (const name of ['name_patterns(uuid)', 'scrub_text(text, text)']) {
      await queryRunner.query(`revoke execute on function ${name} from public`);
    }
    await searched.createFindMentions(queryRunner);
    await searched.createScrubColumns(queryRunner);
    await searched.createErase(queryRunner);
    await this.treatJobTitle(queryRunner, 'NAME');
    const tables = Object.keys(TREATMENTS).map((table) => `'${table}'`);
    await queryRunner.query(`delete from personal_column where table_name in (${tables.join(', ')})`);
  }
}
