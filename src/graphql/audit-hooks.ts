import {
  type DocumentNode,
  type FieldNode,
  type GraphQLFormattedError,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import type { RequestHooks } from './request-hooks.js';
import { thingIn } from './thing-in.js';

/** The fields at the root of an operation, those in fragments included. */
function rootFieldsOf({ selections }: SelectionSetNode, document: DocumentNode): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFieldsOf(selection.selectionSet, document);
    return document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value
        ? rootFieldsOf(definition.selectionSet, document)
        : [],
    );
  });
}

/** What the input of a field is, as far as that can be known of a mutation that did not run. */
function inputOf({ arguments: given = [] }: FieldNode, variables: Record<string, unknown>): unknown {
  const input = given.find(({ name }) => name.value === 'input');
  return input && valueFromASTUntyped(input.value, variables);
}

/**
 * Records what no resolver could: mutations that were refused as not permitted before anything ran, and what was read. To come
 * before what sets statuses.
 * @param maskFailure what a caller gets to see of a failure
 */
export function auditHooks(maskFailure: (error: unknown) => GraphQLFormattedError): RequestHooks {
  return {
    async didEncounterErrors({ errors, operation, document, schema, request, contextValue: { audit, isSignedIn } }) {
      if (!isSignedIn || audit.hasBegun || operation?.operation !== OperationTypeNode.MUTATION) return;
      if (!errors.some(({ extensions }) => extensions['code'] === 'FORBIDDEN')) return;
      for (const field of rootFieldsOf(operation.selectionSet, document!)) {
        audit.begin(field.name.value, thingIn(schema, inputOf(field, request.variables ?? {})));
        await audit.recordNotDone('FORBIDDEN', []);
      }
    },
    async willSendResponse({ response: { body }, contextValue }) {
      try {
        await contextValue.audit.recordSights();
      } catch (error) {
        if (body.kind !== 'single') throw error;
        body.singleResult = { errors: [maskFailure(error)] }; // what was read is not shown
      }
    },
  };
}
