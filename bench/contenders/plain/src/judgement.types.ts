import { Field, Float, Int, ObjectType } from 'type-graphql';

/** What the rules say of a plan. */

@ObjectType()
export class MixShare {
  @Field()
  category: string;

  @Field(() => Int)
  count: number;

  @Field(() => Float)
  percent: number;
}

@ObjectType()
export class ActionMix {
  @Field(() => Int)
  total: number;

  @Field()
  compliant: boolean;

  @Field(() => [MixShare])
  shares: MixShare[];
}

@ObjectType()
export class RuleViolation {
  @Field()
  rule: string;

  @Field()
  message: string;

  @Field(() => [String])
  path: string[];
}

@ObjectType()
export class PlanReadiness {
  @Field()
  ready: boolean;

  @Field(() => [RuleViolation])
  violations: RuleViolation[];
}

@ObjectType()
export class UserError {
  @Field()
  code: string;

  @Field()
  message: string;

  @Field(() => [String])
  path: string[];
}
