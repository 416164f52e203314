import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** Who the parties of the audit trail are. Without salt and identity, once somebody is erased, nobody can tell. */
@Entity('audit_party')
@Unique('audit_party_identity_key', ['identity'])
@Check(
  'audit_party_erased_check',
  'case when "erased_at" is null then num_nonnulls("salt", "identity") = 2 else num_nonnulls("salt", "identity") = 0 end',
)
export class AuditPartyRow {
  /** SHA-256 over salt and identity. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'audit_party_pkey' })
  key: Buffer;

  @Column('uuid', { nullable: true })
  salt: string | null;

  /** The id of an employee, or `service:` and the name of a service account. */
  @Column('text', { nullable: true })
  identity: string | null;

  @Column('timestamptz', { nullable: true })
  erasedAt: Date | null;
}
