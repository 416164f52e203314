import {
  type DocumentNode,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { DeclaredReads } from './read-ahead.js';
import type { RequestHooks } from './request-hooks.js';

/** Before a query runs, reads in one statement what its fields declare that they read. To come before what runs it. */
export function readAheadHooks(): RequestHooks {
  const declared = new WeakMap<OperationDefinitionNode, DeclaredReads>(); // documents are kept and come again
  const readsOf = (schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) => {
    const reads = declared.get(operation) ?? new DeclaredReads(schema, document, operation);
    declared.set(operation, reads);
    return reads;
  };
  return {
    async responseForOperation({ schema, document, operation, request, contextValue: context }) {
      // Not there where none was chosen: Apollo says so where the operation would run.
      if ((operation as typeof operation | undefined)?.operation !== OperationTypeNode.QUERY) return null;
      const reads = readsOf(schema, document, operation);
      if (reads.isEmpty) return null;
      const definitions = operation.variableDefinitions ?? [];
      const { coerced: variables } = getVariableValues(schema, definitions, request.variables ?? {});
      if (!variables) return null; // which of them is wrong is said where the query runs
      const plan = reads.planFor(variables, context);
      if (plan.length > 1) await context.readAhead(plan);
      return null;
    },
  };
}
