import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ActionStatus } from '../../action-plans/domain/action-plan.js';
import { ActionRow } from '../../action-plans/persistence/action.row.js';
import { EmployeeRow } from '../../people/persistence/employee.row.js';

/** One dated entry on an action. Rows are only ever added. */
@Entity('progress_update')
@ForeignKey(() => ActionRow, ['actionId', 'employeeId'], ['id', 'employeeId'], {
  name: 'progress_update_action_id_fkey',
})
@Index('progress_update_action_id_index', ['actionId', 'occurredAt', 'createdAt', 'id'])
@Check(
  'progress_update_status_check',
  `"percent_complete" between 0 and 100 and ("status" = 'NOT_STARTED' and "percent_complete" = 0 or "status" = 'IN_PROGRESS' and "percent_complete" < 100 or "status" = 'DONE' and "percent_complete" = 100)`,
)
export class ProgressUpdateRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'progress_update_pkey' })
  id: string;

  @Column('uuid')
  actionId: string;

  /** Repeated from the action, so that row-level security is decided here; a foreign key keeps the two equal. */
  @Index('progress_update_employee_id_index')
  @Column('uuid')
  employeeId: string;

  /** Null for a service account. */
  @Index('progress_update_author_id_index')
  @ForeignKey(() => EmployeeRow, { name: 'progress_update_author_id_fkey' })
  @Column('uuid', { nullable: true })
  authorId: string | null;

  @Column('smallint')
  percentComplete: number;

  @Column('text')
  status: ActionStatus;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('timestamptz')
  occurredAt: Date;

  @Column('timestamptz')
  createdAt: Date;
}
