import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { RoleRow } from '../../people/persistence/role.row.js';
import { SkillRow } from './skill.row.js';

/** A skill, with its level, that a role asks for. */
@Entity('role_skill')
@Check('role_skill_level_check', '"level" between 1 and 5')
export class RoleSkillRow {
  @ForeignKey(() => RoleRow, { name: 'role_skill_role_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'role_skill_pkey' })
  roleId: string;

  @Index('role_skill_skill_id_index')
  @ForeignKey(() => SkillRow, { name: 'role_skill_skill_id_fkey' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'role_skill_pkey' })
  skillId: string;

  @Column('smallint')
  level: number;
}
