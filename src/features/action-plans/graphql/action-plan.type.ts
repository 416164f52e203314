import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import { connectionType } from '../../../graphql/connection.js';
import { Cost } from '../../../graphql/cost.js';
import { IdPrefix, NodeInterface } from '../../../graphql/node.js';
import { CalendarDayScalar } from '../../../graphql/scalars.js';
import type { ActionCategory, ActionKind } from '../domain/action-kind.js';
import type {
  Action,
  ActionPlanSummary,
  ActionStatus,
  PlanOutcome,
  PlanSkill,
  PlanStatus,
} from '../domain/action-plan.js';
import {
  ActionCategoryEnum,
  ActionKindEnum,
  ActionStatusEnum,
  PlanOutcomeEnum,
  PlanStatusEnum,
} from './action-plan-enums.js';

export const PLAN_PREFIX = 'plan';
export const PLAN_SKILL_PREFIX = 'planskill';
export const ACTION_PREFIX = 'action';

@IdPrefix(ACTION_PREFIX)
@Access(
  'ACTION_PLAN',
  'category',
  'description',
  'dueOn',
  'expectedOutcome',
  'id',
  'kind',
  'percentComplete',
  'plan',
  'planSkill',
  'smart',
  'startOn',
  'status',
  'successMeasure',
  'timeFrame',
  'title',
)
@Cost({ items: 10 })
@ObjectType('Action', { implements: NodeInterface, description: 'One thing to do for one skill of a plan.' })
export class ActionType extends NodeInterface implements Action {
  planId: string;

  planSkillId: string;

  @Field(() => ActionCategoryEnum, { description: 'How people learn from it; follows from the kind.' })
  category: ActionCategory;

  @Field(() => ActionKindEnum, { description: 'What sort of action it is.' })
  kind: ActionKind;

  @Field({ description: 'What will be done, 1 to 200 characters, starting with an activity.' })
  title: string;

  @Field(() => String, { nullable: true, description: 'More about it, up to 2,000 characters.' })
  description: string | null;

  @Field(() => String, { nullable: true, description: 'How one will see that it succeeded, up to 500 characters.' })
  successMeasure: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What it should change for the skill, up to 500 characters; when null, the outcome of the skill stands in for it.',
  })
  expectedOutcome: string | null;

  @Field(() => CalendarDayScalar, { nullable: true, description: 'The day on which it starts.' })
  startOn: string | null;

  @Field(() => CalendarDayScalar, { nullable: true, description: 'The day on which it is due, not before the start.' })
  dueOn: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The time frame in words, up to 200 characters, such as "over the next quarter, for five accounts".',
  })
  timeFrame: string | null;

  @Field(() => ActionStatusEnum, {
    description: 'As the latest progress update says (by when it occurred); NOT_STARTED before the first.',
  })
  status: ActionStatus;

  @Field(() => Int, {
    description:
      'Whole percent, 0 to 100, as the latest progress update says (by when it occurred); 0 before the first.',
  })
  percentComplete: number;
}

/** A skill of a plan with its place. */
export interface RankedPlanSkill extends PlanSkill {
  rank: number;
}

@IdPrefix(PLAN_SKILL_PREFIX)
@Access('ACTION_PLAN', 'actions', 'id', 'outcome', 'percentComplete', 'plan', 'rank', 'skill')
@Cost({ items: 3 })
@ObjectType('PlanSkill', { implements: NodeInterface, description: 'One of the skills that a plan builds.' })
export class PlanSkillType extends NodeInterface implements RankedPlanSkill {
  planId: string;

  skillId: string;

  skillName: string;

  skillAliases: string[];

  @Field(() => Int, { description: 'The place of the skill in the plan: 1 is the first, 3 the last.' })
  rank: number;

  @Field(() => String, { nullable: true, description: 'What the person will be able to do, up to 500 characters.' })
  outcome: string | null;

  @Field(() => [ActionType], { description: 'The actions in their order, cancelled ones included.' })
  actions: Action[];
}

@IdPrefix(PLAN_PREFIX)
@Access(
  'ACTION_PLAN',
  'activatedAt',
  'archivedAt',
  'closingNote',
  'completedAt',
  'completionSuggested',
  'createdAt',
  'employee',
  'goal',
  'id',
  'mix',
  'outcome',
  'percentComplete',
  'policy',
  'readiness',
  'revisions',
  'skills',
  'status',
  'targetOn',
  'targetRole',
  'updatedAt',
  'version',
)
@ObjectType('ActionPlan', {
  implements: NodeInterface,
  description: "An employee's plan towards one goal: two or three skills, with actions for each.",
})
export class ActionPlanType extends NodeInterface implements ActionPlanSummary {
  employeeId: string;

  @Field({ description: 'What the person wants to reach, 1 to 500 characters.' })
  goal: string;

  targetRoleId: string | null;

  @Field(() => CalendarDayScalar, {
    nullable: true,
    description: 'The day by which the goal should be reached; an active plan has one.',
  })
  targetOn: string | null;

  @Field(() => PlanStatusEnum, { description: 'Where the plan stands.' })
  status: PlanStatus;

  @Field(() => Int, {
    description:
      '1 when created, one more with each revision and each change of status; the `expectedVersion` of the next edit. Progress does not count.',
  })
  version: number;

  @Field(() => PlanOutcomeEnum, { nullable: true, description: 'What became of the goal; null unless COMPLETED.' })
  outcome: PlanOutcome | null;

  @Field(() => String, {
    nullable: true,
    description: 'What was said when the plan was completed, up to 2,000 characters.',
  })
  closingNote: string | null;

  @Field({ description: 'When the plan was created.' })
  createdAt: Date;

  @Field({ description: 'When the plan was last revised or changed its status.' })
  updatedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When the plan became ACTIVE; null when it never was.' })
  activatedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the plan was completed; null unless COMPLETED.' })
  completedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the plan was archived; null unless ARCHIVED.' })
  archivedAt: Date | null;
}

export const ActionPlanConnection = connectionType('ActionPlan', () => ActionPlanType, 'action plans');
