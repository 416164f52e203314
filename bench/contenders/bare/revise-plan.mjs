import { judgeRevision, newIdentifier, percentCompleteOfPlan, readinessOf, versionConflict } from '../rules.mjs';
import { planDocument, policyInForce } from './plan-document.mjs';

const moreOfPlan = [
  'action_plan.target_role_id as "targetRoleId"',
  'action_plan.outcome',
  'action_plan.closing_note as "closingNote"',
  'action_plan.activated_at as "activatedAt"',
];
const moreOfActions = ['action.description', 'action.time_frame as "timeFrame"'];

const readText = `
  select ${planDocument({ moreOfPlan, moreOfActions })} as plan, ${policyInForce} as "policyInForce"
  from action_plan where id = $1`;

/** Nothing is locked before: whoever was faster has taken the version, and then no row is changed. */
const writeText = `
  with plan as (
    update action_plan set goal = $3, target_on = $4, policy_id = $5, version = $2 + 1, updated_at = $6
    where id = $1 and version = $2 returning id, employee_id, version
  ), changed as (
    update action set kind = new.kind, category = new.category, title = new.title, description = new.description,
      success_measure = new."successMeasure", expected_outcome = new."expectedOutcome", start_on = new."startOn",
      due_on = new."dueOn", time_frame = new."timeFrame"
    from plan, json_to_recordset($7) as new (id uuid, kind text, category text, title text, description text,
      "successMeasure" text, "expectedOutcome" text, "startOn" date, "dueOn" date, "timeFrame" text)
    where action.id = new.id and action.plan_id = plan.id
  )
  insert into plan_revision (id, plan_id, employee_id, version, kind, author_id, changes, reason, created_at)
  select $8, id, employee_id, version, 'REVISED', $9, $10, $11, $6 from plan`;

const answer = (plan, problems) => ({
  reviseActionPlan: { plan, userErrors: problems.map(({ code, message, path }) => ({ code, message, path })) },
});

function planOf(plan) {
  const { ready, violations } = readinessOf(plan);
  return {
    version: plan.version,
    goal: plan.goal,
    percentComplete: percentCompleteOfPlan(plan),
    readiness: { ready, violations: violations.map(({ rule, path }) => ({ rule, path })) },
    skills: plan.skills.map(({ rank, actions }) => ({
      rank,
      actions: actions.map(({ title, dueOn, status, percentComplete }) => ({ title, dueOn, status, percentComplete })),
    })),
  };
}

async function write(pool, viewer, { expectedVersion, reason = null }, after, changes) {
  const now = new Date();
  const ids = new Set(changes.filter(({ subject }) => subject === 'ACTION').map(({ subjectId }) => subjectId));
  const actions = after.skills.flatMap((skill) => skill.actions).filter(({ id }) => ids.has(id));
  const { rowCount } = await pool.query({
    name: 'revise-plan-write',
    text: writeText,
    values: [
      ...[after.id, expectedVersion, after.goal, after.targetOn, after.policy.id, now, JSON.stringify(actions)],
      ...[newIdentifier(now), viewer, JSON.stringify(changes), reason],
    ],
  });
  return rowCount === 1;
}

export async function revisePlan(pool, viewer, { input }) {
  const { rows } = await pool.query({ name: 'revise-plan-read', text: readText, values: [input.planId] });
  const [{ plan, policyInForce }] = rows;
  const { after, changes, problems } = judgeRevision(plan, policyInForce, input);
  if (problems.length > 0) return answer(null, problems);
  if (changes.length > 0 && !(await write(pool, viewer, input, after, changes)))
    return answer(null, [versionConflict(input)]);
  return answer(planOf(after), []);
}
