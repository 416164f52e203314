import { mixOf, percentCompleteOfPlan, percentCompleteOfSkill, readinessOf } from '../rules.mjs';
import { planDocument, threeLatest } from './plan-document.mjs';

const text = `
  select employee.name, ${planDocument({ moreOfActions: [threeLatest] })} as plan
  from employee join action_plan on action_plan.employee_id = employee.id and action_plan.status = 'ACTIVE'
  where employee.id = $1`;

const actionOf = ({ title, kind, status, dueOn, percentComplete, entries }) => ({
  title,
  kind,
  status,
  dueOn,
  percentComplete,
  updates: { nodes: entries },
});

function planOf(plan) {
  const { total, compliant, shares } = mixOf(plan);
  const { ready, violations } = readinessOf(plan);
  return {
    goal: plan.goal,
    status: plan.status,
    percentComplete: percentCompleteOfPlan(plan),
    mix: { total, compliant, shares: shares.map(({ category, count, percent }) => ({ category, count, percent })) },
    readiness: { ready, violations: violations.map(({ rule, path }) => ({ rule, path })) },
    skills: plan.skills.map((skill) => ({
      rank: skill.rank,
      outcome: skill.outcome,
      percentComplete: percentCompleteOfSkill(skill),
      skill: { name: skill.skillName },
      actions: skill.actions.map(actionOf),
    })),
  };
}

export async function myPlan(pool, viewer) {
  const { rows } = await pool.query({ name: 'my-plan', text, values: [viewer] });
  const [{ name, plan }] = rows;
  return { me: { employee: { name, activeActionPlan: planOf(plan) } } };
}
