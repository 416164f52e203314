import { GraphQLError, GraphQLScalarType, Kind, print, type ValueNode } from 'graphql';
import { GraphQLDateTime, GraphQLJSONObject, GraphQLLocalDate } from 'graphql-scalars';

interface Naming {
  name: string;
  description: string;
  specifiedByURL: string;
  /** How a value is written, for whoever wrote it otherwise. */
  form: string;
  /** A value of that form, whether there is such a day or not; the day in it is the first group. */
  pattern: RegExp;
}

/** The day of a value that is written as it should be, when the calendar has no such day. */
function missingDay(value: unknown, pattern: RegExp): string | null {
  const day = typeof value === 'string' ? pattern.exec(value)?.[1] : undefined;
  if (day === undefined) return null;
  const instant = new Date(`${day}T00:00:00Z`); // which makes the first of March of a 30th of February
  const isThere = !day.startsWith('0000') && instant.getTime() > Number.NEGATIVE_INFINITY;
  return isThere && instant.toISOString().startsWith(day) ? null : day;
}

/** Whether the year, in UTC, is one of 1 to 9999: an offset can make another one of it. */
const hasPlainYear = (instant: Date): boolean => /^(?!0000)\d{4}-/.test(instant.toISOString());

/** A scalar of the library under the name and with the words of this API. */
function named<Internal>(
  scalar: GraphQLScalarType<Internal>,
  { form, pattern, ...naming }: Naming,
): GraphQLScalarType<Internal> {
  const { parseValue, parseLiteral } = scalar;
  const orExplain = <Value>(given: unknown, parse: () => Value, shown: () => string, nodes?: ValueNode): Value => {
    const day = missingDay(given, pattern);
    if (day) throw new GraphQLError(`There is no such day in the calendar: "${day}".`, { nodes });
    try {
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
        value,
        () => parseValue(value),
        () => JSON.stringify(value),
      ),
    parseLiteral: (node: ValueNode, variables) =>
      orExplain(
        node.kind === Kind.STRING ? node.value : undefined,
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
  pattern: /^(\d{4}-\d{2}-\d{2})$/,
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
  pattern: /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i,
});
