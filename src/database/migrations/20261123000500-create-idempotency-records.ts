import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateIdempotencyRecords20261123000500 implements MigrationInterface {
  name = 'CreateIdempotencyRecords20261123000500';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table idempotency_record (
        subject text not null,
        operation text not null,
        key text not null,
        input_digest text not null,
        result_id uuid not null,
        created_at timestamptz not null default now(),
        constraint idempotency_record_pkey primary key (subject, operation, key)
      )`);
    await queryRunner.query('create index idempotency_record_created_at_index on idempotency_record (created_at)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table idempotency_record');
  }
}
