import { expect, test } from '@jest/globals';
import { statementName } from '../../src/database/statement-name.js';

test('a text has the same name every time, however many come between, and another text another', () => {
  const name = statementName('select 1');
  for (let number = 0; number < 2_000; number++) statementName(`select ${number} as number`);
  expect(statementName('select 1')).toBe(name);
  expect(statementName('select 2')).not.toBe(name);
});
