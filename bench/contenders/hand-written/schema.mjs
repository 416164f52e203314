import fs from 'node:fs';
import path from 'node:path';
import { GraphQLScalarType } from 'graphql';
import { createSchema } from 'graphql-yoga';
import { isCompletionSuggested, mixOf, percentCompleteOfPlan, percentCompleteOfSkill, readinessOf } from '../rules.mjs';
import { inTransaction, pool } from './database.mjs';
import { createLoaders, wholePlan } from './loaders.mjs';
import { addProgress } from './record-progress.mjs';
import { revise } from './revise-action-plan.mjs';

/** What a rule says of a whole plan. */
const judged =
  (rule) =>
  async (plan, _, { loaders }) =>
    rule(await wholePlan(loaders, plan));

const actionsOf = (skill, loaders) => skill.actions ?? loaders.actionsOfSkill.load(skill.id);

const resolvers = {
  Date: new GraphQLScalarType({ name: 'Date' }),
  DateTime: new GraphQLScalarType({ name: 'DateTime', serialize: (instant) => instant.toISOString() }),
  Query: { me: () => ({}) },
  Mutation: {
    recordProgress: (_, { input }, { viewer }) => inTransaction((client) => addProgress(client, viewer, input)),
    reviseActionPlan: (_, { input }, { viewer }) => inTransaction((client) => revise(client, viewer, input)),
  },
  RecordProgressPayload: { plan: ({ planId }, _, { loaders }) => (planId ? loaders.plan.load(planId) : null) },
  Viewer: { employee: (_, __, { viewer, loaders }) => loaders.employee.load(viewer) },
  Employee: {
    reports: async (employee, { first }, { loaders }) => ({ nodes: await loaders.reports(first).load(employee.id) }),
    activeActionPlan: (employee, _, { loaders }) => loaders.activePlan.load(employee.id),
  },
  ActionPlan: {
    percentComplete: judged(percentCompleteOfPlan),
    completionSuggested: judged(isCompletionSuggested),
    mix: judged(mixOf),
    readiness: judged(readinessOf),
    skills: (plan, _, { loaders }) => plan.skills ?? loaders.skillsOfPlan.load(plan.id),
  },
  PlanSkill: {
    percentComplete: async (skill, _, { loaders }) =>
      percentCompleteOfSkill({ actions: await actionsOf(skill, loaders) }),
    skill: ({ skillId, skillName }) => ({ id: skillId, name: skillName }),
    actions: (skill, _, { loaders }) => actionsOf(skill, loaders),
  },
  Action: {
    planSkill: (action, _, { loaders }) => loaders.planSkill.load(action.planSkillId),
    updates: async (action, { first }, { loaders }) => ({ nodes: await loaders.updates(first).load(action.id) }),
  },
};

export const schema = createSchema({
  typeDefs: fs.readFileSync(path.join(import.meta.dirname, 'schema.graphql'), 'utf8'),
  resolvers,
});

/** Who asks is taken from a header: nobody checks it. */
export const contextOf = (viewer) => ({ viewer, loaders: createLoaders(pool) });
