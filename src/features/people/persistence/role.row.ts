import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DepartmentRow } from './department.row.js';

@Entity('role')
@Index('role_title_index', ['title', 'id'])
@Unique('role_external_id_key', ['externalId'])
@Check('role_level_check', '"level" between 1 and 20')
export class RoleRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'role_pkey' })
  id: string;

  @Column('text')
  externalId: string;

  @Column({ type: 'text', collation: 'und-x-icu' }) // sorted as people do, in any language
  title: string;

  @Index('role_department_id_index')
  @ForeignKey(() => DepartmentRow, { name: 'role_department_id_fkey' })
  @Column('uuid', { nullable: true })
  departmentId: string | null;

  @Column('smallint')
  level: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: Date;
}
