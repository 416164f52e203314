import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** Every place where a caller can put a value, made from the schema alone. */

/** Written into a document as it is: what JSON, or a type, could not say. */
export class Raw {
  constructor(readonly text: string) {}
}

export interface Place {
  /** Such as `Mutation.createActionPlan`. */
  field: string;
  argument: GraphQLArgument;
  /** From the argument on. */
  path: string[];
  type: GraphQLInputType;
  /** The argument with a value at the place, all else as it should be. */
  around(value: unknown): unknown;
}

/** A value that is good, by the name of the field or argument and its type: `Type.field` of an input, or `field.argument`. */
export type Good = (coordinate: string, type: string) => unknown;

function goodValue(given: GraphQLInputType, coordinate: string, good: Good): unknown {
  const type = getNullableType(given);
  if (isListType(type)) return [goodValue(type.ofType, coordinate, good)];
  if (!isInputObjectType(type)) return isEnumType(type) ? type.getValues()[0]!.name : good(coordinate, type.name);
  const fields = Object.values(type.getFields());
  const wanted = type.isOneOf
    ? [fields.find(({ name }) => name === 'id') ?? fields[0]!]
    : fields.filter((field) => isNonNullType(field.type));
  return Object.fromEntries(
    wanted.map((field) => [field.name, goodValue(field.type, `${type.name}.${field.name}`, good)]),
  );
}

function placesIn(place: Place, coordinate: string, good: Good): Place[] {
  const type = getNullableType(place.type);
  if (isListType(type)) {
    const around = (value: unknown) => place.around([value]);
    return [place, ...placesIn({ ...place, path: [...place.path, '0'], type: type.ofType, around }, coordinate, good)];
  }
  if (!isInputObjectType(type)) return [place];
  const below = Object.values(type.getFields()).flatMap((field) => {
    const own = `${type.name}.${field.name}`;
    const rest = type.isOneOf ? {} : (goodValue(type, own, good) as object);
    const around = (value: unknown) => place.around({ ...rest, [field.name]: value });
    return placesIn({ ...place, path: [...place.path, field.name], type: field.type, around }, own, good);
  });
  return [place, ...below];
}

/** The arguments of one field, with what is required of the others. */
export interface HostileField {
  /** Such as `Mutation.createActionPlan`. */
  name: string;
  args: readonly GraphQLArgument[];
  /** The required arguments. */
  required: Record<string, unknown>;
  places: Place[];
}

/** Every field with arguments, of every type. */
export function fieldsWithArguments(schema: GraphQLSchema, good: Good): HostileField[] {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__'));
  return types.flatMap((type) =>
    !isObjectType(type)
      ? []
      : Object.values(type.getFields())
          .filter(({ args }) => args.length > 0)
          .map((field) => {
            const name = `${type.name}.${field.name}`;
            const goodOf = (argument: GraphQLArgument) => goodValue(argument.type, `${name}.${argument.name}`, good);
            const required = field.args.filter((argument) => isNonNullType(argument.type));
            return {
              name,
              args: field.args,
              required: Object.fromEntries(required.map((argument) => [argument.name, goodOf(argument)])),
              places: field.args.flatMap((argument) => {
                const { name: first, type: given } = argument;
                const place = { field: name, argument, path: [first], type: given, around: (value: unknown) => value };
                return placesIn(place, `${name}.${first}`, good);
              }),
            };
          }),
  );
}

/** A value as it stands in a document. */
export function literalOf(value: unknown, given: GraphQLInputType): string {
  const type = getNullableType(given);
  if (value instanceof Raw) return value.text;
  if (value === null) return 'null';
  if (Array.isArray(value))
    return `[${value.map((item) => literalOf(item, isListType(type) ? type.ofType : type)).join(', ')}]`;
  if (isEnumType(getNamedType(type))) return String(value);
  if (typeof value !== 'object') return JSON.stringify(value);
  const fields = isInputObjectType(type) ? type.getFields() : {};
  const parts = Object.entries(value).map(([name, part]) => `${name}: ${literalOf(part, fields[name]!.type)}`);
  return `{ ${parts.join(', ')} }`;
}

/** The least that can be selected of a field. */
export function selectionOf(schema: GraphQLSchema, coordinate: string): string {
  const [parent, name] = coordinate.split('.') as [string, string];
  const holder = schema.getType(parent);
  const type = isObjectType(holder) ? getNamedType(holder.getFields()[name]!.type) : null;
  if (isInterfaceType(type)) return '{ id }';
  if (!isObjectType(type)) return '';
  const { userErrors, nodes } = type.getFields();
  return userErrors ? '{ userErrors { code message path } }' : nodes ? '{ nodes { __typename } }' : '{ __typename }';
}
