import type { ActionPlan, ActionPlanSummary } from '../domain/action-plan.js';
import type { PlanPolicy } from '../domain/plan-policy.js';

/** The SQL that builds the JSON documents of this feature. Their keys are the fields of the domain's types. */

export const policyDocument = `json_build_object('id', plan_policy.id, 'version', plan_policy.version,
  'minSkills', plan_policy.min_skills, 'maxSkills', plan_policy.max_skills,
  'minActionsPerSkill', plan_policy.min_actions_per_skill, 'maxActionsPerSkill', plan_policy.max_actions_per_skill,
  'experiencePercent', plan_policy.experience_percent, 'exposurePercent', plan_policy.exposure_percent,
  'educationPercent', plan_policy.education_percent, 'slack', plan_policy.slack,
  'createdAt', plan_policy.created_at)`;

const summaryFields = `'id', action_plan.id, 'employeeId', action_plan.employee_id, 'goal', action_plan.goal,
  'targetRoleId', action_plan.target_role_id, 'targetOn', action_plan.target_on, 'status', action_plan.status,
  'version', action_plan.version, 'outcome', action_plan.outcome, 'closingNote', action_plan.closing_note,
  'createdAt', action_plan.created_at, 'updatedAt', action_plan.updated_at, 'activatedAt', action_plan.activated_at,
  'completedAt', action_plan.completed_at, 'archivedAt', action_plan.archived_at`;

const actionDocument = `json_build_object('id', action.id, 'planId', action.plan_id,
  'planSkillId', action.plan_skill_id, 'kind', action.kind, 'category', action.category, 'title', action.title,
  'description', action.description, 'successMeasure', action.success_measure,
  'expectedOutcome', action.expected_outcome, 'startOn', action.start_on, 'dueOn', action.due_on,
  'timeFrame', action.time_frame, 'status', action.status, 'percentComplete', action.percent_complete)`;

const actionsOfSkill = `(select coalesce(json_agg(${actionDocument} order by action.position, action.id), '[]')
  from action where action.plan_skill_id = plan_skill.id and action.plan_id = action_plan.id)`;

const aliasesOfSkill = `(select coalesce(json_agg(skill_alias.alias), '[]') from skill_alias
  where skill_alias.skill_id = plan_skill.skill_id)`;

const skillsOfPlan = `(
  select coalesce(json_agg(json_build_object('id', plan_skill.id, 'planId', plan_skill.plan_id,
      'skillId', plan_skill.skill_id, 'skillName', skill.name, 'skillAliases', ${aliasesOfSkill}, 'outcome', plan_skill.outcome,
      'actions', ${actionsOfSkill}) order by plan_skill.rank), '[]')
  from plan_skill join skill on skill.id = plan_skill.skill_id
  where plan_skill.plan_id = action_plan.id and plan_skill.rank is not null)`;

/** A plan that was never active is judged by the policy in force, the one with the highest version. */
const policyOfPlan = `(select ${policyDocument} from plan_policy where plan_policy.id = coalesce(action_plan.policy_id,
  (select id from plan_policy order by version desc limit 1)))`;

export const planSummaryDocument = `json_build_object(${summaryFields})`;

/** A whole plan: skills in rank order, each with its actions, and the policy that the plan is judged by. */
export const planDocument = `json_build_object(${summaryFields}, 'skills', ${skillsOfPlan}, 'policy', ${policyOfPlan})`;

/** The one statement that reads whole plans, for the ids in `$1`. */
export const wholePlansStatement = `select action_plan.id as key, ${planDocument} as item from action_plan
  where action_plan.id = any ($1)`;

const instant = (value: Date): Date => new Date(value);
const optionalInstant = (value: Date | null): Date | null => value && new Date(value);

/** JSON has no instants: they arrive as text. */
export function revivePlanSummary<Plan extends ActionPlanSummary>(plan: Plan): Plan {
  return {
    ...plan,
    createdAt: instant(plan.createdAt),
    updatedAt: instant(plan.updatedAt),
    activatedAt: optionalInstant(plan.activatedAt),
    completedAt: optionalInstant(plan.completedAt),
    archivedAt: optionalInstant(plan.archivedAt),
  };
}

export const revivePolicy = (policy: PlanPolicy): PlanPolicy => ({ ...policy, createdAt: instant(policy.createdAt) });

export const revivePlan = (plan: ActionPlan): ActionPlan => ({
  ...revivePlanSummary(plan),
  policy: revivePolicy(plan.policy),
});
