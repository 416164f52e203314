import { Field, ID, InputType, Int } from 'type-graphql';
import { CalendarDayScalar } from '../../../graphql/scalars.js';
import { SkillRef } from '../../skills/graphql/skill.type.js';
import type { ActionKind } from '../domain/action-kind.js';
import { ActionKindEnum } from './action-plan-enums.js';

@InputType('ActionInput', { description: 'An action to plan. Texts are trimmed; the category follows from the kind.' })
export class ActionInputType {
  @Field(() => ActionKindEnum, { description: 'What sort of action it is.' })
  kind: ActionKind;

  @Field({ description: 'What will be done, 1 to 200 characters, starting with an activity.' })
  title: string;

  @Field(() => String, { nullable: true, description: 'More about it, up to 2,000 characters.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'How one will see that it succeeded, up to 500 characters.' })
  successMeasure?: string | null;

  @Field(() => String, { nullable: true, description: 'What it should change for the skill, up to 500 characters.' })
  expectedOutcome?: string | null;

  @Field(() => CalendarDayScalar, { nullable: true, description: 'The day on which it starts.' })
  startOn?: string | null;

  @Field(() => CalendarDayScalar, { nullable: true, description: 'The day on which it is due, not before the start.' })
  dueOn?: string | null;

  @Field(() => String, { nullable: true, description: 'The time frame in words, up to 200 characters.' })
  timeFrame?: string | null;
}

@InputType('PlanSkillInput', { description: 'A skill to build, with its actions.' })
export class PlanSkillInputType {
  @Field(() => SkillRef, { description: 'The skill in the catalogue.' })
  skill: SkillRef;

  @Field(() => String, { nullable: true, description: 'What the person will be able to do, up to 500 characters.' })
  outcome?: string | null;

  @Field(() => [ActionInputType], { nullable: true, description: 'The actions, in their order.' })
  actions?: ActionInputType[] | null;
}

@InputType('PlanVersionInput', { description: 'Which plan, at which version.' })
export abstract class PlanVersionInput {
  @Field(() => ID, { description: 'Which plan.' })
  planId: string;

  @Field(() => Int, { description: 'The `version` of the plan that the change was made for; another one is refused.' })
  expectedVersion: number;
}
