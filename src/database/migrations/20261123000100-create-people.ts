import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePeople20261123000100 implements MigrationInterface {
  name = 'CreatePeople20261123000100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('create extension if not exists pg_trgm');

    await queryRunner.query(`
      create table department (
        id uuid constraint department_pkey primary key,
        external_id text not null constraint department_external_id_key unique,
        name text collate "und-x-icu" not null,
        parent_id uuid constraint department_parent_id_fkey references department,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`);
    await queryRunner.query('create index department_parent_id_index on department (parent_id)');

    await queryRunner.query(`
      create table role (
        id uuid constraint role_pkey primary key,
        external_id text not null constraint role_external_id_key unique,
        title text collate "und-x-icu" not null,
        department_id uuid constraint role_department_id_fkey references department,
        level smallint not null constraint role_level_check check (level between 1 and 20),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`);
    await queryRunner.query('create index role_department_id_index on role (department_id)');
    await queryRunner.query('create index role_title_index on role (title, id)');

    await queryRunner.query(`
      create table employee (
        id uuid constraint employee_pkey primary key,
        external_id text not null constraint employee_external_id_key unique,
        name text collate "und-x-icu" not null,
        work_email text not null constraint employee_work_email_key unique
          constraint employee_work_email_check check (work_email = lower(work_email)),
        job_title text not null,
        department_id uuid constraint employee_department_id_fkey references department,
        role_id uuid constraint employee_role_id_fkey references role,
        manager_id uuid constraint employee_manager_id_fkey references employee
          constraint employee_manager_check check (manager_id <> id),
        hired_on date,
        employment_status text not null default 'ACTIVE'
          constraint employee_employment_status_check check (employment_status in ('ACTIVE', 'ON_LEAVE', 'TERMINATED')),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`);
    await queryRunner.query('create index employee_department_id_index on employee (department_id)');
    await queryRunner.query('create index employee_role_id_index on employee (role_id)');
    await queryRunner.query('create index employee_manager_id_index on employee (manager_id, name, id)');
    await queryRunner.query('create index employee_name_index on employee (name, id)');
    await queryRunner.query(
      'create index employee_name_trigram_index on employee using gin (lower(name) gin_trgm_ops)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table employee');
    await queryRunner.query('drop table role');
    await queryRunner.query('drop table department');
  }
}
