import { Writable } from 'node:stream';
import { createLogger, type Logger } from '../../src/http/logger.js';

/** A logger of the product whose lines a test can read. */
export function captureLog<Line extends object>(level = 'trace'): { log: Logger; lines: Line[] } {
  const lines: Line[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  return { log: createLogger(level, destination), lines };
}
