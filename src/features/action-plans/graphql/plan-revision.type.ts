import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import { connectionType } from '../../../graphql/connection.js';
import { Cost } from '../../../graphql/cost.js';
import { enumOf } from '../../../graphql/enumeration.js';
import { IdPrefix, NodeInterface } from '../../../graphql/node.js';
import {
  PLAN_CHANGE_OPERATIONS,
  PLAN_CHANGE_SUBJECTS,
  PLAN_REVISION_KINDS,
  type PlanChange,
  type PlanChangeOperation,
  type PlanChangeSubject,
  type PlanRevision,
  type PlanRevisionKind,
} from '../domain/plan-revision.js';

export const REVISION_PREFIX = 'revision';

const KindEnum = enumOf(PLAN_REVISION_KINDS);
registerEnumType(KindEnum, {
  name: 'PlanRevisionKind',
  description: 'What was done to a plan.',
  valuesConfig: {
    CREATED: { description: 'It was created.' },
    REVISED: { description: 'It was edited.' },
    ACTIVATED: { description: 'It became ACTIVE.' },
    COMPLETED: { description: 'It was completed.' },
    ARCHIVED: { description: 'It was archived.' },
  },
});

const OperationEnum = enumOf(PLAN_CHANGE_OPERATIONS);
registerEnumType(OperationEnum, {
  name: 'PlanChangeOperation',
  description: 'How a part of a plan differs from before.',
  valuesConfig: {
    ADDED: { description: 'It was not there before.' },
    CHANGED: { description: 'One of its fields changed.' },
    REMOVED: { description: 'It is no longer there.' },
  },
});

const SubjectEnum = enumOf(PLAN_CHANGE_SUBJECTS);
registerEnumType(SubjectEnum, {
  name: 'PlanChangeSubject',
  description: 'The sort of part of a plan that differs.',
  valuesConfig: {
    PLAN: { description: 'The plan itself.' },
    SKILL: { description: 'A skill of the plan.' },
    ACTION: { description: 'An action of the plan.' },
  },
});

@Access('PART')
@Cost({ items: 20 })
@ObjectType('PlanChange', { description: 'One difference between two versions of a plan.' })
export class PlanChangeType implements PlanChange {
  @Field(() => OperationEnum, { description: 'Whether the subject was added, changed or removed.' })
  operation: PlanChangeOperation;

  @Field(() => SubjectEnum, { description: 'The sort of subject.' })
  subject: PlanChangeSubject;

  @Field(() => ID, {
    description: 'The id of the subject: an ActionPlan, a PlanSkill or an Action, which may be gone since.',
  })
  subjectId: string;

  @Field({ description: 'What a person calls the subject: the goal, the name of the skill, the title of the action.' })
  label: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The field, by its name in this API (`skill` for the skill of an action, `actions` for a new order, `policy` for its version). Null in the entry that says that the whole subject was added or removed; the entries after it say what it says, or said.',
  })
  field: string | null;

  @Field(() => String, { nullable: true, description: 'The value before, as text; null when there was none.' })
  before: string | null;

  @Field(() => String, { nullable: true, description: 'The value after, as text; null when there is none.' })
  after: string | null;
}

@IdPrefix(REVISION_PREFIX)
@Access('ACTION_PLAN', 'author', 'changes', 'createdAt', 'id', 'kind', 'plan', 'reason', 'version')
@ObjectType('PlanRevision', {
  implements: NodeInterface,
  description: "One entry of a plan's history. Entries are never changed.",
})
export class PlanRevisionType extends NodeInterface implements PlanRevision {
  planId: string;

  authorId: string | null;

  @Field(() => Int, { description: 'The version that the plan has since this revision.' })
  version: number;

  @Field(() => KindEnum, { description: 'What was done to the plan.' })
  kind: PlanRevisionKind;

  @Field(() => [PlanChangeType], { description: 'What differs from the version before.' })
  changes: PlanChange[];

  @Field(() => String, { nullable: true, description: 'Why, when somebody said so.' })
  reason: string | null;

  @Field({ description: 'When it was done.' })
  createdAt: Date;
}

export const PlanRevisionConnection = connectionType('PlanRevision', () => PlanRevisionType, 'revisions');
