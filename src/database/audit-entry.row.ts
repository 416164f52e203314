import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Something that was done or seen. Rows are only ever added, by a function of the owner; see docs/adr/0012. */
@Entity('audit_entry')
@Check('audit_entry_position_check', '"position" >= 1')
@Check('audit_entry_action_check', `"action" ~ '^[A-Za-z]+$'`)
@Check('audit_entry_subject_check', `"subject" ~ '^[A-Z_]+$'`)
@Check('audit_entry_thing_check', `"thing" ~ '^[a-z_]+_[0-9a-z]{26}$'`)
@Check('audit_entry_outcome_check', `"outcome" in ('DONE', 'REFUSED', 'FORBIDDEN', 'FAILED')`)
@Check('audit_entry_codes_check', `"codes" ~ '^[A-Z_ ]+$'`)
@Index('audit_entry_actor_index', ['actor', 'occurredAt'])
@Index('audit_entry_person_index', ['person', 'occurredAt'])
export class AuditEntryRow {
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'audit_entry_pkey' })
  chain: number;

  /** In the chain, from 1, without gaps. */
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'audit_entry_pkey' })
  position: string;

  @Column('timestamptz')
  occurredAt: Date;

  /** The party who did it. */
  @Column('bytea')
  actor: Buffer;

  /** The name of the mutation, or `read`. */
  @Column('text')
  action: string;

  /** The row of the access table that was read. */
  @Column('text', { nullable: true })
  subject: string | null;

  /** The party whom it is about. */
  @Column('bytea', { nullable: true })
  person: Buffer | null;

  /** The id of the thing that it is about. */
  @Column('text', { nullable: true })
  thing: string | null;

  @Column('text')
  outcome: string;

  @Column('text', { nullable: true })
  codes: string | null;

  @Column('uuid')
  originId: string;

  @Column('bytea')
  originDigest: Buffer;

  /** SHA-256 over the hash of the entry before and all that stands here. */
  @Column('bytea')
  hash: Buffer;
}
