import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { execute, type GraphQLSchema } from 'graphql';
import { CompiledOperations } from './compiled-operations.js';
import type { RequestContext } from './context.js';

type Gateway = ApolloServerOptionsWithGateway<RequestContext>['gateway'];

/**
 * Runs operations as code, from the third time that their document comes, which is kept from the second on, and by graphql-js
 * where the code would answer otherwise. See docs/adr/0017. It is a gateway to Apollo, which has no other place for somebody else who executes: so hooks, formats of errors and
 * statuses are those of any operation.
 */
export function compiledExecutor(schema: GraphQLSchema): Gateway {
  const operations = new CompiledOperations(schema);
  return {
    onSchemaLoadOrUpdate(update) {
      update({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => {};
    },
    load: async () => ({
      async executor({ document, operation, request: { operationName, variables }, context }) {
        const contextValue = context as RequestContext;
        const code = operation && operations.find(document, operation);
        const result = await code?.run(variables ?? {}, contextValue);
        return result ?? execute({ schema, document, contextValue, variableValues: variables, operationName });
      },
    }),
    stop: async () => {},
  };
}
