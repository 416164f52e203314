/** The SQL of a whole plan as one JSON document, from a row of `action_plan`. */

export const policyDocument = `json_build_object('id', id, 'version', version,
  'minSkills', min_skills, 'maxSkills', max_skills,
  'minActionsPerSkill', min_actions_per_skill, 'maxActionsPerSkill', max_actions_per_skill,
  'experiencePercent', experience_percent, 'exposurePercent', exposure_percent, 'educationPercent', education_percent,
  'slack', slack)`;

const actionFields = `'id', action.id, 'planSkillId', action.plan_skill_id, 'title', action.title, 'kind', action.kind,
  'category', action.category, 'status', action.status, 'startOn', action.start_on, 'dueOn', action.due_on,
  'percentComplete', action.percent_complete, 'successMeasure', action.success_measure,
  'expectedOutcome', action.expected_outcome`;

/** The latest three entries of an action, as the answer has them. */
export const threeLatest = `'updates', (select json_build_object('nodes', coalesce(json_agg(entry), '[]')) from (
  select percent_complete as "percentComplete", status, note,
    to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "occurredAt"
  from progress_update where action_id = action.id order by occurred_at desc, created_at desc, id desc limit 3) as entry)`;

/** @param moreOfPlan @param moreOfActions further pairs of name and value */
export function planDocument({ moreOfPlan = [], moreOfActions = [] } = {}) {
  const actions = `(select coalesce(json_agg(json_build_object(${[actionFields, ...moreOfActions].join(', ')})
    order by action.position, action.id), '[]') from action where action.plan_skill_id = plan_skill.id)`;
  const skills = `(select coalesce(json_agg(json_build_object('id', plan_skill.id, 'skillId', skill.id, 'rank', plan_skill.rank,
      'outcome', plan_skill.outcome, 'skillName', skill.name,
      'skillAliases', (select coalesce(json_agg(alias), '[]') from skill_alias where skill_id = skill.id),
      'actions', ${actions}) order by plan_skill.rank), '[]')
    from plan_skill join skill on skill.id = plan_skill.skill_id
    where plan_skill.plan_id = action_plan.id and plan_skill.rank is not null)`;
  const policy = `(select ${policyDocument} from plan_policy where id = action_plan.policy_id)`;
  const planFields = `'id', action_plan.id, 'goal', action_plan.goal, 'status', action_plan.status,
    'targetOn', action_plan.target_on, 'version', action_plan.version, 'policy', ${policy}, 'skills', ${skills}`;
  return `json_build_object(${[planFields, ...moreOfPlan].join(', ')})`;
}
