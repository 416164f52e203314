/**
 * What may stand in a log of an error: enough to find its cause, and nothing of what people wrote. Errors of the database
 * carry the values of statements, their details repeat rows, and messages of all kinds quote what they are about.
 */
export interface LoggedError {
  type: string;
  message: string;
  /** A SQLSTATE, or what Node calls an error of the system. */
  code?: string;
  constraint?: string;
  table?: string;
  column?: string;
  /** The function of Postgres that raised it. */
  routine?: string;
  /** The SQL, which has its values apart. */
  statement?: string;
  /** Where in the code it was, without the message. */
  stack: string;
  cause?: LoggedError;
  errors?: LoggedError[];
}

const QUOTED = /["'`“‘«„].*["'`”’»“]/s;

/** As deep as causes are followed, and as many errors as are shown of several. */
const MOST = 5;

/** The message without what it quotes: all from the first quotation mark to the last, whatever there is between them. */
export function withoutQuotes(message: string): string {
  const known = message.replace(/^(Unexpected error value: ).*/s, '$1…');
  if (QUOTED.test(known)) return known.replace(QUOTED, '"…"');
  return known.replace(/".*/s, '"…"'); // cut off within the quotation
}

/** Where in the code it was; the lines before repeat the message. */
function framesOf({ stack = '', message }: Error): string {
  const end = stack.indexOf(message) + message.length;
  return stack
    .slice(end)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at .*:\d+:\d+\)?$/.test(line))
    .join('\n');
}

/** Names of things in the schema and of errors, as far as they are such. */
const NAMES = ['code', 'constraint', 'table', 'column', 'routine'] as const;

function namesOf(error: Error): Partial<LoggedError> {
  const given = error as unknown as Record<string, unknown>;
  return Object.fromEntries(
    NAMES.filter((name) => /^\w{1,100}$/.test(String(given[name] ?? ''))).map((name) => [name, given[name]]),
  );
}

/** The statement of an error of TypeORM. */
function statementOf(error: Error): Partial<LoggedError> {
  if (!('driverError' in error && 'query' in error && typeof error.query === 'string')) return {};
  return { statement: error.query };
}

export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' };
  const several = error instanceof AggregateError ? error.errors.slice(0, MOST) : [];
  return {
    type: error.constructor.name,
    message: withoutQuotes(error.message),
    ...namesOf(error),
    ...statementOf(error),
    stack: framesOf(error),
    ...(error.cause !== undefined && depth < MOST && { cause: loggedError(error.cause, depth + 1) }),
    ...(several.length > 0 && depth < MOST && { errors: several.map((one) => loggedError(one, depth + 1)) }),
  };
}
