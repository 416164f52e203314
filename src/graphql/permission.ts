import type { ApolloServerPlugin } from '@apollo/server';
import type { DocumentNode, FragmentDefinitionNode } from 'graphql';
import { type GraphQLSchema, Kind, type SelectionSetNode } from 'graphql';
import { Extensions } from 'type-graphql';
import { type Permission, permissionsOf } from '../shared/permission.js';
import type { RequestContext } from './context.js';
import { forbidden, unauthenticated } from './errors.js';

/** What a root field asks of the viewer: a permission, or only to be signed in. */
type Requirement = Permission | 'SIGNED_IN';

/** Says on a query or mutation what it asks of the viewer. One that says nothing does not start. */
export const Requires = (requirement: Requirement): MethodDecorator & PropertyDecorator & ClassDecorator =>
  Extensions({ requires: requirement });

/** What each root field requires, by its name. Throws when a field does not say. */
function requirementsOf(schema: GraphQLSchema): Map<string, Requirement> {
  const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}),
  );
  return new Map(
    fields.map((field) => {
      const requirement = field.extensions['requires'] as Requirement | undefined;
      if (!requirement)
        throw new Error(`The root field ${field.name} does not say what it requires: add @Requires(...).`);
      return [field.name, requirement];
    }),
  );
}

/** The names of the root fields that an operation selects, through its fragments. */
function rootFieldsOf(selectionSet: SelectionSetNode, document: DocumentNode, seen = new Set<string>()): string[] {
  return selectionSet.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFieldsOf(selection.selectionSet, document, seen);
    if (seen.has(selection.name.value)) return [];
    seen.add(selection.name.value);
    const isDefinition = (node: DocumentNode['definitions'][number]): node is FragmentDefinitionNode =>
      node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === selection.name.value;
    return rootFieldsOf(document.definitions.find(isDefinition)!.selectionSet, document, seen);
  });
}

/** Refuses an operation before anything of it runs when the viewer lacks what one of its root fields requires. */
export function permissionPlugin(schema: GraphQLSchema): ApolloServerPlugin<RequestContext> {
  const requirements = requirementsOf(schema);
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, document, contextValue }) {
          for (const field of rootFieldsOf(operation!.selectionSet, document)) {
            if (field.startsWith('__')) continue; // the schema itself is open where introspection is on
            const requirement = requirements.get(field)!;
            if (!contextValue.isSignedIn) throw unauthenticated();
            if (requirement !== 'SIGNED_IN' && !permissionsOf(contextValue.viewer).includes(requirement)) {
              throw forbidden(`This needs the permission ${requirement}, which you do not have.`);
            }
          }
        },
      };
    },
  };
}
