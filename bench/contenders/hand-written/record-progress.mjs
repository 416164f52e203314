import { judgeProgress, NO_SUCH_ACTION, newIdentifier } from '../rules.mjs';
import { run } from './run.mjs';

const lock = `
  select action_plan.id, action_plan.status, action.status as "actionStatus", action.employee_id as "employeeId"
  from action join action_plan on action_plan.id = action.plan_id where action.id = $1 for update of action_plan`;

const insert = `
  insert into progress_update (id, action_id, employee_id, author_id, percent_complete, status, note, occurred_at, created_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

const update = `
  update action set status = latest.status, percent_complete = latest.percent_complete
  from (
    select status, percent_complete from progress_update where action_id = $1
    order by occurred_at desc, created_at desc, id desc limit 1
  ) as latest
  where action.id = $1
  returning action.id, action.plan_skill_id as "planSkillId", action.status, action.percent_complete as "percentComplete"`;

/**
 * Adds an entry, within a transaction.
 * @returns the entry with its id, the action as it is now and the id of its plan, or the reasons why there is none
 */
export async function addProgress(client, viewer, input) {
  const now = new Date();
  const { entry, problems } = judgeProgress(input, now);
  if (problems.length > 0) return { userErrors: problems };
  const [plan] = await run(client, 'lock', lock, [input.actionId]);
  if (plan?.status !== 'ACTIVE' || plan.actionStatus === 'CANCELLED') return { userErrors: [NO_SUCH_ACTION] };
  const id = newIdentifier(now);
  const { percentComplete, status, note, occurredAt } = entry;
  const values = [id, input.actionId, plan.employeeId, viewer, percentComplete, status, note, occurredAt, now];
  await run(client, 'insertUpdate', insert, values);
  const [action] = await run(client, 'updateAction', update, [input.actionId]);
  return { progressUpdate: { id, ...entry }, action, planId: plan.id, userErrors: [] };
}
