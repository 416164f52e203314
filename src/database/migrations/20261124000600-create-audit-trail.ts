import type { MigrationInterface, QueryRunner } from 'typeorm';

const SERVICE = 'career_conversations_service';

/** Sets these advisory locks apart from all others; the second number is that of a chain. */
const AUDIT_LOCK = 7_302_040;

/** See docs/adr/0012. */
export class CreateAuditTrail20261124000600 implements MigrationInterface {
  name = 'CreateAuditTrail20261124000600';

  async up(queryRunner: QueryRunner): Promise<void> {
    await this.createTables(queryRunner);
    await this.protect(queryRunner);
    await this.createAppend(queryRunner);
  }

  private async createTables(queryRunner: QueryRunner): Promise<void> {
    // Who an entry is about stands here alone: the key is a digest over salt and identity. Without the salt nobody can
    // say any longer whom a key stands for, and the entries are as they were.
    await queryRunner.query(`
      create table audit_party (
        key bytea constraint audit_party_pkey primary key,
        salt uuid,
        identity text constraint audit_party_identity_key unique,
        erased_at timestamptz,
        constraint audit_party_erased_check check (
          case when erased_at is null then num_nonnulls(salt, identity) = 2 else num_nonnulls(salt, identity) = 0 end)
      )`);
    // From where a request came is about a person, too, and goes with them; its digest stays.
    await queryRunner.query(`
      create table audit_origin (
        id uuid constraint audit_origin_pkey primary key,
        salt uuid not null,
        address text not null,
        request_id text not null
      )`);
    await queryRunner.query(`
      create table audit_entry (
        chain smallint not null,
        position bigint not null constraint audit_entry_position_check check (position >= 1),
        occurred_at timestamptz not null,
        actor bytea not null,
        action text not null constraint audit_entry_action_check check (action ~ '^[A-Za-z]+$'),
        subject text constraint audit_entry_subject_check check (subject ~ '^[A-Z_]+$'),
        person bytea,
        thing text constraint audit_entry_thing_check check (thing ~ '^[a-z_]+_[0-9a-z]{26}$'),
        outcome text not null
          constraint audit_entry_outcome_check check (outcome in ('DONE', 'REFUSED', 'FORBIDDEN', 'FAILED')),
        codes text constraint audit_entry_codes_check check (codes ~ '^[A-Z_ ]+$'),
        origin_id uuid not null,
        origin_digest bytea not null,
        hash bytea not null,
        constraint audit_entry_pkey primary key (chain, position)
      )`);
    await queryRunner.query('create index audit_entry_actor_index on audit_entry (actor, occurred_at)');
    await queryRunner.query('create index audit_entry_person_index on audit_entry (person, occurred_at)');
  }

  private async protect(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['audit_party', 'audit_origin', 'audit_entry']) {
      await queryRunner.query(`alter table ${table} enable row level security`);
      await queryRunner.query(`alter table ${table} force row level security`);
      await queryRunner.query(
        `create policy ${table}_owner on ${table} to current_user using (true) with check (true)`,
      );
    }
    await queryRunner.query(
      'create trigger audit_entry_append_only before update or delete on audit_entry for each row execute function refuse_change()',
    );
    await queryRunner.query(
      'create trigger audit_entry_kept before truncate on audit_entry for each statement execute function refuse_change()',
    );
  }

  /**
   * The only way in: who acts is whom the transaction says that it works for. Each connection has a chain of its own, so
   * that few ever wait for each other; a chain is locked until the transaction ends, so an entry has one successor.
   */
  private async createAppend(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create function append_audit_entries(address text, request_id text, entries jsonb) returns void
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
        -- In order, so that two who make the same parties do not wait for each other in a circle.
        insert into audit_party (key, salt, identity)
        select sha256(uuid_send(made.salt) || convert_to(made.identity, 'UTF8')), made.salt, made.identity
        from (
          select gen_random_uuid() as salt, named.identity
          from (select viewer as identity union select jsonb_array_elements(entries) ->> 'employeeId') as named
          where named.identity is not null
            and not exists (select from audit_party where audit_party.identity = named.identity)
            -- Who was erased is not known again (the column comes with erasure).
            and not exists (select from employee where erased_at is not null
              and id = case when named.identity ~ '^[0-9a-f-]{36}$' then named.identity::uuid end)
          order by named.identity
        ) as made
        on conflict (identity) do nothing;

        if not exists (select from audit_party where identity = viewer) then return; end if;
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
        end loop;
      end $$`);
    await queryRunner.query('revoke execute on function append_audit_entries from public');
    await queryRunner.query(`grant execute on function append_audit_entries to ${SERVICE}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop function append_audit_entries');
    for (const table of ['audit_entry', 'audit_origin', 'audit_party']) await queryRunner.query(`drop table ${table}`);
  }
}
