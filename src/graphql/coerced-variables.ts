import {
  type GraphQLNamedType,
  GraphQLScalarType,
  type GraphQLSchema,
  Kind,
  type VariableDefinitionNode,
} from 'graphql';

/** Takes what is there as it is. */
const Coerced = new GraphQLScalarType({ name: 'Coerced' });

/**
 * The schema as the compiler sees it: with a type for variables that graphql-js has looked at already. The compiler's own look at them
 * knows no inputs of which exactly one field is given, and has other words for what is wrong.
 */
export function withCoercedVariables(schema: GraphQLSchema): GraphQLSchema {
  const getType = (name: string): GraphQLNamedType | undefined =>
    name === Coerced.name ? Coerced : schema.getType(name);
  return Object.create(schema, { getType: { value: getType } }) as GraphQLSchema;
}

/** A variable of that type; where it has a default, graphql-js has put it in. */
export const coercedDefinition = ({ kind, variable }: VariableDefinitionNode): VariableDefinitionNode => ({
  kind,
  variable,
  type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: Coerced.name } },
});
