import { judgeProgress, NO_SUCH_ACTION, newIdentifier } from '../rules.mjs';
import { inTransaction, run } from './database.mjs';
import { createLoaders } from './loaders.mjs';

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

const refusal = (userErrors) => ({ progressUpdate: null, action: null, plan: null, userErrors });

export async function recordProgress(context, input) {
  const now = new Date();
  const { entry, problems } = judgeProgress(input, now);
  if (problems.length > 0) return refusal(problems);
  const id = newIdentifier(now);
  const { percentComplete, status, note, occurredAt } = entry;
  const recorded = await inTransaction(async (client) => {
    const [plan] = await run(client, 'lock', lock, [input.actionId]);
    if (plan?.status !== 'ACTIVE' || plan.actionStatus === 'CANCELLED') return null;
    const owner = [input.actionId, plan.employeeId, context.viewer];
    await run(client, 'insertUpdate', insert, [id, ...owner, percentComplete, status, note, occurredAt, now]);
    const [action] = await run(client, 'updateAction', update, [input.actionId]);
    return { planId: plan.id, action };
  });
  if (!recorded) return refusal([NO_SUCH_ACTION]);
  context.loaders = createLoaders(context.pool); // what was read before may be other than it is now
  const plan = await context.loaders.plan.load(recorded.planId);
  return { progressUpdate: { id, ...entry }, action: recorded.action, plan, userErrors: [] };
}
