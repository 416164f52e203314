import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeCursor, encodeCursor } from '../../src/shared/cursor.js';

const texts = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.constant('Łukasz 😀 "\\"'));
const numbers = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .filter((value) => !Object.is(value, -0));
const keys = fc.array(fc.oneof(texts, numbers), { maxLength: 5 });

/** A cursor as somebody could forge it. */
const forge = (content: unknown): string => Buffer.from(JSON.stringify(content)).toString('base64url');

test('a cursor gives back its key, whatever characters are in it', () => {
  fc.assert(
    fc.property(texts, keys, (list, key) => {
      expect(decodeCursor(list, encodeCursor(list, key))).toEqual(key);
    }),
  );
});

test('a cursor can stand in a URL as it is', () => {
  fc.assert(
    fc.property(texts, keys, (list, key) => {
      expect(encodeCursor(list, key)).toMatch(/^[\w-]+$/);
    }),
  );
});

test('a cursor of another list is none of this one', () => {
  fc.assert(
    fc.property(texts, texts, keys, (list, other, key) => {
      fc.pre(list !== other);
      expect(decodeCursor(list, encodeCursor(other, key))).toBeNull();
    }),
  );
});

test.each([
  ['nothing', ''],
  ['no base 64', '%%%'],
  ['no JSON', Buffer.from('["employees"').toString('base64url')],
  ['no UTF-8', Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]).toString('base64url')],
  ['a text', forge('employees')],
  ['nothing at all', forge(null)],
  ['an object', forge({ 0: 'employees' })],
  ['an empty list', forge([])],
  ['a key with null', forge(['employees', null])],
  ['a key with a list', forge(['employees', ['a']])],
  ['a key with an object', forge(['employees', { a: 1 }])],
  ['a key with true', forge(['employees', true])],
])('%s is no cursor', (_, cursor) => {
  expect(decodeCursor('employees', cursor)).toBeNull();
});

test('garbage is no cursor, and never an error', () => {
  const own = encodeCursor('employees', ['Ally', 'id']);
  const damaged = fc
    .tuple(fc.nat(own.length), fc.nat(own.length), fc.string())
    .map(([from, length, patch]) => own.slice(0, from) + patch + own.slice(from + length));
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.base64String(), damaged), (text) => {
      const key = decodeCursor('employees', text);
      if (key !== null) expect(key.every((value) => ['string', 'number'].includes(typeof value))).toBe(true);
    }),
    { numRuns: 500 },
  );
});
