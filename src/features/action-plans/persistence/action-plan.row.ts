import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { EmployeeRow } from '../../people/persistence/employee.row.js';
import { RoleRow } from '../../people/persistence/role.row.js';
import type { PlanOutcome, PlanStatus } from '../domain/action-plan.js';
import { PlanPolicyRow } from './plan-policy.row.js';

@Entity('action_plan')
@Unique('action_plan_id_employee_id_key', ['id', 'employeeId'])
@Index('action_plan_one_active_per_employee_key', ['employeeId'], { unique: true, where: `"status" = 'ACTIVE'` })
@Index('action_plan_employee_id_index', ['employeeId', 'id'])
@Check('action_plan_status_check', `"status" in ('DRAFT', 'ACTIVE', 'COMPLETED', 'ARCHIVED')`)
@Check(
  'action_plan_outcome_check',
  `("status" = 'COMPLETED') = ("outcome" is not null) and "outcome" in ('GOAL_REACHED', 'GOAL_PARTLY_REACHED', 'GOAL_NOT_REACHED')`,
)
@Check('action_plan_activated_check', `"status" not in ('ACTIVE', 'COMPLETED') or "activated_at" is not null`)
@Check('action_plan_completed_check', `("status" = 'COMPLETED') = ("completed_at" is not null)`)
@Check('action_plan_archived_check', `("status" = 'ARCHIVED') = ("archived_at" is not null)`)
@Check('action_plan_policy_check', '("activated_at" is null) = ("policy_id" is null)')
@Check('action_plan_version_check', '"version" >= 1')
export class ActionPlanRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'action_plan_pkey' })
  id: string;

  @ForeignKey(() => EmployeeRow, { name: 'action_plan_employee_id_fkey' })
  @Column('uuid')
  employeeId: string;

  @Column('text')
  goal: string;

  @Index('action_plan_target_role_id_index')
  @ForeignKey(() => RoleRow, { name: 'action_plan_target_role_id_fkey' })
  @Column('uuid', { nullable: true })
  targetRoleId: string | null;

  @Column('date', { nullable: true })
  targetOn: string | null;

  @Column('text')
  status: PlanStatus;

  @Column('integer')
  version: number;

  /** The policy that the plan was activated or last revised under; null while it was never active. */
  @Index('action_plan_policy_id_index')
  @ForeignKey(() => PlanPolicyRow, { name: 'action_plan_policy_id_fkey' })
  @Column('uuid', { nullable: true })
  policyId: string | null;

  @Column('text', { nullable: true })
  outcome: PlanOutcome | null;

  @Column('text', { nullable: true })
  closingNote: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  @Column('timestamptz', { nullable: true })
  activatedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  completedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  archivedAt: Date | null;
}
