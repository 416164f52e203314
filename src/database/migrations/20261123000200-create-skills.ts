import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSkills20261123000200 implements MigrationInterface {
  name = 'CreateSkills20261123000200';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table skill (
        id uuid constraint skill_pkey primary key,
        external_id text not null constraint skill_external_id_key unique,
        name text collate "und-x-icu" not null,
        description text not null,
        category text not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`);
    await queryRunner.query('create index skill_name_index on skill (name, id)');
    await queryRunner.query('create index skill_category_index on skill (category, name, id)');
    await queryRunner.query('create unique index skill_name_key on skill (lower(name))');
    // GiST, not GIN: the planner takes the likeness operators for cheap and would rather scan the table than use a GIN index.
    await queryRunner.query(
      'create index skill_name_trigram_index on skill using gist (lower(name) gist_trgm_ops (siglen = 64))',
    );

    await queryRunner.query(`
      create table skill_alias (
        skill_id uuid not null constraint skill_alias_skill_id_fkey references skill on delete cascade,
        alias text collate "und-x-icu" not null,
        position smallint not null,
        constraint skill_alias_pkey primary key (skill_id, alias)
      )`);
    await queryRunner.query(
      'create index skill_alias_trigram_index on skill_alias using gist (lower(alias) gist_trgm_ops (siglen = 64))',
    );

    await queryRunner.query(`
      create table role_skill (
        role_id uuid not null constraint role_skill_role_id_fkey references role on delete cascade,
        skill_id uuid not null constraint role_skill_skill_id_fkey references skill,
        level smallint not null constraint role_skill_level_check check (level between 1 and 5),
        constraint role_skill_pkey primary key (role_id, skill_id)
      )`);
    await queryRunner.query('create index role_skill_skill_id_index on role_skill (skill_id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table role_skill');
    await queryRunner.query('drop table skill_alias');
    await queryRunner.query('drop table skill');
  }
}
