import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { EmploymentStatus } from '../domain/employee.js';
import { DepartmentRow } from './department.row.js';
import { RoleRow } from './role.row.js';

@Entity('employee')
@Unique('employee_external_id_key', ['externalId'])
@Unique('employee_work_email_key', ['workEmail'])
@Check('employee_work_email_check', '"work_email" = lower("work_email")')
@Check('employee_employment_status_check', `"employment_status" in ('ACTIVE', 'ON_LEAVE', 'TERMINATED')`)
@Check('employee_manager_check', '"manager_id" <> "id"')
@Index('employee_name_trigram_index', { synchronize: false })
@Index('employee_name_index', ['name', 'id'])
@Index('employee_manager_id_index', ['managerId', 'name', 'id'])
export class EmployeeRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'employee_pkey' })
  id: string;

  @Column('text')
  externalId: string;

  @Column({ type: 'text', collation: 'und-x-icu' }) // sorted as people do, in any language
  name: string;

  /** In lower case, so that one address is one person. */
  @Column('text')
  workEmail: string;

  @Column('text')
  jobTitle: string;

  @Index('employee_department_id_index')
  @ForeignKey(() => DepartmentRow, { name: 'employee_department_id_fkey' })
  @Column('uuid', { nullable: true })
  departmentId: string | null;

  @Index('employee_role_id_index')
  @ForeignKey(() => RoleRow, { name: 'employee_role_id_fkey' })
  @Column('uuid', { nullable: true })
  roleId: string | null;

  @ForeignKey(() => EmployeeRow, { name: 'employee_manager_id_fkey' })
  @Column('uuid', { nullable: true })
  managerId: string | null;

  @Column('date', { nullable: true })
  hiredOn: string | null;

  @Column('text', { default: 'ACTIVE' })
  employmentStatus: EmploymentStatus;

  /** Whether the status is another one than TERMINATED; a trigger keeps it so. Unlike the status, colleagues may know it. */
  @Column('boolean', { default: true })
  employed: boolean;

  /** When the person was erased: what names them is gone, and they exist for nobody any longer. */
  @Column('timestamptz', { nullable: true })
  erasedAt: Date | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: Date;
}
