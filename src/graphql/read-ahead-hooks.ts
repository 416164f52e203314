import { type FragmentDefinitionNode, getVariableValues, Kind, OperationTypeNode } from 'graphql';
import { planReads } from './read-ahead.js';
import type { RequestHooks } from './request-hooks.js';

/** Before a query runs, reads in one statement what its fields declare that they read. To come before what runs it. */
export function readAheadHooks(): RequestHooks {
  return {
    async responseForOperation({ schema, document, operation, request, contextValue: context }) {
      // Not there where none was chosen: Apollo says so where the operation would run.
      if ((operation as typeof operation | undefined)?.operation !== OperationTypeNode.QUERY) return null;
      const definitions = operation.variableDefinitions ?? [];
      const { coerced: variables } = getVariableValues(schema, definitions, request.variables ?? {});
      if (!variables) return null; // which of them is wrong is said where the query runs
      const fragments: Record<string, FragmentDefinitionNode> = {};
      for (const definition of document.definitions)
        if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
      const plan = planReads({ schema, fragments, variables, context }, operation.selectionSet);
      if (plan.length > 1) await context.readAhead(plan);
      return null;
    },
  };
}
