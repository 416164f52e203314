import { failure, type Result, success } from '../../../shared/result.js';
import { categoryOfKind } from './action-kind.js';
import type { Action, ActionPlan, PlanSkill } from './action-plan.js';
import type { ActionPlanProblem } from './action-plan-problem.js';
import type { NewAction, NewPlanSkill, PlanEdit, PlanEditKind, PlanSkillReference } from './plan-edit.js';

/** The action that a new plan or an edit adds. */
export function planAction(planId: string, planSkillId: string, action: NewAction): Action {
  return {
    ...action,
    planId,
    planSkillId,
    category: categoryOfKind(action.kind),
    status: 'NOT_STARTED',
    percentComplete: 0,
  };
}

/** The skill that a new plan or an edit adds, with its actions. */
export function planSkill(planId: string, { actions, ...skill }: NewPlanSkill): PlanSkill {
  return { ...skill, planId, actions: actions.map((action) => planAction(planId, skill.id, action)) };
}

/** An edit that cannot be made: caught where the edits are applied one after another. */
class ImpossibleEdit {
  constructor(readonly problem: Omit<ActionPlanProblem, 'path'> & { field: string }) {}
}

const insertAt = <Item>(items: Item[], item: Item, position: number | undefined): void => {
  items.splice(Math.min(position ?? items.length, items.length), 0, item);
};

function findSkill(skills: PlanSkill[], reference: PlanSkillReference, field: string): PlanSkill {
  const found = skills.find((skill) =>
    'id' in reference ? skill.id === reference.id : skill.skillId === reference.skillId,
  );
  if (!found) throw new ImpossibleEdit({ code: 'NOT_FOUND', message: 'The plan does not build this skill.', field });
  return found;
}

/** The action and the skill that holds it; cancelled ones are closed to edits. */
function findAction(skills: PlanSkill[], actionId: string): { skill: PlanSkill; action: Action } {
  for (const skill of skills) {
    const action = skill.actions.find((candidate) => candidate.id === actionId);
    if (action?.status === 'CANCELLED') {
      const message = `The action "${action.title}" is cancelled. Add a new action instead.`;
      throw new ImpossibleEdit({ code: 'ACTION_CANCELLED', message, field: 'actionId' });
    }
    if (action) return { skill, action };
  }
  throw new ImpossibleEdit({ code: 'NOT_FOUND', message: 'The plan has no such action.', field: 'actionId' });
}

function reorder(skills: PlanSkill[], order: PlanSkillReference[]): void {
  const wanted = order.map((reference) => findSkill(skills, reference, 'planSkills'));
  if (wanted.length !== skills.length || new Set(wanted).size !== skills.length) {
    const message = 'Name every skill of the plan exactly once, in the new order.';
    throw new ImpossibleEdit({ code: 'OUT_OF_RANGE', message, field: 'planSkills' });
  }
  skills.splice(0, skills.length, ...wanted);
}

function move(skills: PlanSkill[], edit: EditOf<'moveAction'>): void {
  const { skill, action } = findAction(skills, edit.actionId);
  const target = edit.planSkill ? findSkill(skills, edit.planSkill, 'planSkill') : skill;
  skill.actions.splice(skill.actions.indexOf(action), 1);
  action.planSkillId = target.id;
  insertAt(target.actions, action, edit.position);
}

type EditOf<Kind extends PlanEditKind> = Extract<PlanEdit, { kind: Kind }>;

/** How each kind of edit changes the draft, which is a copy, in place. */
const APPLY: { [Kind in PlanEditKind]: (draft: ActionPlan, edit: EditOf<Kind>) => void } = {
  changePlan: (draft, { kind: _, ...changes }) => {
    Object.assign(draft, changes);
  },
  addSkill: (draft, { skill, rank }) => {
    insertAt(draft.skills, planSkill(draft.id, skill), rank === undefined ? undefined : rank - 1);
  },
  changeSkill: ({ skills }, edit) => {
    const skill = findSkill(skills, edit.planSkill, 'planSkill');
    if (edit.outcome !== undefined) skill.outcome = edit.outcome;
  },
  removeSkill: ({ skills }, edit) => {
    skills.splice(skills.indexOf(findSkill(skills, edit.planSkill, 'planSkill')), 1);
  },
  reorderSkills: ({ skills }, edit) => {
    reorder(skills, edit.planSkills);
  },
  addAction: ({ id, skills }, { planSkill: reference, action, position }) => {
    const skill = findSkill(skills, reference, 'planSkill');
    insertAt(skill.actions, planAction(id, skill.id, action), position);
  },
  changeAction: ({ skills }, { actionId, content }) => {
    const { action } = findAction(skills, actionId);
    Object.assign(action, content);
    action.category = categoryOfKind(action.kind);
  },
  moveAction: ({ skills }, edit) => {
    move(skills, edit);
  },
  cancelAction: ({ skills }, { actionId }) => {
    findAction(skills, actionId).action.status = 'CANCELLED';
  },
};

function applyEdit<Kind extends PlanEditKind>(draft: ActionPlan, edit: EditOf<Kind>): void {
  APPLY[edit.kind as Kind](draft, edit);
}

/** A copy whose skills and actions can be changed without changing those of the plan. */
const copyOf = (plan: ActionPlan): ActionPlan => ({
  ...plan,
  skills: plan.skills.map((skill) => ({ ...skill, actions: skill.actions.map((action) => ({ ...action })) })),
});

/**
 * The plan after all edits, in their order. States in between may be absurd: only the result is judged, elsewhere.
 * An edit that names something the plan does not have is a problem at `["edits", <place>, <kind>, <field>]`.
 */
export function applyEdits(plan: ActionPlan, edits: readonly PlanEdit[]): Result<ActionPlan, ActionPlanProblem> {
  const draft = copyOf(plan);
  for (const [place, edit] of edits.entries()) {
    try {
      applyEdit(draft, edit);
    } catch (error) {
      if (!(error instanceof ImpossibleEdit)) throw error;
      const { field, ...problem } = error.problem;
      return failure([{ ...problem, path: ['edits', String(place), edit.kind, field] }]);
    }
  }
  return success(draft);
}
