import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  comparableText,
  isWordless,
  readsAs,
} from '../../../../src/features/action-plans/domain/comparable-text.rules.js';
import { anyPair, anyPiece, anyText } from './any-text.js';
import { comparableText as expectedText } from './comparable-text.reference.js';

describe('texts that read the same', () => {
  test.each([
    ['Product messaging', '  product   MESSAGING. '],
    ['Product-messaging', 'Product messaging'],
    ['“Lead” the launch', 'Lead the launch!'],
    ['Präsentation', 'Pra\u0308sentation'],
    ['Ｐｒｏｄｕｃｔ messaging', 'Product messaging'],
    ['Lead\u200b the\u00a0launch', 'Lead the launch'],
  ])('%j and %j', (one, other) => {
    expect(comparableText(one)).toBe(comparableText(other));
  });
});

test.each([
  ['Learn C with Ana', 'Learn C# with Ana'],
  ['Learn C with Ana', 'Learn C++ with Ana'],
  ['Review the R & D plan', 'Review the R D plan'],
  ['Attend part 1', 'Attend part 2'],
  ['参加课程', '参加会议'],
])('%j and %j differ', (one, other) => {
  expect(comparableText(one)).not.toBe(comparableText(other));
});

test('a text of spaces and punctuation is empty', () => {
  expect(comparableText(' ... -\u200b!')).toBe('');
});

describe('the scan and the expressions that state the rule agree', () => {
  test('on any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(comparableText(text)).toBe(expectedText(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('on every character of one unit, and on some of each block of the others', () => {
    const codes = Array.from({ length: 0x10000 }, (_, code) => code);
    for (let code = 0x10000; code < 0x110000; code += 13) codes.push(code);
    const texts = codes.map((code) => `a${String.fromCodePoint(code)}B`);
    expect(texts.filter((text) => comparableText(text) !== expectedText(text))).toEqual([]);
  });

  test('on the question whether a text has words', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, anyPiece), (text) => {
        expect(isWordless(text)).toBe(expectedText(text) === '');
      }),
      { numRuns: 2000 },
    );
  });

  test('on the question whether two texts read the same', () => {
    fc.assert(
      fc.property(anyPair, ([text, other]) => {
        expect(readsAs(text, comparableText(other))).toBe(expectedText(text) === expectedText(other));
      }),
      { numRuns: 3000 },
    );
  });
});
