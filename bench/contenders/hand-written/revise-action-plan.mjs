import { judgeRevision, newIdentifier, versionConflict } from '../rules.mjs';
import { createLoaders, wholePlan } from './loaders.mjs';
import { run } from './run.mjs';
import { policyColumns } from './statements.mjs';

const lock = 'select id from action_plan where id = $1 for update';

const policyInForce = `select ${policyColumns} from plan_policy order by version desc limit 1`;

const updatePlan = `
  update action_plan set goal = $2, target_on = $3, policy_id = $4, version = $5, updated_at = $6 where id = $1`;

const updateActions = `
  update action set kind = new.kind, category = new.category, title = new.title, description = new.description,
    success_measure = new."successMeasure", expected_outcome = new."expectedOutcome", start_on = new."startOn",
    due_on = new."dueOn", time_frame = new."timeFrame"
  from json_to_recordset($1) as new (id uuid, kind text, category text, title text, description text,
    "successMeasure" text, "expectedOutcome" text, "startOn" date, "dueOn" date, "timeFrame" text)
  where action.id = new.id`;

const insertRevision = `
  insert into plan_revision (id, plan_id, employee_id, version, kind, author_id, changes, reason, created_at)
  values ($1, $2, $3, $4, 'REVISED', $5, $6, $7, $8)`;

async function save(client, after, changes, { viewer, reason }) {
  const now = new Date();
  const { id, employeeId, goal, targetOn, policy, version } = after;
  await run(client, 'updatePlan', updatePlan, [id, goal, targetOn, policy.id, version, now]);
  const changed = new Set(changes.filter(({ subject }) => subject === 'ACTION').map(({ subjectId }) => subjectId));
  const actions = after.skills.flatMap((skill) => skill.actions).filter((action) => changed.has(action.id));
  if (actions.length > 0) await run(client, 'updateActions', updateActions, [JSON.stringify(actions)]);
  const revision = [newIdentifier(now), id, employeeId, version, viewer, JSON.stringify(changes), reason ?? null, now];
  await run(client, 'insertRevision', insertRevision, revision);
}

/** Revises a plan, within a transaction. @returns the plan as it is now, or the reasons why it is not other than before */
export async function revise(client, viewer, input) {
  const [locked] = await run(client, 'lockPlan', lock, [input.planId]);
  if (!locked) return { plan: null, userErrors: [versionConflict(input)] };
  const loaders = createLoaders(client);
  const plan = await wholePlan(loaders, await loaders.plan.load(input.planId));
  const [policy] = await run(client, 'policyInForce', policyInForce, []);
  const { after, changes, problems } = judgeRevision(plan, policy, input);
  if (problems.length > 0) return { plan: null, userErrors: problems };
  if (changes.length > 0) await save(client, after, changes, { viewer, reason: input.reason });
  return { plan: after, userErrors: [] };
}
