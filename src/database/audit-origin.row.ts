import { Column, Entity, PrimaryColumn } from 'typeorm';

/** From where something was done. Goes with the person who did it; its digest stays in the entry. */
@Entity('audit_origin')
export class AuditOriginRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'audit_origin_pkey' })
  id: string;

  @Column('uuid')
  salt: string;

  @Column('text')
  address: string;

  @Column('text')
  requestId: string;
}
