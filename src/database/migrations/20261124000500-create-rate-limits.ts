import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The points of the rate limit, for replicas that share it (RATE_LIMIT_STORE=postgres). Unlogged: no write-ahead log is
 * written for it, and after a crash everybody starts with a full window.
 */
export class CreateRateLimits20261124000500 implements MigrationInterface {
  name = 'CreateRateLimits20261124000500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create unlogged table rate_limit (
        key text constraint rate_limit_pkey primary key,
        points integer not null,
        expire bigint
      )`);
    await runner.query(`create index rate_limit_expire_index on rate_limit (expire)`);
    await runner.query(`grant select, insert, update, delete on rate_limit to career_conversations_service`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table rate_limit`);
  }
}
