import { describe, expect, test } from '@jest/globals';
import { comparableText } from '../../../../src/features/action-plans/domain/comparable-text.rules.js';

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
