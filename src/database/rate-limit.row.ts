import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Points that a caller has spent within the current window, where replicas share the limit. Lost in a crash, on purpose. */
@Entity('rate_limit')
export class RateLimitRow {
  /** A digest of who calls. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'rate_limit_pkey' })
  key: string;

  @Column('integer')
  points: number;

  /** The end of the window, in milliseconds since 1970. */
  @Index('rate_limit_expire_index')
  @Column('bigint', { nullable: true })
  expire: string | null;
}
