import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateProgressUpdates20261123000400 implements MigrationInterface {
  name = 'CreateProgressUpdates20261123000400';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table progress_update (
        id uuid constraint progress_update_pkey primary key,
        action_id uuid not null constraint progress_update_action_id_fkey references action,
        author_id uuid constraint progress_update_author_id_fkey references employee,
        percent_complete smallint not null,
        status text not null,
        note text,
        occurred_at timestamptz not null,
        created_at timestamptz not null,
        constraint progress_update_status_check check (percent_complete between 0 and 100 and (
          status = 'NOT_STARTED' and percent_complete = 0
          or status = 'IN_PROGRESS' and percent_complete < 100
          or status = 'DONE' and percent_complete = 100))
      )`);
    await queryRunner.query(
      'create index progress_update_action_id_index on progress_update (action_id, occurred_at, created_at, id)',
    );
    await queryRunner.query('create index progress_update_author_id_index on progress_update (author_id)');
    await queryRunner.query(
      'create trigger progress_update_append_only before update or delete on progress_update for each row execute function refuse_change()',
    );
    await queryRunner.query(
      'create trigger progress_update_kept before truncate on progress_update for each statement execute function refuse_change()',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table progress_update');
  }
}
