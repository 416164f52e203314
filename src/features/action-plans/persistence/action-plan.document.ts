import type { Skill } from '../../skills/domain/skill.js';
import { skillDocument } from '../../skills/persistence/skill.document.js';
import type { Action, ActionPlan, ActionPlanSummary, PlanSkill } from '../domain/action-plan.js';
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

/** The actions of a plan in their order, with the ids of all of them. A row turned to JSON costs half of an object that is put together. */
const actionsOfPlan = `(select json_agg(entry) as items, array_agg(entry.id) as ids from (
    select action.id, action.plan_id as "planId", action.plan_skill_id as "planSkillId", action.kind, action.category,
      action.title, action.description, action.success_measure as "successMeasure",
      action.expected_outcome as "expectedOutcome", action.start_on as "startOn", action.due_on as "dueOn",
      action.time_frame as "timeFrame", action.status, action.percent_complete as "percentComplete"
    from action where action.plan_id = action_plan.id order by action.position, action.id) as entry)`;

const skillsOfPlan = `(select json_agg(entry) as items from (
    select plan_skill.id, plan_skill.plan_id as "planId", plan_skill.skill_id as "skillId", ${skillDocument} as skill,
      plan_skill.outcome
    from plan_skill join skill on skill.id = plan_skill.skill_id
    where plan_skill.plan_id = action_plan.id and plan_skill.rank is not null order by plan_skill.rank) as entry)`;

/** A plan that was never active is judged by the policy in force, the one with the highest version. */
const policyOfPlan = `(select ${policyDocument} from plan_policy where plan_policy.id = coalesce(action_plan.policy_id,
  (select id from plan_policy order by version desc limit 1)))`;

export const planSummaryDocument = `json_build_object(${summaryFields})`;

/** What a whole plan is read from besides `action_plan`, which these are joined to. */
export const partsOfPlan = `left join lateral ${skillsOfPlan} as skills on true
  left join lateral ${actionsOfPlan} as actions on true`;

/** The SQL of an array with the ids of the actions of a whole plan. */
export const actionIdsOfPlan = 'actions.ids';

/** A whole plan, with `partsOfPlan`: skills in rank order, actions in theirs, and the policy that the plan is judged by. */
export const planDocument = `json_build_object(${summaryFields}, 'skills', skills.items, 'actions', actions.items, 'policy', ${policyOfPlan})`;

/** A plan as it is read: each skill with its entry in the catalogue, and the actions of all skills, also of those taken out. */
export interface PlanDocument extends Omit<ActionPlan, 'skills'> {
  skills: (Omit<PlanSkill, 'actions' | 'skillName' | 'skillAliases'> & { skill: Skill })[] | null;
  actions: Action[] | null;
}

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

export function revivePlan({ skills, actions, ...plan }: PlanDocument): ActionPlan {
  return {
    ...revivePlanSummary(plan),
    skills: (skills ?? []).map((planSkill) => ({
      ...planSkill,
      skillName: planSkill.skill.name,
      skillAliases: planSkill.skill.aliases,
      actions: (actions ?? []).filter(({ planSkillId }) => planSkillId === planSkill.id),
    })),
    policy: revivePolicy(plan.policy),
  };
}
