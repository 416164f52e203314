import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RecordNothingOfErasedViewers20261125000200 } from './20261125000200-record-nothing-of-erased-viewers.js';

/** As in 20261124000600. */
const AUDIT_LOCK = 7_302_040;

/** As in 20261124000800. */
const ERASURE_LOCK = 7_302_050;

/** As in 20261125000200. */
const VIEWER_ERASED = 'VE001';

/**
 * Each entry read all parties that the trail knows, twice: a join with entries whose number Postgres cannot know is planned as for
 * a hundred, and kept. A party that is asked for as a value is looked up. What is recorded, and when, stays as it was.
 */
export class LookUpAuditParties20261126000100 implements MigrationInterface {
  name = 'LookUpAuditParties20261126000100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create or replace function append_audit_entries(address text, request_id text, entries jsonb) returns void
      language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      declare
        viewer constant text := coalesce(viewer_employee_id()::text, viewer_subject());
        own_chain constant smallint := pg_backend_pid() % 32;
        origin constant uuid := gen_random_uuid();
        origin_salt constant uuid := gen_random_uuid();
        digest constant bytea := sha256(uuid_send(origin_salt) || convert_to(address || '|' || request_id, 'UTF8'));
        identities text[];
        moment timestamptz;
        last_position bigint;
        last_hash bytea;
        entry record;
      begin
        if viewer is null then raise exception 'nobody acts' using errcode = 'insufficient_privilege'; end if;
        identities := array(
          select named.identity from (select viewer as identity union select jsonb_array_elements(entries) ->> 'employeeId') as named
          where named.identity is not null);
        -- Whose erasure runs is waited for: afterwards they do nothing, and are not made known again.
        perform pg_advisory_xact_lock_shared(${ERASURE_LOCK}, number)
        from (select distinct hashtext(named.identity) as number from unnest(identities) as named (identity) order by 1) as locks;
        if exists (select from employee where id = viewer_employee_id() and erased_at is not null) then
          raise exception 'the viewer was erased' using errcode = '${VIEWER_ERASED}';
        end if;
        -- After the locks: who was waited for may have made some of them known. Most are, so that nothing is left to do.
        identities := array(
          select named.identity from unnest(identities) as named (identity)
          where (select true from audit_party where audit_party.identity = named.identity) is null);
        if cardinality(identities) > 0 then
          -- In order, so that two who make the same parties do not wait for each other in a circle. Who was erased is not known
          -- again, but to the transaction that erases them.
          insert into audit_party (key, salt, identity)
          select sha256(uuid_send(made.salt) || convert_to(made.identity, 'UTF8')), made.salt, made.identity
          from (
            select gen_random_uuid() as salt, named.identity from unnest(identities) as named (identity)
            where (select true from employee where erased_at is not null and employee.xmin <> pg_current_xact_id()::xid
              and id = case when named.identity ~ '^[0-9a-f-]{36}$' then named.identity::uuid end) is null
            order by named.identity
          ) as made
          on conflict (identity) do nothing;
        end if;

        insert into audit_origin (id, salt, address, request_id) values (origin, origin_salt, address, request_id);
        perform pg_advisory_xact_lock(${AUDIT_LOCK}, own_chain);
        select position, hash into last_position, last_hash
        from audit_entry where chain = own_chain order by position desc limit 1;
        last_position := coalesce(last_position, 0);
        last_hash := coalesce(last_hash, '');
        moment := clock_timestamp();
        for entry in
          select given.*, (select key from audit_party where identity = viewer) as actor,
            (select key from audit_party where identity = given."employeeId") as person
          from jsonb_to_recordset(entries)
            as given (action text, subject text, "employeeId" text, thing text, outcome text, codes text)
          order by given."employeeId", given.subject
        loop
          exit when entry.actor is null; -- whom the trail is not to know
          last_position := last_position + 1;
          last_hash := sha256(last_hash || convert_to(concat_ws('|', own_chain, last_position,
            (extract(epoch from moment) * 1000000)::bigint, encode(entry.actor, 'hex'), entry.action,
            coalesce(entry.subject, '-'), coalesce(encode(entry.person, 'hex'), '-'), coalesce(entry.thing, '-'),
            entry.outcome, coalesce(entry.codes, '-'), origin, encode(digest, 'hex')), 'UTF8'));
          insert into audit_entry
          values (own_chain, last_position, moment, entry.actor, entry.action, entry.subject, entry.person, entry.thing,
            entry.outcome, entry.codes, origin, digest, last_hash);
        end loop;
      end $$`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await new RecordNothingOfErasedViewers20261125000200().up(queryRunner);
  }
}
