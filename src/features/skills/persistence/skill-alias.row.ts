import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { SkillRow } from './skill.row.js';

/** Another name that people use for a skill. */
@Entity('skill_alias')
@Index('skill_alias_trigram_index', { synchronize: false })
export class SkillAliasRow {
  @ForeignKey(() => SkillRow, { name: 'skill_alias_skill_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'skill_alias_pkey' })
  skillId: string;

  @PrimaryColumn({ type: 'text', collation: 'und-x-icu', primaryKeyConstraintName: 'skill_alias_pkey' })
  alias: string;

  /** The order in which the catalogue lists the aliases. */
  @Column('smallint')
  position: number;
}
