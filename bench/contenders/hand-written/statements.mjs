/** One statement for each level of the schema, for all the parents that are asked for at once. */

export const policyColumns = `id, version, min_skills as "minSkills", max_skills as "maxSkills",
  min_actions_per_skill as "minActionsPerSkill", max_actions_per_skill as "maxActionsPerSkill",
  experience_percent as "experiencePercent", exposure_percent as "exposurePercent",
  education_percent as "educationPercent", slack`;

const planColumns = `action_plan.id, action_plan.employee_id as "employeeId", goal, status, target_on::text as "targetOn",
  target_role_id as "targetRoleId", version, policy_id as "policyId", outcome, closing_note as "closingNote",
  activated_at as "activatedAt"`;

const planSkillColumns = `plan_skill.id, plan_skill.plan_id as "planId", plan_skill.skill_id as "skillId", rank, outcome,
  skill.name as "skillName",
  array(select alias from skill_alias where skill_alias.skill_id = skill.id) as "skillAliases"`;

const actionColumns = `action.id, plan_id as "planId", plan_skill_id as "planSkillId", kind, category, title, description,
  success_measure as "successMeasure", expected_outcome as "expectedOutcome", start_on::text as "startOn", due_on::text as "dueOn",
  time_frame as "timeFrame", status, percent_complete as "percentComplete"`;

export const statements = {
  employees: `select id, external_id as "externalId", name, job_title as "jobTitle" from employee where id = any ($1)`,

  reports: `
  select manager.id as "managerId", report.* from unnest($1::uuid[]) as manager (id) cross join lateral (
    select id, external_id as "externalId", name, job_title as "jobTitle" from employee
    where manager_id = manager.id order by name, id limit $2
  ) as report`,

  activePlans: `select ${planColumns} from action_plan where status = 'ACTIVE' and employee_id = any ($1)`,

  plans: `select ${planColumns} from action_plan where id = any ($1)`,

  policies: `select ${policyColumns} from plan_policy where id = any ($1)`,

  skillsOfPlans: `
  select ${planSkillColumns} from plan_skill join skill on skill.id = plan_skill.skill_id
  where plan_id = any ($1) and rank is not null order by rank`,

  planSkills: `
  select ${planSkillColumns} from plan_skill join skill on skill.id = plan_skill.skill_id where plan_skill.id = any ($1)`,

  actionsOfSkills: `select ${actionColumns} from action where plan_skill_id = any ($1) order by position, id`,

  updatesOfActions: `
  select entry.* from unnest($1::uuid[]) as wanted (id) cross join lateral (
    select id, action_id as "actionId", percent_complete as "percentComplete", status, note, occurred_at as "occurredAt"
    from progress_update where action_id = wanted.id order by occurred_at desc, created_at desc, id desc limit $2
  ) as entry`,
};
