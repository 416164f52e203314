import { type GraphQLSchema, isObjectType } from 'graphql';
import { decodeTypedId } from '../shared/typed-id.js';

/** Fields that hold ids, and nothing that somebody wrote. */
const NAMES_ID = /^(id|\w+Id)$/;

const prefixes = new WeakMap<GraphQLSchema, ReadonlySet<string>>();

function prefixesOf(schema: GraphQLSchema): ReadonlySet<string> {
  let known = prefixes.get(schema);
  if (!known) {
    const types = Object.values(schema.getTypeMap()).filter(isObjectType);
    known = new Set(types.flatMap(({ extensions }) => (extensions['idPrefix'] as string | undefined) ?? []));
    prefixes.set(schema, known);
  }
  return known;
}

/** The first id of a thing of this service that an input names, by itself or by a reference; null when it names none. */
export function thingIn(schema: GraphQLSchema, input: unknown): string | null {
  for (const [name, value] of Object.entries((input ?? {}) as object)) {
    const decoded = NAMES_ID.test(name) && typeof value === 'string' ? decodeTypedId(value) : null;
    if (decoded && prefixesOf(schema).has(decoded.prefix)) return value;
    const isReference = typeof value === 'object' && value !== null && 'id' in value && Object.keys(value).length === 1;
    const referred = isReference ? thingIn(schema, value) : null;
    if (referred) return referred;
  }
  return null;
}
