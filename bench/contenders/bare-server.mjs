import http from 'node:http';
import pg from 'pg';
import { countByCategory, judgeActionMix } from '../../dist/src/features/action-plans/domain/action-mix.rules.js';
import {
  percentCompleteOfPlan,
  percentCompleteOfSkill,
} from '../../dist/src/features/action-plans/domain/percent-complete.rules.js';
import { judgeReadiness } from '../../dist/src/features/action-plans/domain/plan-readiness.rules.js';

/** What could hardly be less: one prepared statement, the rules, and an answer. Nobody is asked who they are. */

const MY_PLAN = `
  select json_build_object('name', employee.name, 'plan', json_build_object(
    'goal', plan.goal, 'status', plan.status, 'targetOn', plan.target_on,
    'policy', (select json_build_object('minSkills', min_skills, 'maxSkills', max_skills,
      'minActionsPerSkill', min_actions_per_skill, 'maxActionsPerSkill', max_actions_per_skill,
      'experiencePercent', experience_percent, 'exposurePercent', exposure_percent,
      'educationPercent', education_percent, 'slack', slack) from plan_policy where id = plan.policy_id),
    'skills', (select json_agg(json_build_object('rank', plan_skill.rank, 'outcome', plan_skill.outcome, 'skillName', skill.name,
        'skillAliases', (select coalesce(json_agg(alias), '[]') from skill_alias where skill_id = skill.id),
        'actions', (select json_agg(json_build_object('id', action.id, 'title', action.title, 'kind', action.kind, 'category', action.category,
            'status', action.status, 'dueOn', action.due_on, 'percentComplete', action.percent_complete,
            'successMeasure', action.success_measure, 'expectedOutcome', action.expected_outcome,
            'updates', (select coalesce(json_agg(entry), '[]') from (
              select percent_complete as "percentComplete", status, note,
                to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "occurredAt"
              from progress_update where action_id = action.id order by occurred_at desc, id desc limit 3) as entry))
          order by action.position, action.id) from action where action.plan_skill_id = plan_skill.id))
      order by plan_skill.rank) from plan_skill join skill on skill.id = plan_skill.skill_id where plan_skill.plan_id = plan.id))) as item
  from employee join action_plan as plan on plan.employee_id = employee.id and plan.status = 'ACTIVE'
  where employee.id = $1`;

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

function answerOf({ name, plan }) {
  const actions = plan.skills.flatMap((skill) => skill.actions);
  const { total, compliant, shares } = judgeActionMix(countByCategory(actions), plan.policy);
  const { ready, violations } = judgeReadiness(plan, plan.policy, () => null);
  return {
    name,
    activeActionPlan: {
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
        actions: skill.actions.map(({ title, kind, status, dueOn, percentComplete, updates }) => ({
          title,
          kind,
          status,
          dueOn,
          percentComplete,
          updates: { nodes: updates },
        })),
      })),
    },
  };
}

const server = http.createServer(async (request, response) => {
  const { rows } = await pool.query({ name: 'my-plan', text: MY_PLAN, values: [request.url.slice(1)] });
  const text = JSON.stringify({ data: { me: { employee: answerOf(rows[0].item) } } });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
});

server.listen(0, () => console.log(`ready http://localhost:${server.address().port}`));
