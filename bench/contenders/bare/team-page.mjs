import { mixOf, percentCompleteOfPlan, percentCompleteOfSkill, readinessOf } from '../rules.mjs';
import { planDocument } from './plan-document.mjs';

const text = `
  select manager.name, (
    select coalesce(json_agg(report order by report.name, report.id), '[]')
    from (
      select employee.id, employee.name, employee.job_title as "jobTitle", ${planDocument()} as plan
      from employee left join action_plan on action_plan.employee_id = employee.id and action_plan.status = 'ACTIVE'
      where employee.manager_id = manager.id order by employee.name, employee.id limit 10
    ) as report
  ) as reports
  from employee as manager where manager.id = $1`;

const actionOf = ({ title, kind, category, status, dueOn, percentComplete }) => ({
  title,
  kind,
  category,
  status,
  dueOn,
  percentComplete,
});

function planOf(plan) {
  const { compliant, shares } = mixOf(plan);
  return {
    goal: plan.goal,
    status: plan.status,
    percentComplete: percentCompleteOfPlan(plan),
    targetOn: plan.targetOn,
    mix: { compliant, shares: shares.map(({ category, count, percent }) => ({ category, count, percent })) },
    readiness: { ready: readinessOf(plan).ready },
    skills: plan.skills.map((skill) => ({
      rank: skill.rank,
      percentComplete: percentCompleteOfSkill(skill),
      skill: { name: skill.skillName },
      actions: skill.actions.map(actionOf),
    })),
  };
}

export async function teamPage(pool, viewer) {
  const { rows } = await pool.query({ name: 'team-page', text, values: [viewer] });
  const [{ name, reports }] = rows;
  const nodes = reports.map(({ name, jobTitle, plan }) => ({
    name,
    jobTitle,
    activeActionPlan: plan.id === null ? null : planOf(plan),
  }));
  return { me: { employee: { name, reports: { nodes } } } };
}
