import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isIdentifier, newIdentifier } from '../../src/shared/identifier.js';

const NOW = new Date('2026-11-23T09:00:00.123Z');

test('an identifier is a UUID of version 7 in its canonical form', () => {
  for (let count = 0; count < 1000; count++) {
    expect(newIdentifier(NOW)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

test('it begins with the milliseconds of its creation', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (milliseconds) => {
      const hex = newIdentifier(new Date(milliseconds)).replaceAll('-', '').slice(0, 12);
      expect(Number.parseInt(hex, 16)).toBe(milliseconds);
    }),
    { examples: [[0], [2 ** 32 - 1], [2 ** 32], [2 ** 48 - 1]] },
  );
});

test('no two are the same, not even within one millisecond', () => {
  const identifiers = Array.from({ length: 20_000 }, () => newIdentifier(NOW));
  expect(new Set(identifiers).size).toBe(identifiers.length);
});

test('those of one millisecond are in the order of their making', () => {
  const start = Date.UTC(2026, 10, 24); // where no other test has been
  for (let millisecond = 0; millisecond < 20; millisecond++) {
    const now = new Date(start + millisecond);
    const identifiers = Array.from({ length: 2000 }, () => newIdentifier(now));
    expect([...identifiers].sort()).toEqual(identifiers);
  }
});

test('the last 62 bits cannot be guessed', () => {
  const values = Array.from({ length: 500 }, () => BigInt(`0x${newIdentifier(NOW).replaceAll('-', '')}`));
  const random = 2n ** 62n - 1n;
  expect(values.reduce((sum, value) => sum | value) & random).toBe(random);
  expect(values.reduce((sum, value) => sum & value) & random).toBe(0n);
  expect(new Set(values.map((value) => value & random)).size).toBe(values.length);
});

test('an identifier is told from other texts', () => {
  expect(isIdentifier(newIdentifier(NOW))).toBe(true);
  expect(isIdentifier('00000000-0000-0000-0000-000000000000')).toBe(true);
});

test.each([
  '',
  '01890A5D-AC96-774B-BCCE-B302099A8057',
  '01890a5dac96774bbcceb302099a8057',
  '{01890a5d-ac96-774b-bcce-b302099a8057}',
  ' 01890a5d-ac96-774b-bcce-b302099a8057',
  '01890a5d-ac96-774b-bcce-b302099a8057\n',
  '01890a5d-ac96-774b-bcce-b302099a805g',
  'plan_01h455vb4pex5vsknk084sn02q',
])('%j is not one', (text) => {
  expect(isIdentifier(text)).toBe(false);
});
