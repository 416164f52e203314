import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import { connectionType } from '../../../graphql/connection.js';
import { Cost } from '../../../graphql/cost.js';
import { enumOf } from '../../../graphql/enumeration.js';
import { IdPrefix, NodeInterface } from '../../../graphql/node.js';
import { UserErrorInterface } from '../../../graphql/user-error.js';
import type { Action, ActionPlan, ActionStatus } from '../../action-plans/domain/action-plan.js';
import { ActionPlanType, ActionType } from '../../action-plans/graphql/action-plan.type.js';
import { ActionStatusEnum } from '../../action-plans/graphql/action-plan-enums.js';
import {
  PROGRESS_PROBLEM_CODES,
  type ProgressProblem,
  type ProgressProblemCode,
  type ProgressUpdate,
} from '../domain/progress-update.js';

export const UPDATE_PREFIX = 'update';

@IdPrefix(UPDATE_PREFIX)
@Access('PROGRESS', 'action', 'author', 'createdAt', 'id', 'note', 'occurredAt', 'percentComplete', 'status')
@ObjectType('ProgressUpdate', {
  implements: NodeInterface,
  description: 'One dated entry on an action. Entries are never changed: a correction is a new entry.',
})
export class ProgressUpdateType extends NodeInterface implements ProgressUpdate {
  actionId: string;

  authorId: string | null;

  @Field(() => Int, { description: 'How far the action was, in whole percent from 0 to 100; 100 exactly when DONE.' })
  percentComplete: number;

  @Field(() => ActionStatusEnum, { description: 'How the action stood; never CANCELLED.' })
  status: ActionStatus;

  @Field(() => String, { nullable: true, description: 'What happened, or stands in the way, up to 2,000 characters.' })
  note: string | null;

  @Field({ description: 'When it was so, which may be earlier than when it was written down.' })
  occurredAt: Date;

  @Field({ description: 'When it was written down.' })
  createdAt: Date;
}

export const ProgressUpdateConnection = connectionType('ProgressUpdate', () => ProgressUpdateType, 'progress updates');

const CodeEnum = enumOf(PROGRESS_PROBLEM_CODES);
registerEnumType(CodeEnum, {
  name: 'ProgressErrorCode',
  description: 'Why no progress was recorded.',
  valuesConfig: {
    NOT_FOUND: { description: 'There is no such action, or you may not see it.' },
    PLAN_NOT_ACTIVE: { description: 'The plan of the action is not ACTIVE.' },
    ACTION_CANCELLED: { description: 'The action is cancelled.' },
    IDEMPOTENCY_KEY_REUSED: { description: 'The idempotency key was used before, with another input.' },
    OUT_OF_RANGE: {
      description: 'The idempotency key does not have 1 to 200 characters, or the entry lies before 1970.',
    },
    PROGRESS_INCOMPLETE: { description: 'Neither percent nor status say how far the action is.' },
    PERCENT_OUT_OF_RANGE: { description: 'The percent is not from 0 to 100.' },
    STATUS_DISAGREES: { description: 'Percent and status contradict each other.' },
    STATUS_NOT_ALLOWED: { description: 'Actions are cancelled by revising the plan.' },
    OCCURRED_IN_FUTURE: { description: 'The entry lies more than a minute in the future.' },
    NOTE_TOO_LONG: { description: 'The note has more than 2,000 characters.' },
  },
});

@Access('PART')
@Cost({ items: 10 })
@ObjectType('ProgressError', {
  implements: UserErrorInterface,
  description: 'Why no progress was recorded. Nothing of the call was kept.',
})
export class ProgressErrorType extends UserErrorInterface implements ProgressProblem {
  @Field(() => CodeEnum, { description: 'The reason, for a program.' })
  code: ProgressProblemCode;
}

@Access('PART')
@ObjectType('RecordProgressPayload', { description: 'The outcome of recording progress.' })
export class RecordProgressPayloadType {
  @Field(() => ProgressUpdateType, { nullable: true, description: 'The new entry; null when there are errors.' })
  progressUpdate: ProgressUpdate | null;

  @Field(() => ActionType, {
    nullable: true,
    description:
      'The action as it is now; null when there are errors, or when the call is a retry and the skill is gone since.',
  })
  action: Action | null;

  @Field(() => ActionPlanType, {
    nullable: true,
    description: 'The plan as it is now, roll-ups included; null when there are errors.',
  })
  plan: ActionPlan | null;

  @Field(() => [ProgressErrorType], { description: 'Why nothing was recorded; empty when it was.' })
  userErrors: ProgressProblem[];
}
