import { Field, ID, InputType, Int } from 'type-graphql';
import { OneOf } from '../../../graphql/reference.js';
import { CalendarDayScalar } from '../../../graphql/scalars.js';
import { RoleRef } from '../../people/graphql/role.type.js';
import { SkillRef } from '../../skills/graphql/skill.type.js';
import type { ActionKind } from '../domain/action-kind.js';
import { ActionInputType, PlanSkillInputType, PlanVersionInput } from './action-plan.input.js';
import { ActionKindEnum } from './action-plan-enums.js';

@OneOf()
@InputType('PlanSkillRef', { description: 'Names a skill of the plan: exactly one of the fields.' })
export class PlanSkillRefType {
  @Field(() => ID, { nullable: true, description: 'The id of the `PlanSkill`.' })
  id?: string | null;

  @Field(() => SkillRef, {
    nullable: true,
    description: 'The skill of the catalogue, also one that the same call adds.',
  })
  skill?: SkillRef | null;
}

@InputType('ChangePlanEdit', {
  description: 'Changes what the plan says about itself. Fields left out stay; null clears.',
})
export class ChangePlanEditType {
  @Field(() => String, { nullable: true, description: 'The new goal, 1 to 500 characters.' })
  goal?: string | null;

  @Field(() => RoleRef, { nullable: true, description: 'The new target role; null for none.' })
  targetRole?: RoleRef | null;

  @Field(() => CalendarDayScalar, { nullable: true, description: 'The new target date; null for none.' })
  targetOn?: string | null;
}

@InputType('AddSkillEdit', { description: 'Adds a skill with its actions.' })
export class AddSkillEditType extends PlanSkillInputType {
  @Field(() => Int, { nullable: true, description: 'Its rank, from 1; the last when left out.' })
  rank?: number | null;
}

@InputType('ChangeSkillEdit', { description: 'Changes what the plan says about a skill.' })
export class ChangeSkillEditType {
  @Field(() => PlanSkillRefType, { description: 'Which skill of the plan.' })
  planSkill: PlanSkillRefType;

  @Field(() => String, { nullable: true, description: 'The new outcome, up to 500 characters; null clears it.' })
  outcome?: string | null;
}

@InputType('RemoveSkillEdit', {
  description: 'Takes a skill and its actions out of the plan. Recorded progress is kept, out of sight.',
})
export class RemoveSkillEditType {
  @Field(() => PlanSkillRefType, { description: 'Which skill of the plan.' })
  planSkill: PlanSkillRefType;
}

@InputType('ReorderSkillsEdit', { description: 'Gives the skills a new order.' })
export class ReorderSkillsEditType {
  @Field(() => [PlanSkillRefType], { description: 'Every skill of the plan once, in the new order.' })
  planSkills: PlanSkillRefType[];
}

@InputType('AddActionEdit', { description: 'Adds an action to a skill.' })
export class AddActionEditType {
  @Field(() => PlanSkillRefType, { description: 'Which skill of the plan.' })
  planSkill: PlanSkillRefType;

  @Field(() => ActionInputType, { description: 'The action.' })
  action: ActionInputType;

  @Field(() => Int, {
    nullable: true,
    description: 'Its place among the actions of the skill, from 0; the end when left out.',
  })
  position?: number | null;
}

@InputType('ChangeActionEdit', { description: 'Changes an action. Fields left out stay; null clears.' })
export class ChangeActionEditType {
  @Field(() => ID, { description: 'Which action.' })
  actionId: string;

  @Field(() => ActionKindEnum, { nullable: true, description: 'The new kind; the category follows.' })
  kind?: ActionKind | null;

  @Field(() => String, { nullable: true, description: 'The new title, 1 to 200 characters.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'The new description, up to 2,000 characters.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'The new measure of success, up to 500 characters.' })
  successMeasure?: string | null;

  @Field(() => String, { nullable: true, description: 'The new expected outcome, up to 500 characters.' })
  expectedOutcome?: string | null;

  @Field(() => CalendarDayScalar, { nullable: true, description: 'The new start.' })
  startOn?: string | null;

  @Field(() => CalendarDayScalar, { nullable: true, description: 'The new due date.' })
  dueOn?: string | null;

  @Field(() => String, { nullable: true, description: 'The new time frame in words, up to 200 characters.' })
  timeFrame?: string | null;
}

@InputType('MoveActionEdit', { description: 'Moves an action to another place or another skill.' })
export class MoveActionEditType {
  @Field(() => ID, { description: 'Which action.' })
  actionId: string;

  @Field(() => PlanSkillRefType, { nullable: true, description: 'The skill to move it to; its own when left out.' })
  planSkill?: PlanSkillRefType | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Its new place among the actions of the skill, from 0; the end when left out.',
  })
  position?: number | null;
}

@InputType('CancelActionEdit', { description: 'Cancels an action. It stays in sight and counts nowhere.' })
export class CancelActionEditType {
  @Field(() => ID, { description: 'Which action.' })
  actionId: string;
}

@OneOf()
@InputType('PlanEdit', { description: 'One edit of a plan: exactly one of the fields.' })
export class PlanEditType {
  @Field(() => ChangePlanEditType, { nullable: true, description: 'Change goal, target role or target date.' })
  changePlan?: ChangePlanEditType | null;

  @Field(() => AddSkillEditType, { nullable: true, description: 'Add a skill.' })
  addSkill?: AddSkillEditType | null;

  @Field(() => ChangeSkillEditType, { nullable: true, description: 'Change a skill.' })
  changeSkill?: ChangeSkillEditType | null;

  @Field(() => RemoveSkillEditType, { nullable: true, description: 'Remove a skill.' })
  removeSkill?: RemoveSkillEditType | null;

  @Field(() => ReorderSkillsEditType, { nullable: true, description: 'Reorder the skills.' })
  reorderSkills?: ReorderSkillsEditType | null;

  @Field(() => AddActionEditType, { nullable: true, description: 'Add an action.' })
  addAction?: AddActionEditType | null;

  @Field(() => ChangeActionEditType, { nullable: true, description: 'Change an action.' })
  changeAction?: ChangeActionEditType | null;

  @Field(() => MoveActionEditType, { nullable: true, description: 'Move an action.' })
  moveAction?: MoveActionEditType | null;

  @Field(() => CancelActionEditType, { nullable: true, description: 'Cancel an action.' })
  cancelAction?: CancelActionEditType | null;
}

@InputType('ReviseActionPlanInput', { description: 'Which plan to revise, and how.' })
export class ReviseActionPlanInputType extends PlanVersionInput {
  @Field(() => [PlanEditType], {
    description: 'The edits, 1 to 100, applied in this order; only the plan that comes out of all of them is judged.',
  })
  edits: PlanEditType[];

  @Field(() => String, { nullable: true, description: 'Why, up to 500 characters; the history shows it.' })
  reason?: string | null;
}
