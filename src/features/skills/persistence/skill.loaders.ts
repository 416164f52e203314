import DataLoader from 'dataloader';
import { batchLoader } from '../../../database/batch-loader.js';
import { Conditions } from '../../../database/conditions.js';
import { type List, readPage } from '../../../database/page.js';
import type { Reader } from '../../../database/reader.js';
import type { PageRequest } from '../../../shared/page.js';
import type { RoleSkill, Skill } from '../domain/skill.js';
import { skillDocument } from './skill.document.js';
import { matchingSkills } from './skill-search.js';

const byName: List = {
  name: 'skills',
  item: skillDocument,
  from: 'skill',
  visibility: { subject: 'STRUCTURE' },
  order: [
    { sql: 'skill.name', type: 'text' },
    { sql: 'skill.id', type: 'uuid' },
  ],
};

export interface SkillFilter {
  search?: string;
  category?: string;
}

function readSkills(reader: Reader, filter: SkillFilter, request: PageRequest) {
  const conditions = new Conditions();
  const list: List = filter.search
    ? {
        ...byName,
        name: 'skills found',
        from: `${matchingSkills(conditions, filter.search)} join skill on skill.id = match.id`,
        order: [{ sql: '-match.score', type: 'integer' }, ...byName.order],
      }
    : byName;
  if (filter.category) conditions.add(`skill.category = ${conditions.value(filter.category)}`);
  return readPage<Skill>(reader, list, conditions, request);
}

export function skillLoaders(reader: Reader) {
  return {
    skill: batchLoader<Skill>(reader, { ...byName, key: 'skill.id' }),
    skillByExternalId: batchLoader<Skill>(reader, { ...byName, key: 'skill.external_id' }),
    skills: (filter: SkillFilter, request: PageRequest) => readSkills(reader, filter, request),
    skillCategories: () =>
      reader
        .read<{ category: string }>('select distinct category from skill order by category', [])
        .then((rows) => rows.map((row) => row.category)),
    skillsOfRole: new DataLoader<string, RoleSkill[]>(async (roleIds) => {
      const rows = await reader.read<{ key: string; item: RoleSkill[] }>(
        `select role_id as key, json_agg(json_build_object('skillId', skill_id, 'level', role_skill.level)
           order by role_skill.level desc, skill.name) as item
         from role_skill join skill on skill.id = skill_id where role_id = any ($1) group by role_id`,
        [roleIds],
      );
      const byRole = new Map(rows.map((row) => [row.key, row.item]));
      return roleIds.map((id) => byRole.get(id) ?? []);
    }),
  };
}
