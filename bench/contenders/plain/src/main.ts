import 'reflect-metadata';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSchema } from 'type-graphql';
import { ActionPlanResolver, ActionResolver, PlanSkillResolver } from './action-plan.resolver.js';
import { dataSource } from './database.js';
import { type Context, EmployeeResolver, ViewerResolver } from './employee.resolver.js';
import { RecordProgressMutation } from './record-progress.mutation.js';
import { ReviseActionPlanMutation } from './revise-action-plan.mutation.js';

await dataSource.initialize();
const schema = await buildSchema({
  resolvers: [
    ActionPlanResolver,
    ActionResolver,
    EmployeeResolver,
    PlanSkillResolver,
    RecordProgressMutation,
    ReviseActionPlanMutation,
    ViewerResolver,
  ],
  validate: false,
});
const server = new ApolloServer<Context>({ schema });
const { url } = await startStandaloneServer(server, {
  listen: { port: 0 },
  context: async ({ req }) => ({ viewer: String(req.headers.viewer) }),
});
console.log(`ready ${url}`);
