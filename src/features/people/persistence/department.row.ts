import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

@Entity('department')
@Unique('department_external_id_key', ['externalId'])
export class DepartmentRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'department_pkey' })
  id: string;

  @Column('text')
  externalId: string;

  @Column({ type: 'text', collation: 'und-x-icu' }) // sorted as people do, in any language
  name: string;

  @Index('department_parent_id_index')
  @ForeignKey(() => DepartmentRow, { name: 'department_parent_id_fkey' })
  @Column('uuid', { nullable: true })
  parentId: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: Date;
}
