import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** Calls of every query and mutation with every kind of argument, made from the schema alone. */

export interface Call {
  title: string;
  query: string;
  variables: object;
}

/** What calls are made with: ids and external ids that exist, by the name of the type that they are of. */
export type Pool = Record<string, { ids: string[]; externalIds: string[] }>;

/** Steps from object to object: far enough to come from anything to anybody's plan and back to the person. */
const DEPTH = 3;

/** Whether a field, named as `Type.field`, is to be asked for. */
export type Wanted = (coordinate: string) => boolean;

/** Selects every wanted field that needs no argument, down to a depth; lists by their first page. */
function selectAll(schema: GraphQLSchema, wanted: Wanted, type: GraphQLNamedType, path: string[] = []): string {
  if (isInterfaceType(type)) {
    // Each type of node in a query of its own would say no more, one step further down.
    const parts = schema
      .getPossibleTypes(type)
      .map((one) => `... on ${one.name} ${selectAll(schema, wanted, one, [...path, '', ''])}`);
    return `{ __typename ${parts.join(' ')} }`;
  }
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields()).flatMap((field) =>
    wanted(`${type.name}.${field.name}`) ? selectField(schema, wanted, type, field, path) : [],
  );
  return `{ __typename ${fields.join(' ')} }`;
}

/** What has no id and leads to nothing that has one, such as a review, is a part of what leads to it: no step away from it. */
function isPart(type: GraphQLNamedType): boolean {
  if (!isObjectType(type)) return !isInterfaceType(type);
  const fields = Object.values(type.getFields());
  return fields.every((field) => field.name !== 'id' && isPart(getNamedType(field.type)));
}

/** Without underscores, for which no code is compiled (src/graphql/compilable.ts). */
const aliasOf = (...parts: string[]): string => `a${parts.join('0')}`;

function selectField(
  schema: GraphQLSchema,
  wanted: Wanted,
  parent: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  path: string[],
): string[] {
  if (field.args.some((argument) => isNonNullType(argument.type))) return [];
  const type = getNamedType(field.type);
  if (!isObjectType(type) && !isInterfaceType(type))
    return [`${aliasOf(...path, parent.name, field.name)}: ${field.name}`];
  // The same things as under `nodes`: who they are is enough, and their number.
  if (field.name === 'edges') return [`${aliasOf(...path, parent.name)}: edges { cursor node { id } }`];
  const isPlumbing = /(Connection|Edge|Payload)$/.test(type.name) || isPart(type);
  const next = isPlumbing ? path : [...path, field.name];
  if (next.length > DEPTH || path.includes(field.name)) return [];
  const selection = selectAll(schema, wanted, type, next);
  return [`${aliasOf(...next, ...(isPlumbing ? [field.name] : []), parent.name)}: ${field.name} ${selection}`];
}

const isRequired = ({ type }: GraphQLArgument | GraphQLInputField): boolean => isNonNullType(type);

/** The values to try for one argument or field of an input. */
function valuesFor(name: string, given: GraphQLInputType, pool: Pool): unknown[] {
  const type = isNonNullType(given) ? given.ofType : given;
  if (isListType(type)) {
    const values = valuesFor(name, type.ofType, pool);
    return name === 'ids' ? chunks(values, 60) : values.map((value) => [value]);
  }
  if (isEnumType(type)) return type.getValues().map(({ name: value }) => value);
  if (isInputObjectType(type)) return inputsFor(type, pool);
  switch (type.name) {
    case 'ID':
      return Object.values(pool).flatMap(({ ids }) => ids);
    case 'Int':
      return [name === 'expectedVersion' ? 4 : 3];
    case 'Float':
      return [0.5];
    case 'Boolean':
      return [true, false];
    case 'Date':
      return ['2027-01-31'];
    case 'DateTime':
      return ['2026-11-20T09:00:00Z'];
    default:
      if (name === 'externalId') return Object.values(pool).flatMap(({ externalIds }) => externalIds);
      return name === 'idempotencyKey' ? [] : ['a', 'product', 'Ridge'];
  }
}

const chunks = (values: unknown[], size: number): unknown[][] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, place) => values.slice(place * size, (place + 1) * size));

/** An input with only what is required, and one more for each value of each optional field. */
function inputsFor(type: GraphQLInputObjectType, whole: Pool): object[] {
  const fields = Object.values(type.getFields());
  const referred = type.name.replace(/Ref$/, '');
  const pool = whole[referred] ? { [referred]: whole[referred] } : whole;
  if (type.isOneOf) {
    return fields.flatMap((field) => valuesFor(field.name, field.type, pool).map((value) => ({ [field.name]: value })));
  }
  const required = fields.filter(isRequired);
  // Every value of a required field in turn, the others held.
  const held = Object.fromEntries(required.map((field) => [field.name, valuesFor(field.name, field.type, pool)[0]]));
  const turns = required.flatMap((field) =>
    valuesFor(field.name, field.type, pool).map((value) => ({ ...held, [field.name]: value })),
  );
  const optional = fields.filter((field) => !isRequired(field));
  const more = optional.flatMap((field) =>
    valuesFor(field.name, field.type, pool).map((value) => ({ ...held, [field.name]: value })),
  );
  return [...(turns.length > 0 ? turns : [held]), ...more];
}

/** Page arguments are what lists are asked for with: they are not tried one by one. */
const PAGE_ARGUMENTS = new Set(['first', 'after', 'last', 'before']);

/** @param wanted which fields to select; which queries or mutations to call it does not say */
export function callsOf(schema: GraphQLSchema, root: GraphQLObjectType, pool: Pool, wanted: Wanted): Call[] {
  const keyword = root === schema.getMutationType() ? 'mutation' : 'query';
  return Object.values(root.getFields()).flatMap((field) => {
    const selection = selectAll(schema, wanted, getNamedType(field.type));
    const isList = field.args.some(({ name }) => name === 'first');
    const parameters = field.args.filter(({ name }) => !PAGE_ARGUMENTS.has(name));
    const header = parameters.length ? `(${parameters.map(({ name, type }) => `$${name}: ${type}`).join(', ')})` : '';
    const given = [...parameters.map(({ name }) => `${name}: $${name}`), ...(isList ? ['first: 40'] : [])];
    const query = `${keyword} ${header} { ${field.name}${given.length ? `(${given.join(', ')})` : ''} ${selection} }`;
    return variablesOf(parameters, pool).map((variables) => ({
      title: `${field.name} ${JSON.stringify(variables).slice(0, 120)}`,
      query,
      variables,
    }));
  });
}

/** Each value of each parameter in turn, the required others held. */
function variablesOf(parameters: readonly GraphQLArgument[], pool: Pool): object[] {
  const values = parameters.map((parameter) => valuesFor(parameter.name, parameter.type, pool));
  const held = Object.fromEntries(
    parameters.flatMap((parameter, place) => (isRequired(parameter) ? [[parameter.name, values[place]![0]]] : [])),
  );
  const turns = parameters.flatMap(({ name }, place) => values[place]!.map((value) => ({ ...held, [name]: value })));
  return parameters.some(isRequired) ? turns : [{}, ...turns];
}
