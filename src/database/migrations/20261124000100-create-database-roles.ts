import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The roles of docs/adr/0011: one that the service works as, one for analysts. Neither owns anything. */
const ROLES = ['career_conversations_service', 'career_conversations_analytics'];

/** Roles belong to the whole server: another database of it may have made them before, or make them at this moment. */
const createRole = (role: string): string => `
  do $$ begin
    if not exists (select from pg_roles where rolname = '${role}') then
      create role ${role} nologin nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
    end if;
  exception when duplicate_object or unique_violation then null;
  end $$`;

export class CreateDatabaseRoles20261124000100 implements MigrationInterface {
  name = 'CreateDatabaseRoles20261124000100';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const role of ROLES) {
      await queryRunner.query(createRole(role));
      await queryRunner.query(`grant usage on schema public to ${role}`);
    }
    await queryRunner.query('revoke create on schema public from public');
    // Structure and rules hold nothing of a person.
    const open = 'migration, department, role, skill, skill_alias, role_skill, plan_policy';
    for (const role of ROLES) await queryRunner.query(`grant select on ${open} to ${role}`);
    await this.createViewerFunctions(queryRunner);
  }

  /** Who is asking, as the service says with each statement and each transaction; nobody when it says nothing. */
  private async createViewerFunctions(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create function viewer_employee_id() returns uuid language sql stable parallel safe
      return nullif(current_setting('viewer.employee_id', true), '')::uuid`);
    await queryRunner.query(`
      create function viewer_subject() returns text language sql stable parallel safe
      return nullif(current_setting('viewer.subject', true), '')`);
    await queryRunner.query(`
      create function viewer_has_role(role text) returns boolean language sql stable parallel safe
      return role = any (string_to_array(coalesce(current_setting('viewer.roles', true), ''), ' '))`);
    // How many levels up the reporting line people read plans and progress.
    await queryRunner.query(`
      create function viewer_reporting_depth() returns integer language sql stable parallel safe
      return coalesce(nullif(current_setting('viewer.reporting_depth', true), '')::integer, 0)`);
  }

  /** The roles stay: other databases of the server may use them. */
  async down(queryRunner: QueryRunner): Promise<void> {
    for (const name of [
      'viewer_reporting_depth()',
      'viewer_has_role(text)',
      'viewer_subject()',
      'viewer_employee_id()',
    ]) {
      await queryRunner.query(`drop function ${name}`);
    }
    for (const role of ROLES) {
      await queryRunner.query(`revoke all on all tables in schema public from ${role}`);
      await queryRunner.query(`revoke usage on schema public from ${role}`);
    }
    await queryRunner.query('grant create on schema public to public');
  }
}
