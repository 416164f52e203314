import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { EmployeeRow } from '../../people/persistence/employee.row.js';

/** A version of the company's rules for plans. Rows are only ever added; the highest version is in force. */
@Entity('plan_policy')
@Unique('plan_policy_version_key', ['version'])
@Check('plan_policy_skills_check', '1 <= "min_skills" and "min_skills" <= "max_skills" and "max_skills" <= 3')
@Check(
  'plan_policy_actions_check',
  '1 <= "min_actions_per_skill" and "min_actions_per_skill" <= "max_actions_per_skill" and "max_actions_per_skill" <= 10',
)
@Check(
  'plan_policy_shares_check',
  '"experience_percent" >= 0 and "exposure_percent" >= 0 and "education_percent" >= 0 and "experience_percent" + "exposure_percent" + "education_percent" = 100',
)
@Check('plan_policy_slack_check', '"slack" between 0 and 10')
export class PlanPolicyRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'plan_policy_pkey' })
  id: string;

  @Column('integer')
  version: number;

  @Column('smallint')
  minSkills: number;

  @Column('smallint')
  maxSkills: number;

  @Column('smallint')
  minActionsPerSkill: number;

  @Column('smallint')
  maxActionsPerSkill: number;

  @Column('smallint')
  experiencePercent: number;

  @Column('smallint')
  exposurePercent: number;

  @Column('smallint')
  educationPercent: number;

  @Column('smallint')
  slack: number;

  /** Null for the policy that comes with the service, and for one set by a service account. */
  @Index('plan_policy_author_id_index')
  @ForeignKey(() => EmployeeRow, { name: 'plan_policy_author_id_fkey' })
  @Column('uuid', { nullable: true })
  authorId: string | null;

  @Column('timestamptz')
  createdAt: Date;
}
