import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { EmployeeRow } from './employee.row.js';

/** Who is above whom, at any distance. Triggers on `employee` keep it; nothing else writes it. */
@Entity('reporting_line')
@Index('reporting_line_manager_id_index', ['managerId', 'depth', 'reportId'])
@Check('reporting_line_depth_check', '"depth" >= 1')
export class ReportingLineRow {
  @ForeignKey(() => EmployeeRow, { name: 'reporting_line_report_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'reporting_line_pkey' })
  reportId: string;

  @ForeignKey(() => EmployeeRow, { name: 'reporting_line_manager_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'reporting_line_pkey' })
  managerId: string;

  /** 1 for the direct manager. */
  @Column('smallint')
  depth: number;
}
