import { expect, test } from '@jest/globals';
import { withoutSuggestions } from '../../src/http/suggestions.js';

const messageWithout = (message: string) => withoutSuggestions((formatted) => formatted)({ message }, null).message;

test('what somebody may have meant is left out, wherever it stands', () => {
  expect(messageWithout('There is no "a". Did you mean "b"? Did you mean "c" or "d"? Say so.')).toBe(
    'There is no "a". Say so.',
  );
  expect(messageWithout('There is no "a". Did you mean "b')).toBe('There is no "a".');
});

test('a message that repeats it very often takes no longer than it is long', () => {
  // To look for an end from each of the beginnings anew would take minutes.
  expect(messageWithout('Did you mean '.repeat(80_000))).toBe('');
});
