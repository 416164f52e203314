import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

@Entity('skill')
@Unique('skill_external_id_key', ['externalId'])
@Index('skill_name_key', { synchronize: false }) // unique on lower(name): an expression, which only the migration can say
@Index('skill_name_trigram_index', { synchronize: false })
@Index('skill_name_index', ['name', 'id'])
@Index('skill_category_index', ['category', 'name', 'id'])
export class SkillRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'skill_pkey' })
  id: string;

  @Column('text')
  externalId: string;

  @Column({ type: 'text', collation: 'und-x-icu' }) // sorted as people do, in any language
  name: string;

  @Column('text')
  description: string;

  @Column('text')
  category: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: Date;
}
