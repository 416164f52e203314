import { expect, test } from '@jest/globals';
import { statementName } from '../../src/database/statement-name.js';

test('a text has the same name every time, and another text another', () => {
  expect(statementName('select 1')).toBe(statementName('select 1'));
  expect(statementName('select 1')).not.toBe(statementName('select 2'));
});

test('texts without end are not remembered without end, and those that are known stay so', () => {
  const first = statementName('select 1');
  for (let number = 0; number < 2_000; number++) statementName(`select ${number} as number`);
  expect(statementName('select something else')).toBeNull();
  expect(statementName('select 1')).toBe(first);
});
