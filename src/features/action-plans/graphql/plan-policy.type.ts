import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import { IdPrefix, NodeInterface } from '../../../graphql/node.js';
import type { PlanPolicy } from '../domain/plan-policy.js';

export const POLICY_PREFIX = 'policy';

@IdPrefix(POLICY_PREFIX)
@Access(
  'STRUCTURE',
  'createdAt',
  'educationPercent',
  'experiencePercent',
  'exposurePercent',
  'id',
  'maxActionsPerSkill',
  'maxSkills',
  'minActionsPerSkill',
  'minSkills',
  'slack',
  'version',
)
@ObjectType('PlanPolicy', {
  implements: NodeInterface,
  description:
    "The company's rules for action plans. Each change is a new version; active plans keep the one they were activated or last revised under.",
})
export class PlanPolicyType extends NodeInterface implements PlanPolicy {
  @Field(() => Int, { description: '1 for the first policy, one more with each change.' })
  version: number;

  @Field(() => Int, { description: 'The fewest skills that an active plan builds, 1 to 3.' })
  minSkills: number;

  @Field(() => Int, { description: 'The most skills that an active plan builds, 1 to 3.' })
  maxSkills: number;

  @Field(() => Int, { description: 'The fewest actions for a skill, cancelled ones not counted, 1 to 10.' })
  minActionsPerSkill: number;

  @Field(() => Int, { description: 'The most actions for a skill, cancelled ones not counted, 1 to 10.' })
  maxActionsPerSkill: number;

  @Field(() => Int, { description: 'The share of EXPERIENCE actions in whole percent. The three shares sum to 100.' })
  experiencePercent: number;

  @Field(() => Int, { description: 'The share of EXPOSURE actions in whole percent.' })
  exposurePercent: number;

  @Field(() => Int, { description: 'The share of EDUCATION actions in whole percent.' })
  educationPercent: number;

  @Field(() => Int, {
    description: 'The whole actions by which a category may miss its quota on either side, 0 to 10.',
  })
  slack: number;

  @Field({ description: 'Since when this version is there.' })
  createdAt: Date;
}
