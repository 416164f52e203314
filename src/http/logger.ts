import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

export type { Logger };

/** JSON lines for machines; readable lines where a person looks on. */
export function createLogger(level: string): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return process.stdout.isTTY
    ? pino(options, pretty({ colorize: true, sync: true, translateTime: 'SYS:HH:MM:ss' }))
    : pino(options);
}
