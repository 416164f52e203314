import {
  isCompletionSuggested,
  judgeProgress,
  NO_SUCH_ACTION,
  newIdentifier,
  percentCompleteOfPlan,
  percentCompleteOfSkill,
} from '../rules.mjs';

/**
 * All of it in one statement, which is a transaction by itself: the plan is locked, the entry is added, the action is what
 * its latest entry says. The statement does not see its own changes, so the action is put into the plan afterwards.
 */
const text = `
  with locked as (
    select action_plan.id, action_plan.status, action.id as action_id, action.employee_id
    from action join action_plan on action_plan.id = action.plan_id
    where action.id = $2 and action_plan.status = 'ACTIVE' and action.status <> 'CANCELLED'
    for update of action_plan
  ), entry as (
    insert into progress_update (id, action_id, employee_id, author_id, percent_complete, status, note, occurred_at, created_at)
    select $1, action_id, employee_id, $3, $4, $5, $6, $7, $8 from locked
    returning action_id, percent_complete, status, occurred_at, created_at, id
  ), latest as (
    select action_id, percent_complete, status from (
      select * from entry
      union all
      (select action_id, percent_complete, status, occurred_at, created_at, id from progress_update where action_id = $2
       order by occurred_at desc, created_at desc, id desc limit 1)
    ) as entries order by occurred_at desc, created_at desc, id desc limit 1
  ), changed as (
    update action set status = latest.status, percent_complete = latest.percent_complete
    from latest, entry where action.id = entry.action_id
    returning action.id, action.plan_skill_id as "planSkillId", action.status, action.percent_complete as "percentComplete"
  )
  select row_to_json(changed) as action, locked.status, (
    select json_agg(skill) from (
      select plan_skill.id, (
        select coalesce(json_agg(item), '[]') from (
          select action.id, action.status, action.percent_complete as "percentComplete"
          from action where action.plan_skill_id = plan_skill.id
        ) as item
      ) as actions
      from plan_skill where plan_skill.plan_id = locked.id and plan_skill.rank is not null
    ) as skill
  ) as skills
  from locked, changed`;

const refusal = (problems) => ({
  recordProgress: {
    progressUpdate: null,
    action: null,
    plan: null,
    userErrors: problems.map(({ code, message, path }) => ({ code, message, path })),
  },
});

export async function recordProgress(pool, viewer, { input }) {
  const now = new Date();
  const { entry, problems } = judgeProgress(input, now);
  if (problems.length > 0) return refusal(problems);
  const { percentComplete, status, note, occurredAt } = entry;
  const values = [newIdentifier(now), input.actionId, viewer, percentComplete, status, note, occurredAt, now];
  const { rows } = await pool.query({ name: 'record-progress', text, values });
  if (rows.length === 0) return refusal([NO_SUCH_ACTION]);
  const [{ action, ...plan }] = rows;
  const skill = plan.skills.find(({ id }) => id === action.planSkillId);
  Object.assign(
    skill.actions.find(({ id }) => id === action.id),
    action,
  );
  return {
    recordProgress: {
      progressUpdate: { percentComplete, status, note },
      action: {
        percentComplete: action.percentComplete,
        status: action.status,
        planSkill: { percentComplete: percentCompleteOfSkill(skill) },
      },
      plan: { percentComplete: percentCompleteOfPlan(plan), completionSuggested: isCompletionSuggested(plan) },
      userErrors: [],
    },
  };
}
