import type { EntityManager } from 'typeorm';
import type { Lookup } from '../../../database/hold-references.js';
import type { CalendarDay } from '../../../shared/clock.js';
import type { Reference } from '../../../shared/reference.js';
import { failure, type Result, success } from '../../../shared/result.js';
import { tidyOptionalText, tidyText } from '../../../shared/text.js';
import { holdRoles } from '../../people/persistence/people.repository.js';
import { holdSkills, type SkillIdentity } from '../../skills/persistence/skill.repository.js';
import type { ActionPlanProblem } from '../domain/action-plan-problem.js';
import type { ActionContent, PlanEdit, PlanSkillReference } from '../domain/plan-edit.js';
import { type ActionInput, type PlanSkillInput, toNewAction, toNewPlanSkill } from './action-input.js';
import { unknownRole, unknownSkill } from './unknown-reference.js';

/** Names a skill of the plan by its place in the plan, or by the catalogue's skill. */
export type PlanSkillChoice = { id: string } | { skill: Reference };

/** The edits as a caller writes them: with references instead of ids. */
export type PlanEditInput =
  | { kind: 'changePlan'; goal?: string; targetRole?: Reference | null; targetOn?: CalendarDay | null }
  | ({ kind: 'addSkill'; rank?: number } & PlanSkillInput)
  | { kind: 'changeSkill'; planSkill: PlanSkillChoice; outcome?: string | null }
  | { kind: 'removeSkill'; planSkill: PlanSkillChoice }
  | { kind: 'reorderSkills'; planSkills: PlanSkillChoice[] }
  | { kind: 'addAction'; planSkill: PlanSkillChoice; action: ActionInput; position?: number }
  | { kind: 'changeAction'; actionId: string; content: Partial<ActionInput> }
  | { kind: 'moveAction'; actionId: string; planSkill?: PlanSkillChoice; position?: number }
  | { kind: 'cancelAction'; actionId: string };

interface Lookups {
  skillOf: Lookup<SkillIdentity>;
  roleOf: Lookup<{ id: string }>;
  now: Date;
}

/**
 * Looks up what the edits name, in one statement a table, so that a pure rule can apply them.
 * @returns the edits, to be asked for when the next statement was answered
 */
export async function holdPlanEdits(
  manager: EntityManager,
  inputs: PlanEditInput[],
  now: Date,
): Promise<() => Result<PlanEdit[], ActionPlanProblem>> {
  const skills = await holdSkills(manager, inputs.flatMap(skillsNamed));
  const roles = await holdRoles(manager, inputs.flatMap(rolesNamed));
  return () => toPlanEdits(inputs, { skillOf: skills(), roleOf: roles(), now });
}

function toPlanEdits(inputs: PlanEditInput[], lookups: Lookups): Result<PlanEdit[], ActionPlanProblem> {
  const problems = inputs.flatMap((input, place) => unknownNames(input, lookups, ['edits', String(place), input.kind]));
  return problems.length > 0 ? failure(problems) : success(inputs.map((input) => toPlanEdit(input, lookups)));
}

function skillsNamed(input: PlanEditInput): Reference[] {
  if (input.kind === 'addSkill') return [input.skill];
  const choices = [
    ...('planSkill' in input && input.planSkill ? [input.planSkill] : []),
    ...('planSkills' in input ? input.planSkills : []),
  ];
  return choices.flatMap((choice) => ('skill' in choice ? [choice.skill] : []));
}

const rolesNamed = (input: PlanEditInput): Reference[] =>
  input.kind === 'changePlan' && input.targetRole ? [input.targetRole] : [];

function unknownNames(input: PlanEditInput, { skillOf, roleOf }: Lookups, path: string[]): ActionPlanProblem[] {
  if (input.kind === 'addSkill' && !skillOf(input.skill)) return [unknownSkill([...path, 'skill'])];
  if (rolesNamed(input).some((role) => !roleOf(role))) return [unknownRole([...path, 'targetRole'])];
  return [];
}

function toPlanEdit(input: PlanEditInput, { skillOf, roleOf, now }: Lookups): PlanEdit {
  const planSkill = (choice: PlanSkillChoice) => toPlanSkillReference(choice, skillOf);
  switch (input.kind) {
    case 'changePlan': {
      const goal = input.goal === undefined ? undefined : tidyText(input.goal);
      const targetRoleId = input.targetRole ? roleOf(input.targetRole)!.id : input.targetRole;
      return { kind: input.kind, ...defined({ goal, targetRoleId, targetOn: input.targetOn }) };
    }
    case 'addSkill': {
      const skill = toNewPlanSkill(input, skillOf(input.skill)!, now);
      return { kind: input.kind, skill, ...defined({ rank: input.rank }) };
    }
    case 'changeSkill': {
      const outcome = input.outcome === undefined ? undefined : tidyOptionalText(input.outcome);
      return { kind: input.kind, planSkill: planSkill(input.planSkill), ...defined({ outcome }) };
    }
    case 'removeSkill':
      return { kind: input.kind, planSkill: planSkill(input.planSkill) };
    case 'reorderSkills':
      return { kind: input.kind, planSkills: input.planSkills.map(planSkill) };
    case 'addAction': {
      const action = toNewAction(input.action, now);
      return {
        kind: input.kind,
        planSkill: planSkill(input.planSkill),
        action,
        ...defined({ position: input.position }),
      };
    }
    case 'changeAction':
      return { kind: input.kind, actionId: input.actionId, content: tidyContent(input.content) };
    case 'moveAction': {
      const target = input.planSkill && planSkill(input.planSkill);
      return {
        kind: input.kind,
        actionId: input.actionId,
        ...defined({ planSkill: target, position: input.position }),
      };
    }
    case 'cancelAction':
      return input;
  }
}

/** A skill that the catalogue does not have becomes one that no plan has: the rule that applies the edits then says so. */
function toPlanSkillReference(choice: PlanSkillChoice, skillOf: Lookup<SkillIdentity>): PlanSkillReference {
  return 'id' in choice ? choice : { skillId: skillOf(choice.skill)?.id ?? '' };
}

/** Only what is given changes; an optional text that is given empty is cleared. */
function tidyContent(content: Partial<ActionInput>): Partial<ActionContent> {
  const optional = (text: string | null | undefined) => (text === undefined ? undefined : tidyOptionalText(text));
  return defined({
    kind: content.kind,
    title: content.title === undefined ? undefined : tidyText(content.title),
    description: optional(content.description),
    successMeasure: optional(content.successMeasure),
    expectedOutcome: optional(content.expectedOutcome),
    startOn: content.startOn,
    dueOn: content.dueOn,
    timeFrame: optional(content.timeFrame),
  });
}

type Defined<Fields> = { [Field in keyof Fields]?: Exclude<Fields[Field], undefined> };

/** The fields that have a value: one that is absent leaves things as they are, null clears them. */
function defined<Fields extends object>(fields: Fields): Defined<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<Fields>;
}
