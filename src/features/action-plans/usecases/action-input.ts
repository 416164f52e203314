import type { CalendarDay } from '../../../shared/clock.js';
import { newIdentifier } from '../../../shared/identifier.js';
import type { Reference } from '../../../shared/reference.js';
import { tidyOptionalText, tidyText } from '../../../shared/text.js';
import type { SkillIdentity } from '../../skills/persistence/skill.repository.js';
import type { ActionKind } from '../domain/action-kind.js';
import type { NewAction, NewPlanSkill } from '../domain/plan-edit.js';

/** An action as a caller plans it; what is left out is empty. */
export interface ActionInput {
  kind: ActionKind;
  title: string;
  description?: string | null;
  successMeasure?: string | null;
  expectedOutcome?: string | null;
  startOn?: CalendarDay | null;
  dueOn?: CalendarDay | null;
  timeFrame?: string | null;
}

/** A skill as a caller plans it, with its actions. */
export interface PlanSkillInput {
  skill: Reference;
  outcome?: string | null;
  actions?: ActionInput[] | null;
}

export function toNewAction(input: ActionInput, now: Date): NewAction {
  return {
    id: newIdentifier(now),
    kind: input.kind,
    title: tidyText(input.title),
    description: tidyOptionalText(input.description),
    successMeasure: tidyOptionalText(input.successMeasure),
    expectedOutcome: tidyOptionalText(input.expectedOutcome),
    startOn: input.startOn ?? null,
    dueOn: input.dueOn ?? null,
    timeFrame: tidyOptionalText(input.timeFrame),
  };
}

export function toNewPlanSkill(
  input: PlanSkillInput,
  skill: Pick<SkillIdentity, 'id' | 'name' | 'aliases'>,
  now: Date,
): NewPlanSkill {
  return {
    id: newIdentifier(now),
    skillId: skill.id,
    skillName: skill.name,
    skillAliases: skill.aliases,
    outcome: tidyOptionalText(input.outcome),
    actions: (input.actions ?? []).map((action) => toNewAction(action, now)),
  };
}
