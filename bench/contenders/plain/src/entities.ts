import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, JoinColumn, ManyToOne, OneToMany, PrimaryColumn, type Relation } from 'typeorm';

/** Types and tables are the same classes, as most teams have them. They are in one file since they name each other. */

@ObjectType()
@Entity()
export class Employee {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id: string;

  @Field()
  @Column('text')
  name: string;

  @Field()
  @Column('text', { name: 'job_title' })
  jobTitle: string;

  @Column('uuid', { name: 'manager_id', nullable: true })
  managerId: string | null;
}

@ObjectType()
@Entity()
export class Skill {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id: string;

  @Field()
  @Column('text')
  name: string;

  @OneToMany(
    () => SkillAlias,
    (alias) => alias.skill,
  )
  aliases: Relation<SkillAlias[]>;
}

@Entity('skill_alias')
export class SkillAlias {
  @PrimaryColumn('uuid', { name: 'skill_id' })
  skillId: string;

  @PrimaryColumn('text')
  alias: string;

  @ManyToOne(
    () => Skill,
    (skill) => skill.aliases,
  )
  @JoinColumn({ name: 'skill_id' })
  skill: Relation<Skill>;
}

@Entity('plan_policy')
export class PlanPolicy {
  @PrimaryColumn('uuid')
  id: string;

  @Column('int')
  version: number;

  @Column('smallint', { name: 'min_skills' })
  minSkills: number;

  @Column('smallint', { name: 'max_skills' })
  maxSkills: number;

  @Column('smallint', { name: 'min_actions_per_skill' })
  minActionsPerSkill: number;

  @Column('smallint', { name: 'max_actions_per_skill' })
  maxActionsPerSkill: number;

  @Column('smallint', { name: 'experience_percent' })
  experiencePercent: number;

  @Column('smallint', { name: 'exposure_percent' })
  exposurePercent: number;

  @Column('smallint', { name: 'education_percent' })
  educationPercent: number;

  @Column('smallint')
  slack: number;
}

@ObjectType()
@Entity('action_plan')
export class ActionPlan {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'employee_id' })
  employeeId: string;

  @Field()
  @Column('text')
  goal: string;

  @Column('uuid', { name: 'target_role_id', nullable: true })
  targetRoleId: string | null;

  @Field(() => String, { nullable: true })
  @Column('date', { name: 'target_on', nullable: true })
  targetOn: string | null;

  @Field()
  @Column('text')
  status: string;

  @Field(() => Int)
  @Column('int')
  version: number;

  @Column('uuid', { name: 'policy_id', nullable: true })
  policyId: string | null;

  @ManyToOne(() => PlanPolicy)
  @JoinColumn({ name: 'policy_id' })
  policy: Relation<PlanPolicy>;

  @Column('text', { nullable: true })
  outcome: string | null;

  @Column('text', { name: 'closing_note', nullable: true })
  closingNote: string | null;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('timestamptz', { name: 'activated_at', nullable: true })
  activatedAt: Date | null;

  @OneToMany(
    () => PlanSkill,
    (skill) => skill.plan,
  )
  skills: Relation<PlanSkill[]>;
}

@ObjectType()
@Entity('plan_skill')
export class PlanSkill {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'plan_id' })
  planId: string;

  @ManyToOne(
    () => ActionPlan,
    (plan) => plan.skills,
  )
  @JoinColumn({ name: 'plan_id' })
  plan: Relation<ActionPlan>;

  @Column('uuid', { name: 'skill_id' })
  skillId: string;

  @Field(() => Skill)
  @ManyToOne(() => Skill)
  @JoinColumn({ name: 'skill_id' })
  skill: Relation<Skill>;

  @Field(() => Int)
  @Column('smallint', { nullable: true })
  rank: number | null;

  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  outcome: string | null;

  @OneToMany(
    () => Action,
    (action) => action.planSkill,
  )
  actions: Relation<Action[]>;
}

@ObjectType()
@Entity()
export class Action {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'plan_id' })
  planId: string;

  @Column('uuid', { name: 'employee_id' })
  employeeId: string;

  @Column('uuid', { name: 'plan_skill_id' })
  planSkillId: string;

  @ManyToOne(
    () => PlanSkill,
    (skill) => skill.actions,
  )
  @JoinColumn({ name: 'plan_skill_id' })
  planSkill: Relation<PlanSkill>;

  @Column('smallint')
  position: number;

  @Field()
  @Column('text')
  kind: string;

  @Field()
  @Column('text')
  category: string;

  @Field()
  @Column('text')
  title: string;

  @Column('text', { nullable: true })
  description: string | null;

  @Column('text', { name: 'success_measure', nullable: true })
  successMeasure: string | null;

  @Column('text', { name: 'expected_outcome', nullable: true })
  expectedOutcome: string | null;

  @Column('text', { name: 'time_frame', nullable: true })
  timeFrame: string | null;

  @Column('date', { name: 'start_on', nullable: true })
  startOn: string | null;

  @Field(() => String, { nullable: true })
  @Column('date', { name: 'due_on', nullable: true })
  dueOn: string | null;

  @Field()
  @Column('text')
  status: string;

  @Field(() => Float)
  @Column('smallint', { name: 'percent_complete' })
  percentComplete: number;
}

@ObjectType()
@Entity('progress_update')
export class ProgressUpdate {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'action_id' })
  actionId: string;

  @Column('uuid', { name: 'employee_id' })
  employeeId: string;

  @Column('uuid', { name: 'author_id', nullable: true })
  authorId: string | null;

  @Field(() => Int)
  @Column('smallint', { name: 'percent_complete' })
  percentComplete: number;

  @Field()
  @Column('text')
  status: string;

  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  note: string | null;

  @Field()
  @Column('timestamptz', { name: 'occurred_at' })
  occurredAt: Date;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}

@Entity('plan_revision')
export class PlanRevision {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'plan_id' })
  planId: string;

  @Column('uuid', { name: 'employee_id' })
  employeeId: string;

  @Column('int')
  version: number;

  @Column('text')
  kind: string;

  @Column('uuid', { name: 'author_id', nullable: true })
  authorId: string | null;

  @Column('jsonb')
  changes: object[];

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
