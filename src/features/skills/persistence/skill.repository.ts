import type { EntityManager } from 'typeorm';
import { holdReferences, type Lookup } from '../../../database/hold-references.js';
import type { Reference } from '../../../shared/reference.js';
import type { Skill } from '../domain/skill.js';

export type SkillIdentity = Pick<Skill, 'id' | 'externalId' | 'name' | 'aliases'>;

/** The skills of the catalogue that some references name, with the next statement. */
export const holdSkills = (
  manager: EntityManager,
  references: readonly Reference[],
): Promise<() => Lookup<SkillIdentity>> =>
  holdReferences(
    manager,
    `select id, external_id as "externalId", name, array(select alias from skill_alias where skill_id = skill.id) as aliases
     from skill where id = any ($1) or external_id = any ($2)`,
    references,
  );
