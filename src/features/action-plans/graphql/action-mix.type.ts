import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import { Cost } from '../../../graphql/cost.js';
import type { ActionCategory } from '../domain/action-kind.js';
import type { ActionMix, MixAdjustment, MixShare } from '../domain/action-mix.js';
import { ActionCategoryEnum } from './action-plan-enums.js';

@Access('PART')
@Cost({ items: 3 })
@ObjectType('MixShare', { description: 'Where one category stands within a mix.' })
export class MixShareType implements MixShare {
  @Field(() => ActionCategoryEnum, { description: 'The category.' })
  category: ActionCategory;

  @Field(() => Int, { description: 'The actions of the category.' })
  count: number;

  @Field(() => Float, {
    description: 'Their share of all actions in percent, rounded to two decimals; 0 when there are no actions.',
  })
  percent: number;

  @Field(() => Int, { description: 'The share that the policy asks for, in whole percent.' })
  targetPercent: number;

  @Field(() => Int, { description: 'The fewest actions of the category that comply, for this many actions in all.' })
  allowedMin: number;

  @Field(() => Int, { description: 'The most actions of the category that comply, for this many actions in all.' })
  allowedMax: number;
}

@Access('PART')
@Cost({ items: 3 })
@ObjectType('MixAdjustment', { description: 'A change to the number of actions of one category.' })
export class MixAdjustmentType implements MixAdjustment {
  @Field(() => ActionCategoryEnum, { description: 'The category.' })
  category: ActionCategory;

  @Field(() => Int, { description: 'So many actions more (positive) or fewer (negative); never 0.' })
  change: number;
}

@Access('PART')
@ObjectType('ActionMix', {
  description:
    'How a number of actions per category compares with the plan policy. With n actions and a share s, a category has at least floor(s x n) and at most ceil(s x n) actions, give or take the slack.',
})
export class ActionMixType implements ActionMix {
  @Field(() => Int, { description: 'The actions in all. Cancelled ones do not count.' })
  total: number;

  @Field({ description: 'Whether every category is within its bounds.' })
  compliant: boolean;

  @Field(() => [MixShareType], { description: 'One entry per category: EXPERIENCE, EXPOSURE, EDUCATION.' })
  shares: MixShare[];

  @Field(() => [MixAdjustmentType], {
    description:
      'The fewest actions to add. Empty when the mix complies, and when no additions would ever do (a category with a share of 0 is over its bound).',
  })
  toComply: MixAdjustment[];

  @Field(() => [MixAdjustmentType], {
    description:
      'The fewest actions to turn into another category, with the same number in all: the changes sum to 0. Empty when the mix complies.',
  })
  toRebalance: MixAdjustment[];
}
