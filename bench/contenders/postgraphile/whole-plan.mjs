import { loadOneWithPgClient } from 'postgraphile/@dataplan/pg';

/** Plans as the rules take them. */
const text = `
  select action_plan.id, action_plan.status, action_plan.target_on::text as "targetOn", (
    select row_to_json(policy) from (
      select min_skills as "minSkills", max_skills as "maxSkills", min_actions_per_skill as "minActionsPerSkill",
        max_actions_per_skill as "maxActionsPerSkill", experience_percent as "experiencePercent",
        exposure_percent as "exposurePercent", education_percent as "educationPercent", slack
      from plan_policy where id = action_plan.policy_id
    ) as policy
  ) as policy, (
    select coalesce(json_agg(item order by item.rank), '[]') from (
      select plan_skill.id, plan_skill.rank, plan_skill.outcome, skill.name as "skillName",
        array(select alias from skill_alias where skill_id = skill.id) as "skillAliases", (
          select coalesce(json_agg(item order by item.position, item.id), '[]') from (
            select id, position, plan_skill_id as "planSkillId", title, kind, category, status, start_on as "startOn",
              due_on as "dueOn", percent_complete as "percentComplete", success_measure as "successMeasure",
              expected_outcome as "expectedOutcome"
            from action where action.plan_skill_id = plan_skill.id
          ) as item
        ) as actions
      from plan_skill join skill on skill.id = plan_skill.skill_id
      where plan_skill.plan_id = action_plan.id and plan_skill.rank is not null
    ) as item
  ) as skills
  from action_plan where action_plan.id = any ($1)`;

async function load(client, ids) {
  const { rows } = await client.query({ name: 'whole-plans', text, values: [ids] });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id));
}

/**
 * What several rules judge is read once for all plans of a request. As steps of their own the same rows would be part of
 * the statement once for each field that a rule answers, which was measured to cost more.
 */
export const wholePlanStep = (executor) => ($id) => loadOneWithPgClient(executor, $id, load);
