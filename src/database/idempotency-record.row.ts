import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The result of a mutation that came with an idempotency key, found again when the call is repeated. */
@Entity('idempotency_record')
export class IdempotencyRecordRow {
  /** Who called: the same key of another caller is another key. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_record_pkey' })
  subject: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_record_pkey' })
  operation: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_record_pkey' })
  key: string;

  /** SHA-256 of the input, in hex. */
  @Column('text')
  inputDigest: string;

  /** The id of what the call created. */
  @Column('uuid')
  resultId: string;

  @Index('idempotency_record_created_at_index')
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
