import 'reflect-metadata';
import { type GraphQLSchema, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { buildSchemaSync, getMetadataStorage, type NonEmptyArray } from 'type-graphql';
import type { Identifier } from '../shared/identifier.js';
import { encodeTypedId } from '../shared/typed-id.js';
import { auditMutations } from './audited-mutation.js';
import { resolveDirectly } from './direct-resolvers.js';
import { InstantScalar } from './scalars.js';

/** Builds the executable schema from the resolvers. */
export function buildSchema(resolvers: NonEmptyArray<new () => object>): GraphQLSchema {
  // What nobody resolves is read from its object: to call a function for it would cost more than all else of such a field.
  for (const type of getMetadataStorage().objectTypes) type.simpleResolvers = true;
  const schema = buildSchemaSync({
    resolvers,
    skipCheck: true, // it takes a tenth of a start, and a test does it
    validate: false, // the rules validate, and say more than decorators could
    scalarsMap: [{ type: Date, scalar: InstantScalar }],
    nullableByDefault: false,
  });
  resolveDirectly(schema);
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInputObjectType(type) && type.extensions['oneOf']) type.isOneOf = true;
    // type-graphql would find it out in a promise, which compiled code does not wait for.
    if (isInterfaceType(type)) type.resolveType = ({ __typename }: { __typename: string }) => __typename;
    if (isObjectType(type) && type.extensions['idPrefix']) {
      const prefix = type.extensions['idPrefix'] as string;
      type.getFields()['id']!.resolve = (source: { id: Identifier }) => encodeTypedId(prefix, source.id);
    }
  }
  auditMutations(schema);
  return schema;
}
