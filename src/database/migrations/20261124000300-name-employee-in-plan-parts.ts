import type { MigrationInterface, QueryRunner } from 'typeorm';

/** No release has been in use before this migration, so the tables that it locks are small. */
const LONG_LOCKS = `-- squawk-ignore-file adding-not-nullable-field, adding-foreign-key-constraint, constraint-missing-not-valid, disallowed-unique-constraint
  select`;

/** Each part of a plan says whose it is, so that who may see it is decided on the row itself. Foreign keys keep it true. */
export class NameEmployeeInPlanParts20261124000300 implements MigrationInterface {
  name = 'NameEmployeeInPlanParts20261124000300';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(LONG_LOCKS);
    await queryRunner.query(
      'alter table action_plan add constraint action_plan_id_employee_id_key unique (id, employee_id)',
    );
    await this.nameInPlanSkill(queryRunner);
    await this.nameInAction(queryRunner);
    await this.nameIn(queryRunner, 'plan_revision', 'action_plan', 'plan_id');
    await this.nameIn(queryRunner, 'progress_update', 'action', 'action_id');
  }

  private async fill(queryRunner: QueryRunner, table: string, parent: string, parentColumn: string): Promise<void> {
    await queryRunner.query(`alter table ${table} add column employee_id uuid`);
    await queryRunner.query(
      `update ${table} set employee_id = ${parent}.employee_id from ${parent} where ${parent}.id = ${table}.${parentColumn}`,
    );
    await queryRunner.query(`alter table ${table} alter column employee_id set not null`);
  }

  private async nameInPlanSkill(queryRunner: QueryRunner): Promise<void> {
    await this.fill(queryRunner, 'plan_skill', 'action_plan', 'plan_id');
    await queryRunner.query('alter table plan_skill drop constraint plan_skill_plan_id_fkey');
    await queryRunner.query(`
      alter table plan_skill add constraint plan_skill_plan_id_fkey
        foreign key (plan_id, employee_id) references action_plan (id, employee_id)`);
  }

  private async nameInAction(queryRunner: QueryRunner): Promise<void> {
    await this.fill(queryRunner, 'action', 'action_plan', 'plan_id');
    await queryRunner.query('alter table action drop constraint action_plan_skill_id_fkey');
    await queryRunner.query('alter table plan_skill drop constraint plan_skill_id_plan_id_key');
    await queryRunner.query(
      'alter table plan_skill add constraint plan_skill_id_plan_id_employee_id_key unique (id, plan_id, employee_id)',
    );
    await queryRunner.query(`
      alter table action add constraint action_plan_skill_id_fkey
        foreign key (plan_skill_id, plan_id, employee_id) references plan_skill (id, plan_id, employee_id)`);
    await queryRunner.query('alter table action add constraint action_id_employee_id_key unique (id, employee_id)');
  }

  /** In a table whose rows are only ever added. */
  private async nameIn(queryRunner: QueryRunner, table: string, parent: string, parentColumn: string): Promise<void> {
    await queryRunner.query(`alter table ${table} disable trigger ${table}_append_only`);
    await this.fill(queryRunner, table, parent, parentColumn);
    await queryRunner.query(`alter table ${table} enable trigger ${table}_append_only`);
    await queryRunner.query(`alter table ${table} drop constraint ${table}_${parentColumn}_fkey`);
    await queryRunner.query(`
      alter table ${table} add constraint ${table}_${parentColumn}_fkey
        foreign key (${parentColumn}, employee_id) references ${parent} (id, employee_id)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const [table, parent, parentColumn] of [
      ['progress_update', 'action', 'action_id'],
      ['plan_revision', 'action_plan', 'plan_id'],
    ] as const) {
      await queryRunner.query(`alter table ${table} drop column employee_id`);
      await queryRunner.query(
        `alter table ${table} add constraint ${table}_${parentColumn}_fkey foreign key (${parentColumn}) references ${parent}`,
      );
    }
    await queryRunner.query('alter table action drop constraint action_id_employee_id_key');
    await queryRunner.query('alter table action drop column employee_id');
    await queryRunner.query('alter table plan_skill drop column employee_id');
    await queryRunner.query('alter table plan_skill add constraint plan_skill_id_plan_id_key unique (id, plan_id)');
    await queryRunner.query(
      'alter table plan_skill add constraint plan_skill_plan_id_fkey foreign key (plan_id) references action_plan',
    );
    await queryRunner.query(
      'alter table action add constraint action_plan_skill_id_fkey foreign key (plan_skill_id, plan_id) references plan_skill (id, plan_id)',
    );
    await queryRunner.query('alter table action_plan drop constraint action_plan_id_employee_id_key');
  }
}
