import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As in 20261124000600. */
const AUDIT_LOCK = 7_302_040;

/** As in 20261124000800. */
const ERASURE_LOCK = 7_302_050;

/** Postgres leaves classes that begin so to others. */
const VIEWER_ERASED = 'VE001';

const APPEND = `
  insert into audit_origin (id, salt, address, request_id) values (origin, origin_salt, address, request_id);
  perform pg_advisory_xact_lock(${AUDIT_LOCK}, own_chain);
  select position, hash into last_position, last_hash
  from audit_entry where chain = own_chain order by position desc limit 1;
  last_position := coalesce(last_position, 0);
  last_hash := coalesce(last_hash, '');
  moment := clock_timestamp();
  for entry in
    select given.*, actor.key as actor, person.key as person
    from jsonb_to_recordset(entries)
      as given (action text, subject text, "employeeId" text, thing text, outcome text, codes text)
    join audit_party as actor on actor.identity = viewer
    left join audit_party as person on person.identity = given."employeeId"
    order by given."employeeId", given.subject
  loop
    last_position := last_position + 1;
    last_hash := sha256(last_hash || convert_to(concat_ws('|', own_chain, last_position,
      (extract(epoch from moment) * 1000000)::bigint, encode(entry.actor, 'hex'), entry.action,
      coalesce(entry.subject, '-'), coalesce(encode(entry.person, 'hex'), '-'), coalesce(entry.thing, '-'),
      entry.outcome, coalesce(entry.codes, '-'), origin, encode(digest, 'hex')), 'UTF8'));
    insert into audit_entry
    values (own_chain, last_position, moment, entry.actor, entry.action, entry.subject, entry.person, entry.thing,
      entry.outcome, entry.codes, origin, digest, last_hash);
  end loop;`;

const MAKE_PARTIES = (isForgotten: string): string => `
  -- In order, so that two who make the same parties do not wait for each other in a circle.
  insert into audit_party (key, salt, identity)
  select sha256(uuid_send(made.salt) || convert_to(made.identity, 'UTF8')), made.salt, made.identity
  from (
    select gen_random_uuid() as salt, named.identity
    from (select viewer as identity union select jsonb_array_elements(entries) ->> 'employeeId') as named
    where named.identity is not null
      and not exists (select from audit_party where audit_party.identity = named.identity)
      and not exists (select from employee where ${isForgotten}
        and id = case when named.identity ~ '^[0-9a-f-]{36}$' then named.identity::uuid end)
    order by named.identity
  ) as made
  on conflict (identity) do nothing;`;

const createAppend = (body: string): string => `
  create or replace function append_audit_entries(address text, request_id text, entries jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    viewer constant text := coalesce(viewer_employee_id()::text, viewer_subject());
    own_chain constant smallint := pg_backend_pid() % 32;
    origin constant uuid := gen_random_uuid();
    origin_salt constant uuid := gen_random_uuid();
    digest constant bytea := sha256(uuid_send(origin_salt) || convert_to(address || '|' || request_id, 'UTF8'));
    moment timestamptz;
    last_position bigint;
    last_hash bytea;
    entry record;
  begin
    if viewer is null then raise exception 'nobody acts' using errcode = 'insufficient_privilege'; end if;
    ${body}
  end $$`;

/**
 * What was done by somebody who was erased meanwhile was kept without an entry, and the entry of an erasure named nobody
 * when the trail had not met the person before. See docs/adr/0013.
 */
export class RecordNothingOfErasedViewers20261125000200 implements MigrationInterface {
  name = 'RecordNothingOfErasedViewers20261125000200';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      createAppend(`
      -- Whose erasure runs is waited for: afterwards they do nothing, and are not made known again.
      perform pg_advisory_xact_lock_shared(${ERASURE_LOCK}, number) from (
        select distinct hashtext(named.identity) as number
        from (select viewer as identity union select jsonb_array_elements(entries) ->> 'employeeId') as named
        where named.identity is not null order by 1) as locks;
      if exists (select from employee where id = viewer_employee_id() and erased_at is not null) then
        raise exception 'the viewer was erased' using errcode = '${VIEWER_ERASED}';
      end if;
      -- Who was erased is not known again, but to the transaction that erases them.
      ${MAKE_PARTIES('erased_at is not null and employee.xmin <> pg_current_xact_id()::xid')}
      ${APPEND}`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      createAppend(`
      ${MAKE_PARTIES('erased_at is not null')}
      if not exists (select from audit_party where identity = viewer) then return; end if;
      ${APPEND}`),
    );
  }
}
