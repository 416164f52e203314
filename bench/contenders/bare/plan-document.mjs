/**
 * The SQL of a whole plan as one JSON document, from a row of `action_plan`. Rows become JSON as wholes: that costs
 * Postgres less than half of naming each value to json_build_object.
 */

const policyColumns = `id, version, min_skills as "minSkills", max_skills as "maxSkills",
  min_actions_per_skill as "minActionsPerSkill", max_actions_per_skill as "maxActionsPerSkill",
  experience_percent as "experiencePercent", exposure_percent as "exposurePercent",
  education_percent as "educationPercent", slack`;

const policyWhere = (condition) =>
  `(select row_to_json(policy) from (select ${policyColumns} from plan_policy ${condition}) as policy)`;

export const policyInForce = policyWhere('order by version desc limit 1');

const actionColumns = `action.id, action.position, action.plan_skill_id as "planSkillId", action.title, action.kind,
  action.category, action.status, action.start_on as "startOn", action.due_on as "dueOn",
  action.percent_complete as "percentComplete", action.success_measure as "successMeasure",
  action.expected_outcome as "expectedOutcome"`;

/** The latest three entries of an action, as the answer has them. */
export const threeLatest = `(select coalesce(json_agg(entry), '[]') from (
  select percent_complete as "percentComplete", status, note,
    to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "occurredAt"
  from progress_update where action_id = action.id order by occurred_at desc, created_at desc, id desc limit 3
) as entry) as entries`;

/** @param moreOfPlan @param moreOfActions further columns */
export function planDocument({ moreOfPlan = [], moreOfActions = [] } = {}) {
  const actions = `(select coalesce(json_agg(item order by item.position, item.id), '[]') from (
    select ${[actionColumns, ...moreOfActions].join(', ')} from action where action.plan_skill_id = plan_skill.id
  ) as item)`;
  const skills = `(select coalesce(json_agg(item order by item.rank), '[]') from (
    select plan_skill.id, skill.id as "skillId", plan_skill.rank, plan_skill.outcome, skill.name as "skillName",
      (select coalesce(json_agg(alias), '[]') from skill_alias where skill_id = skill.id) as "skillAliases",
      ${actions} as actions
    from plan_skill join skill on skill.id = plan_skill.skill_id
    where plan_skill.plan_id = action_plan.id and plan_skill.rank is not null
  ) as item)`;
  const columns = `action_plan.id, action_plan.goal, action_plan.status, action_plan.target_on as "targetOn",
    action_plan.version, ${policyWhere('where id = action_plan.policy_id')} as policy, ${skills} as skills`;
  return `(select row_to_json(item) from (select ${[columns, ...moreOfPlan].join(', ')}) as item)`;
}
