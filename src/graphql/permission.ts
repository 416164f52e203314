import type { ApolloServerPlugin } from '@apollo/server';
import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { Extensions } from 'type-graphql';
import { type Permission, permissionsOf } from '../shared/permission.js';
import type { RequestContext } from './context.js';
import { badUserInput, forbidden, unauthenticated } from './errors.js';

/** What a field asks of the viewer: a permission, or only to be signed in. */
type Requirement = Permission | 'SIGNED_IN';

/**
 * Says on a field what it asks of the viewer. A query or mutation that says nothing does not start; another field says
 * it where it leads to things that need another permission than the object that it is on.
 */
export const Requires = (requirement: Requirement): MethodDecorator & PropertyDecorator & ClassDecorator =>
  Extensions({ requires: requirement });

function checkRootFields(schema: GraphQLSchema): void {
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      if (!field.extensions['requires']) {
        throw new Error(`The root field ${field.name} does not say what it requires: add @Requires(...).`);
      }
    }
  }
}

/** What all fields together require that an operation selects, in whatever depth and through its fragments. */
function requirementsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ReadonlySet<Requirement> {
  const found = new Set<Requirement>();
  const types = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(types, {
    OperationDefinition: (node) => (node === operation ? undefined : false), // the others are not run
    Field: () => {
      const requirement = types.getFieldDef()?.extensions['requires'] as Requirement | undefined;
      if (requirement) found.add(requirement);
    },
  });
  visit({ kind: Kind.DOCUMENT, definitions: document.definitions }, visitor);
  return found;
}

/** Refuses an operation before anything of it runs when the viewer lacks what one of its fields requires. */
export function permissionPlugin(schema: GraphQLSchema): ApolloServerPlugin<RequestContext> {
  checkRootFields(schema);
  const known = new WeakMap<OperationDefinitionNode, ReadonlySet<Requirement>>(); // documents are cached and come again
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, document, contextValue }) {
          if (!operation) return; // none of that name: the execution says so
          if (!schema.getRootType(operation.operation)) {
            throw badUserInput(`This API has no ${operation.operation} operations.`, []);
          }
          const requirements = known.get(operation) ?? requirementsOf(schema, document, operation);
          known.set(operation, requirements);
          if (requirements.size === 0) return; // the schema itself is open where introspection is on
          if (!contextValue.isSignedIn) throw unauthenticated();
          const held = new Set<Requirement>([...permissionsOf(contextValue.viewer), 'SIGNED_IN']);
          const missing = [...requirements].find((requirement) => !held.has(requirement));
          if (missing) throw forbidden(`This needs the permission ${missing}, which you do not have.`);
        },
      };
    },
  };
}
