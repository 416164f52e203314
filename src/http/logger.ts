import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import pretty from 'pino-pretty';
import { loggedError, withoutQuotes } from './logged-error.js';

export type { Logger };

/** Characters. */
const WRITTEN_AT_ONCE = 4_096;

/** How long a line waits for others, in milliseconds. */
const LONGEST_DELAY = 100;

/** A line about an error has words of ours: pino would take its message, as it is. */
const logMethod: NonNullable<LoggerOptions['hooks']>['logMethod'] = function (given, method) {
  const [first, ...rest] = given as unknown[];
  const text = (part: unknown) => (typeof part === 'string' ? withoutQuotes(part) : part);
  const isError = first instanceof Error;
  const isAboutError = isError || (typeof first === 'object' && first !== null && 'err' in first);
  if (!isAboutError) return Reflect.apply(method, this, [text(first), ...rest.map(text)]);
  const about = isError ? { err: first } : first;
  return Reflect.apply(method, this, [about, ...(rest.length > 0 ? rest.map(text) : ['error'])]);
};

/**
 * JSON lines for machines; readable lines where a person looks on. All loggers are made here, so that none can say more of
 * an error than it may.
 * @param destination where the lines go; standard output when it is left out
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => loggedError(error) },
    hooks: { logMethod },
  };
  if (destination) return pino(options, destination);
  // Without waiting for the pipe, and several lines at a time: to write one costs as much as to answer what it is about.
  // What is left when the process ends is written then, and what is fatal at once.
  return process.stdout.isTTY
    ? pino(options, pretty({ colorize: true, sync: true, translateTime: 'SYS:HH:MM:ss' }))
    : pino(options, pino.destination({ sync: false, minLength: WRITTEN_AT_ONCE, periodicFlush: LONGEST_DELAY }));
}
