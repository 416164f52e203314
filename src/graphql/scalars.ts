import { GraphQLError, GraphQLScalarType, print, type ValueNode } from 'graphql';
import { GraphQLDateTime, GraphQLJSONObject, GraphQLLocalDate } from 'graphql-scalars';

interface Naming {
  name: string;
  description: string;
  specifiedByURL: string;
  /** How a value is written, for whoever wrote it otherwise. */
  form: string;
}

/** Whether the year, in UTC, is one of 1 to 9999: an offset can make another one of it. */
const hasPlainYear = (instant: Date): boolean => /^(?!0000)\d{4}-/.test(instant.toISOString());

/** A scalar of the library under the name and with the words of this API. */
function named<Internal>(
  scalar: GraphQLScalarType<Internal>,
  { form, ...naming }: Naming,
): GraphQLScalarType<Internal> {
  const { parseValue, parseLiteral } = scalar;
  const orExplain = <Value>(parse: () => Value, shown: () => string, nodes?: ValueNode): Value => {
    try {
      if (/^"?0000/.test(shown())) throw new Error('There is no year 0.');
      const value = parse();
      if (value instanceof Date && !hasPlainYear(value)) throw new Error('There is no such year in RFC 3339.');
      return value;
    } catch {
      throw new GraphQLError(`${form} This is ${shown()}; for none, use null.`, { nodes });
    }
  };
  return new GraphQLScalarType({
    ...scalar.toConfig(),
    ...naming,
    parseValue: (value) =>
      orExplain(
        () => parseValue(value),
        () => JSON.stringify(value),
      ),
    parseLiteral: (node: ValueNode, variables) =>
      orExplain(
        () => parseLiteral(node, variables),
        () => print(node),
        node,
      ),
  });
}

/** A calendar day stays the text that it is, so that no time zone can shift it. */
export const CalendarDayScalar = named(GraphQLLocalDate, {
  name: 'Date',
  description: 'A calendar day without a time or a zone, as `YYYY-MM-DD`.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  form: 'A Date is written YYYY-MM-DD, such as 2035-05-31.',
});

/** For documents whose form is not the schema's business; never for input. */
export const JsonObjectScalar = new GraphQLScalarType({
  ...GraphQLJSONObject.toConfig(),
  name: 'JSONObject',
  description: 'A JSON object of any form.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259#section-4',
});

export const InstantScalar = named(GraphQLDateTime, {
  name: 'DateTime',
  description:
    'An instant in UTC (RFC 3339), such as `2026-11-23T09:30:00.000Z`. Input may carry any offset; what is finer than a millisecond is cut off.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  form: 'A DateTime is written with its time zone, such as 2026-11-23T09:30:00Z.',
});
