import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isLongerThan } from '../../../../src/features/action-plans/domain/text-length.rules.js';

test('counts code points: a text of as many characters as the limit fits, one more does not', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'ß', '参', '🙂', '𝒜'), { minLength: 1 }), (characters) => {
      expect(isLongerThan(characters.join(''), characters.length)).toBe(false);
      expect(isLongerThan(characters.join(''), characters.length - 1)).toBe(true);
    }),
  );
});
