import {
  type GraphQLInputObjectType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

/** Ids as clients know them, by their prefix. */
export type Ids = Record<string, string>;

/** What the ids of a field are of, by the name of the field; references by the name of their type. */
const PREFIX_OF_FIELD: Record<string, string> = { planId: 'plan', actionId: 'action', id: 'plan_skill' };

/** The smallest input that there can be, with these ids in it. */
export function smallestInput(type: GraphQLInputObjectType, ids: Ids): Record<string, unknown> {
  if (type.name === 'EmployeeRef') return { id: ids['employee'] };
  const fields = Object.values(type.getFields());
  const wanted = type.isOneOf ? fields.slice(0, 1) : fields.filter(({ type: one }) => isNonNullType(one));
  return Object.fromEntries(
    wanted.map((field) => {
      const value = getNullableType(field.type);
      const named = getNamedType(field.type);
      const one = isInputObjectType(named)
        ? smallestInput(named, ids)
        : isEnumType(named)
          ? named.getValues()[0]!.name
          : named.name === 'ID'
            ? ids[PREFIX_OF_FIELD[field.name] ?? `no prefix for the field ${field.name}`]
            : named.name === 'Int'
              ? 4
              : 'x';
      return [field.name, isListType(value) ? [one] : one];
    }),
  );
}
