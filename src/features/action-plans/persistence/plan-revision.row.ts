import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { EmployeeRow } from '../../people/persistence/employee.row.js';
import type { PlanChange, PlanRevisionKind } from '../domain/plan-revision.js';
import { ActionPlanRow } from './action-plan.row.js';

/** One entry of a plan's history. Rows are only ever added. */
@Entity('plan_revision')
@Unique('plan_revision_plan_id_version_key', ['planId', 'version'])
@ForeignKey(() => ActionPlanRow, ['planId', 'employeeId'], ['id', 'employeeId'], { name: 'plan_revision_plan_id_fkey' })
@Check('plan_revision_kind_check', `"kind" in ('CREATED', 'REVISED', 'ACTIVATED', 'COMPLETED', 'ARCHIVED')`)
export class PlanRevisionRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'plan_revision_pkey' })
  id: string;

  @Column('uuid')
  planId: string;

  /** Repeated from the plan, so that row-level security is decided here; a foreign key keeps the two equal. */
  @Index('plan_revision_employee_id_index')
  @Column('uuid')
  employeeId: string;

  /** The version that the plan has since this revision. */
  @Column('integer')
  version: number;

  @Column('text')
  kind: PlanRevisionKind;

  /** Null for a service account. */
  @Index('plan_revision_author_id_index')
  @ForeignKey(() => EmployeeRow, { name: 'plan_revision_author_id_fkey' })
  @Column('uuid', { nullable: true })
  authorId: string | null;

  @Column('jsonb')
  changes: PlanChange[];

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('timestamptz')
  createdAt: Date;
}
