/** The SQL that builds the JSON document of a skill. */
export const skillDocument = `json_build_object('id', skill.id, 'externalId', skill.external_id, 'name', skill.name,
  'description', skill.description, 'category', skill.category, 'aliases', (
    select coalesce(json_agg(skill_alias.alias order by skill_alias.position), '[]') from skill_alias
    where skill_alias.skill_id = skill.id))`;
