import { Extensions, Field, ID, InterfaceType } from 'type-graphql';
import type { AccessSubject } from '../shared/access-table.js';
import type { Identifier } from '../shared/identifier.js';
import { decodeTypedId } from '../shared/typed-id.js';
import { InterfaceAccess } from './access.js';
import type { RequestContext } from './context.js';
import { badUserInput } from './errors.js';

@InterfaceAccess('PART') // each type says of its own
@InterfaceType('Node', {
  description: 'Everything that has an identity.',
})
export abstract class NodeInterface {
  @Field(() => ID, {
    description:
      'A TypeID: a prefix that names the type, and a UUIDv7. Opaque to clients, unique over all types, sortable by time of creation.',
  })
  id: Identifier;
}

/** How an object type takes part in `node(id:)`. */
export interface NodeKind {
  typename: string;
  prefix: string;
  /** The row of the access table that the type falls under. */
  subject: AccessSubject;
  load(id: Identifier, context: RequestContext): Promise<object | null>;
}

/** Says which prefix the ids of an object type carry; the schema encodes them when they leave. */
export const IdPrefix = (prefix: string): ClassDecorator & PropertyDecorator & MethodDecorator =>
  Extensions({ idPrefix: prefix });

/**
 * The stored identifier in an id that a client sent.
 * @throws BAD_USER_INPUT when the text is no id of that type
 */
export function identifierOf(prefix: string, id: string, inputPath: readonly (string | number)[]): Identifier {
  const decoded = decodeTypedId(id);
  if (decoded?.prefix === prefix) return decoded.identifier;
  const problem =
    !decoded && id.trim().toLowerCase().startsWith(`${prefix}_`)
      ? `is not a whole id: after "${prefix}_" come 26 small letters and digits, and nothing else`
      : `is not an id of this type: it would start with "${prefix}_"`;
  throw badUserInput(`"${id.slice(0, 60)}" ${problem}.`, inputPath);
}
