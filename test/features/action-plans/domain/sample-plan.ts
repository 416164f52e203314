import { type ActionKind, categoryOfKind } from '../../../../src/features/action-plans/domain/action-kind.js';
import type { Action, ActionPlan, PlanSkill } from '../../../../src/features/action-plans/domain/action-plan.js';
import { DEFAULT_PLAN_POLICY_TERMS } from '../../../../src/features/action-plans/domain/plan-policy.js';

const createdAt = new Date('2026-01-02T09:00:00Z');

/** An action that meets every criterion within a plan of `planOf`, except for what the changes say. */
export function actionOf(kind: ActionKind, title: string, changes: Partial<Action> = {}): Action {
  return {
    id: `action_${title}`,
    planId: 'plan_1',
    planSkillId: 'plan_skill_1',
    kind,
    category: categoryOfKind(kind),
    title,
    description: null,
    successMeasure: 'Five accounts repeat the key message',
    expectedOutcome: null,
    startOn: null,
    dueOn: '2026-03-31',
    timeFrame: null,
    status: 'NOT_STARTED',
    percentComplete: 0,
    ...changes,
  };
}

/** A skill of the plan with its actions put under it. */
export function skillOf(position: number, skillName: string, actions: Action[]): PlanSkill {
  const id = `plan_skill_${position}`;
  return {
    id,
    planId: 'plan_1',
    skillId: `skill_${position}`,
    skillName,
    outcome: `Uses ${skillName} with customers without help`,
    actions: actions.map((action) => ({ ...action, planSkillId: id })),
  };
}

/** A draft with these skills. */
export function planOf(skills: PlanSkill[], changes: Partial<ActionPlan> = {}): ActionPlan {
  return {
    id: 'plan_1',
    employeeId: 'employee_1',
    goal: 'Work in Marketing within six months',
    targetRoleId: null,
    targetOn: '2026-06-30',
    status: 'DRAFT',
    version: 1,
    outcome: null,
    closingNote: null,
    createdAt,
    updatedAt: createdAt,
    activatedAt: null,
    completedAt: null,
    archivedAt: null,
    policy: { ...DEFAULT_PLAN_POLICY_TERMS, id: 'policy_1', version: 1, createdAt },
    ...changes,
    skills,
  };
}

/** The sample plan of the product: a good draft with one skill and a 2/2/1 mix. */
export function allysDraft(): ActionPlan {
  return planOf([skillOf(1, 'Product messaging', allysActions())]);
}

/** Ally's plan with what her draft lacks: a second skill, and two more EXPERIENCE actions. */
export function allysReadyPlan(): ActionPlan {
  return planOf([
    skillOf(1, 'Product messaging', allysActions()),
    skillOf(2, 'Market research', [
      actionOf('SPECIAL_PROJECT', 'Interview five lost customers about the message they heard'),
      actionOf('STRETCH_ASSIGNMENT', 'Lead the survey for the spring campaign'),
    ]),
  ]);
}

function allysActions(): Action[] {
  return [
    actionOf('EXPANDED_RESPONSIBILITY', "Work marketing's key messages into the pitch to key accounts"),
    actionOf('BUILD_OR_IMPROVE', 'Develop and deliver a presentation with my own pitch'),
    actionOf('JOB_SHADOWING', 'Two days shadowing a marketing colleague', { dueOn: '2026-01-31' }),
    actionOf('CONFERENCE', 'Attend a conference to see marketing messages at work'),
    actionOf('COURSE', 'Take an online course on product messaging'),
  ];
}
