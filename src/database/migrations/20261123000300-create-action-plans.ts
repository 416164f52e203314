import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateActionPlans20261123000300 implements MigrationInterface {
  name = 'CreateActionPlans20261123000300';

  async up(queryRunner: QueryRunner): Promise<void> {
    await this.createAppendOnlyGuard(queryRunner);
    await this.createPolicy(queryRunner);
    await this.createPlan(queryRunner);
    await this.createSkillsAndActions(queryRunner);
    await this.createRevisions(queryRunner);
  }

  private async createAppendOnlyGuard(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
      end $$`);
  }

  private async createPolicy(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table plan_policy (
        id uuid constraint plan_policy_pkey primary key,
        version integer not null constraint plan_policy_version_key unique,
        min_skills smallint not null,
        max_skills smallint not null,
        min_actions_per_skill smallint not null,
        max_actions_per_skill smallint not null,
        experience_percent smallint not null,
        exposure_percent smallint not null,
        education_percent smallint not null,
        slack smallint not null constraint plan_policy_slack_check check (slack between 0 and 10),
        author_id uuid constraint plan_policy_author_id_fkey references employee,
        created_at timestamptz not null,
        constraint plan_policy_skills_check
          check (1 <= min_skills and min_skills <= max_skills and max_skills <= 3),
        constraint plan_policy_actions_check
          check (1 <= min_actions_per_skill and min_actions_per_skill <= max_actions_per_skill and max_actions_per_skill <= 10),
        constraint plan_policy_shares_check
          check (experience_percent >= 0 and exposure_percent >= 0 and education_percent >= 0
            and experience_percent + exposure_percent + education_percent = 100)
      )`);
    await queryRunner.query('create index plan_policy_author_id_index on plan_policy (author_id)');
    await queryRunner.query(
      'create trigger plan_policy_append_only before update or delete on plan_policy for each row execute function refuse_change()',
    );
    await queryRunner.query(
      'create trigger plan_policy_kept before truncate on plan_policy for each statement execute function refuse_change()',
    );
    // The first policy is the 70/20/10 rule for two to three skills; its id is fixed, so that every database has the same.
    await queryRunner.query(`
      insert into plan_policy (id, version, min_skills, max_skills, min_actions_per_skill, max_actions_per_skill,
        experience_percent, exposure_percent, education_percent, slack, created_at)
      values ('01900000-0000-7000-8000-000000000001', 1, 2, 3, 1, 5, 70, 20, 10, 0, now())`);
  }

  private async createPlan(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table action_plan (
        id uuid constraint action_plan_pkey primary key,
        employee_id uuid not null constraint action_plan_employee_id_fkey references employee,
        goal text not null,
        target_role_id uuid constraint action_plan_target_role_id_fkey references role,
        target_on date,
        status text not null
          constraint action_plan_status_check check (status in ('DRAFT', 'ACTIVE', 'COMPLETED', 'ARCHIVED')),
        version integer not null constraint action_plan_version_check check (version >= 1),
        policy_id uuid constraint action_plan_policy_id_fkey references plan_policy,
        outcome text,
        closing_note text,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        activated_at timestamptz,
        completed_at timestamptz,
        archived_at timestamptz,
        constraint action_plan_outcome_check check ((status = 'COMPLETED') = (outcome is not null)
          and outcome in ('GOAL_REACHED', 'GOAL_PARTLY_REACHED', 'GOAL_NOT_REACHED')),
        constraint action_plan_activated_check check (status not in ('ACTIVE', 'COMPLETED') or activated_at is not null),
        constraint action_plan_completed_check check ((status = 'COMPLETED') = (completed_at is not null)),
        constraint action_plan_archived_check check ((status = 'ARCHIVED') = (archived_at is not null)),
        constraint action_plan_policy_check check ((activated_at is null) = (policy_id is null))
      )`);
    await queryRunner.query(
      `create unique index action_plan_one_active_per_employee_key on action_plan (employee_id) where status = 'ACTIVE'`,
    );
    await queryRunner.query('create index action_plan_employee_id_index on action_plan (employee_id, id)');
    await queryRunner.query('create index action_plan_target_role_id_index on action_plan (target_role_id)');
    await queryRunner.query('create index action_plan_policy_id_index on action_plan (policy_id)');
  }

  private async createSkillsAndActions(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table plan_skill (
        id uuid constraint plan_skill_pkey primary key,
        plan_id uuid not null constraint plan_skill_plan_id_fkey references action_plan,
        skill_id uuid not null constraint plan_skill_skill_id_fkey references skill,
        rank smallint constraint plan_skill_rank_check check (rank between 1 and 3),
        outcome text,
        removed_at timestamptz,
        constraint plan_skill_removed_check check ((rank is null) = (removed_at is not null)),
        constraint plan_skill_id_plan_id_key unique (id, plan_id),
        constraint plan_skill_plan_id_rank_key unique (plan_id, rank) deferrable initially deferred
      )`);
    await queryRunner.query(
      'create unique index plan_skill_plan_id_skill_id_key on plan_skill (plan_id, skill_id) where rank is not null',
    );
    await queryRunner.query('create index plan_skill_skill_id_index on plan_skill (skill_id)');

    await queryRunner.query(`
      create table action (
        id uuid constraint action_pkey primary key,
        plan_id uuid not null,
        plan_skill_id uuid not null,
        position smallint not null,
        kind text not null,
        category text not null,
        title text not null,
        description text,
        success_measure text,
        expected_outcome text,
        start_on date,
        due_on date,
        time_frame text,
        status text not null,
        percent_complete smallint not null
          constraint action_percent_complete_check check (percent_complete between 0 and 100),
        constraint action_plan_skill_id_fkey foreign key (plan_skill_id, plan_id) references plan_skill (id, plan_id),
        constraint action_dates_check check (start_on <= due_on),
        constraint action_status_check check (
          status = 'NOT_STARTED' and percent_complete = 0
          or status = 'IN_PROGRESS' and percent_complete < 100
          or status = 'DONE' and percent_complete = 100
          or status = 'CANCELLED'),
        constraint action_kind_check check (
          category = 'EXPERIENCE' and kind in ('NEW_ASSIGNMENT', 'SPECIAL_PROJECT', 'STRETCH_ASSIGNMENT',
            'EXPANDED_RESPONSIBILITY', 'BUILD_OR_IMPROVE', 'TEAM_LEADERSHIP', 'COVER_FOR_COLLEAGUE')
          or category = 'EXPOSURE' and kind in ('MENTORING', 'PEER_COACHING', 'JOB_SHADOWING', 'NETWORKING',
            'INFORMATIONAL_INTERVIEW', 'SOCIAL_LEARNING', 'COMMITTEE', 'CONFERENCE')
          or category = 'EDUCATION' and kind in ('COURSE', 'WEB_RESOURCE', 'EDUCATION_ASSISTANCE', 'READING'))
      )`);
    await queryRunner.query('create index action_plan_id_index on action (plan_id)');
    await queryRunner.query('create index action_plan_skill_id_index on action (plan_skill_id, plan_id)');
  }

  private async createRevisions(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table plan_revision (
        id uuid constraint plan_revision_pkey primary key,
        plan_id uuid not null constraint plan_revision_plan_id_fkey references action_plan,
        version integer not null,
        kind text not null constraint plan_revision_kind_check
          check (kind in ('CREATED', 'REVISED', 'ACTIVATED', 'COMPLETED', 'ARCHIVED')),
        author_id uuid constraint plan_revision_author_id_fkey references employee,
        changes jsonb not null,
        reason text,
        created_at timestamptz not null,
        constraint plan_revision_plan_id_version_key unique (plan_id, version)
      )`);
    await queryRunner.query('create index plan_revision_author_id_index on plan_revision (author_id)');
    await queryRunner.query(
      'create trigger plan_revision_append_only before update or delete on plan_revision for each row execute function refuse_change()',
    );
    await queryRunner.query(
      'create trigger plan_revision_kept before truncate on plan_revision for each statement execute function refuse_change()',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['plan_revision', 'action', 'plan_skill', 'action_plan', 'plan_policy']) {
      await queryRunner.query(`drop table ${table}`);
    }
    await queryRunner.query('drop function refuse_change');
  }
}
