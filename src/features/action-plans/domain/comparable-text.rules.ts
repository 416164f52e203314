import { characterTest, hasCharacter, nextCharacter } from './character-test.js';

const INVISIBLE = /\p{Cf}/gu;
const isInvisible = characterTest(/\p{Cf}/u);
// Punctuation that sets names apart, as in C and C#, stays; so do symbols such as the plus of C++.
const isSeparator = characterTest(/(?![#&%])[\p{P}\s]/u);
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const ASCII_LETTER_OR_DIGIT = /[A-Za-z0-9]/;

/** A text without the differences that a reader would overlook: case, spacing, punctuation, invisible characters. */
export function comparableText(text: string): string {
  const lower = text.normalize('NFKC').toLowerCase();
  const visible = hasCharacter(lower, isInvisible) ? lower.replace(INVISIBLE, '') : lower;
  return withSingleSpaces(visible).trim();
}

/** Puts one space in place of each run of spaces and punctuation. */
function withSingleSpaces(text: string): string {
  let spaced = '';
  let taken = 0;
  for (let index = 0; index < text.length; index++) {
    if (!isSeparator(text, index)) continue;
    const start = index;
    while (isSeparator(text, index)) index = nextCharacter(text, index);
    // Nearly every run is one space already: it is taken along with the words around it.
    if (index === start + 1 && text[start] === ' ') continue;
    spaced += `${text.slice(taken, start)} `;
    taken = index;
  }
  return spaced + text.slice(taken);
}

/** Whether nothing of a text is left that could be compared: it is empty, or all spaces and punctuation. */
export function isWordless(text: string): boolean {
  // What a letter or digit becomes is always kept, so most texts are known by their first character.
  return !LETTER_OR_DIGIT.test(text) && comparableText(text) === '';
}

/** Whether a text reads the same as the one that `comparable` is the comparable text of. */
export function readsAs(text: string, comparable: string): boolean {
  return !beginsDifferently(text, comparable) && comparableText(text) === comparable;
}

/** Most texts differ in the first letter: one of ASCII stays what it is, or becomes one outside of ASCII with what follows. */
function beginsDifferently(text: string, comparable: string): boolean {
  const first = text.slice(0, 1);
  const other = comparable.slice(0, 1);
  return ASCII_LETTER_OR_DIGIT.test(first) && ASCII_LETTER_OR_DIGIT.test(other) && first.toLowerCase() !== other;
}
