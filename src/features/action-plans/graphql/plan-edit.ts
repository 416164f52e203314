import { badUserInput } from '../../../graphql/errors.js';
import { identifierOf } from '../../../graphql/node.js';
import { toReference } from '../../../graphql/reference.js';
import { ROLE_PREFIX } from '../../people/graphql/role.type.js';
import { SKILL_PREFIX } from '../../skills/graphql/skill.type.js';
import type { PlanEditInput, PlanSkillChoice } from '../usecases/hold-plan-edits.js';
import { ACTION_PREFIX, PLAN_SKILL_PREFIX } from './action-plan.type.js';
import type {
  ChangeActionEditType,
  ChangePlanEditType,
  PlanEditType,
  PlanSkillRefType,
} from './revise-action-plan.input.js';

type Path = readonly (string | number)[];

function toChoice(reference: PlanSkillRefType, path: Path): PlanSkillChoice {
  if (reference.id != null) return { id: identifierOf(PLAN_SKILL_PREFIX, reference.id, [...path, 'id']) };
  return { skill: toReference(reference.skill!, SKILL_PREFIX, [...path, 'skill']) };
}

/** A field that may be left out, but not cleared. */
function notNull<Value>(value: Value | null | undefined, path: Path): Value | undefined {
  if (value === null) throw badUserInput('This cannot be cleared: leave it out to keep it.', path);
  return value;
}

function toPlanChange({ goal, targetRole, targetOn }: ChangePlanEditType, path: Path): PlanEditInput {
  return {
    kind: 'changePlan',
    goal: notNull(goal, [...path, 'goal']),
    targetRole: targetRole && toReference(targetRole, ROLE_PREFIX, [...path, 'targetRole']),
    targetOn,
  };
}

function toActionChange({ actionId, kind, title, ...content }: ChangeActionEditType, path: Path): PlanEditInput {
  return {
    kind: 'changeAction',
    actionId: identifierOf(ACTION_PREFIX, actionId, [...path, 'actionId']),
    content: { ...content, kind: notNull(kind, [...path, 'kind']), title: notNull(title, [...path, 'title']) },
  };
}

/** A place in a list: left out, or null, it is the end. */
function toPlace(place: number | null | undefined, least: number, path: Path): number | undefined {
  if (place != null && place < least) throw badUserInput(`This is at least ${least}; it is ${place}.`, path);
  return place ?? undefined;
}

/** The edit as the use case takes it. The input type makes sure that there is exactly one. */
export function toPlanEdit(edit: PlanEditType, place: Path): PlanEditInput {
  const [name, value] = Object.entries(edit).find(([, given]) => given != null)!;
  const path = [...place, name];
  const planSkillPath = [...path, 'planSkill'];
  const kind = name as keyof PlanEditType;
  switch (kind) {
    case 'changePlan':
      return toPlanChange(value, path);
    case 'addSkill': {
      const { rank, ...skill } = edit.addSkill!;
      const reference = toReference(skill.skill, SKILL_PREFIX, [...path, 'skill']);
      return { ...skill, kind, skill: reference, rank: toPlace(rank, 1, [...path, 'rank']) };
    }
    case 'changeSkill': {
      const { planSkill, outcome } = edit.changeSkill!;
      return { kind, planSkill: toChoice(planSkill, planSkillPath), outcome };
    }
    case 'removeSkill':
      return { kind, planSkill: toChoice(edit.removeSkill!.planSkill, planSkillPath) };
    case 'reorderSkills': {
      const { planSkills } = edit.reorderSkills!;
      return { kind, planSkills: planSkills.map((skill, index) => toChoice(skill, [...path, 'planSkills', index])) };
    }
    case 'addAction': {
      const { planSkill, action, position } = edit.addAction!;
      const at = toPlace(position, 0, [...path, 'position']);
      return { kind, planSkill: toChoice(planSkill, planSkillPath), action, position: at };
    }
    case 'changeAction':
      return toActionChange(value, path);
    case 'moveAction': {
      const { actionId, planSkill, position } = edit.moveAction!;
      return {
        kind,
        actionId: identifierOf(ACTION_PREFIX, actionId, [...path, 'actionId']),
        planSkill: planSkill == null ? undefined : toChoice(planSkill, planSkillPath),
        position: toPlace(position, 0, [...path, 'position']),
      };
    }
    case 'cancelAction':
      return { kind, actionId: identifierOf(ACTION_PREFIX, edit.cancelAction!.actionId, [...path, 'actionId']) };
  }
}
