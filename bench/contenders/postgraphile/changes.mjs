import { sideEffectWithPgClientTransaction } from 'postgraphile/@dataplan/pg';
import { access, object } from 'postgraphile/grafast';
import { parse } from 'postgraphile/graphql';
import { extendSchema } from 'postgraphile/utils';
import { addProgress } from '../hand-written/record-progress.mjs';
import { revise } from '../hand-written/revise-action-plan.mjs';

const typeDefs = parse(`
  extend type Mutation {
    recordProgress(viewer: UUID!, input: RecordProgressInput!): RecordProgressPayload!
    reviseActionPlan(viewer: UUID!, input: ReviseActionPlanInput!): ReviseActionPlanPayload!
  }
  input RecordProgressInput {
    actionId: UUID!
    percentComplete: Int
    status: String
    note: String
  }
  type RecordProgressPayload {
    progressUpdate: ProgressUpdate
    action: Action
    plan: ActionPlan
    userErrors: [UserError!]!
  }
  input ReviseActionPlanInput {
    planId: UUID!
    expectedVersion: Int!
    edits: [PlanEdit!]!
    reason: String
  }
  input PlanEdit {
    changePlan: ChangePlanEdit
    changeAction: ChangeActionEdit
  }
  input ChangePlanEdit {
    goal: String
    targetOn: Date
  }
  input ChangeActionEdit {
    actionId: UUID!
    kind: String
    title: String
    description: String
    successMeasure: String
    expectedOutcome: String
    startOn: Date
    dueOn: Date
    timeFrame: String
  }
  type ReviseActionPlanPayload {
    plan: ActionPlan
    userErrors: [UserError!]!
  }
  type UserError {
    code: String!
    message: String!
    path: [String!]!
  }
`);

/** A change in one transaction; what the payload shows is read after it, by the id of each thing. */
export const changesPlugin = extendSchema(({ pgResources }) => {
  const { action, action_plan, progress_update } = pgResources;
  const change =
    (work) =>
    (_, { $viewer, $input }) =>
      sideEffectWithPgClientTransaction(
        action_plan.executor,
        object({ viewer: $viewer, input: $input }),
        (client, { viewer, input }) => work(client, viewer, input),
      );
  const byId = (resource, path) => ($payload) => resource.get({ id: access($payload, path) });
  return {
    typeDefs,
    objects: {
      Mutation: { plans: { recordProgress: change(addProgress), reviseActionPlan: change(revise) } },
      RecordProgressPayload: {
        plans: {
          progressUpdate: byId(progress_update, ['progressUpdate', 'id']),
          action: byId(action, ['action', 'id']),
          plan: byId(action_plan, ['planId']),
        },
      },
      ReviseActionPlanPayload: { plans: { plan: byId(action_plan, ['plan', 'id']) } },
    },
  };
});
