import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { SkillRow } from '../../skills/persistence/skill.row.js';
import { ActionPlanRow } from './action-plan.row.js';

/** A skill of a plan. One that a revision removed stays, without a rank, so that the progress on it is not lost. */
@Entity('plan_skill')
@Unique('plan_skill_plan_id_rank_key', ['planId', 'rank'], { deferrable: 'INITIALLY DEFERRED' })
@Unique('plan_skill_id_plan_id_employee_id_key', ['id', 'planId', 'employeeId'])
@ForeignKey(() => ActionPlanRow, ['planId', 'employeeId'], ['id', 'employeeId'], { name: 'plan_skill_plan_id_fkey' })
@Index('plan_skill_plan_id_skill_id_key', ['planId', 'skillId'], { unique: true, where: '"rank" is not null' })
@Check('plan_skill_rank_check', '"rank" between 1 and 3')
@Check('plan_skill_removed_check', '("rank" is null) = ("removed_at" is not null)')
export class PlanSkillRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'plan_skill_pkey' })
  id: string;

  @Column('uuid')
  planId: string;

  /** Repeated from the plan, so that row-level security is decided here; a foreign key keeps the two equal. */
  @Index('plan_skill_employee_id_index')
  @Column('uuid')
  employeeId: string;

  @Index('plan_skill_skill_id_index')
  @ForeignKey(() => SkillRow, { name: 'plan_skill_skill_id_fkey' })
  @Column('uuid')
  skillId: string;

  /** 1 to 3; null when removed. */
  @Column('smallint', { nullable: true })
  rank: number | null;

  @Column('text', { nullable: true })
  outcome: string | null;

  @Column('timestamptz', { nullable: true })
  removedAt: Date | null;
}
