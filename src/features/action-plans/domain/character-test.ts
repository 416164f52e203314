const CODES_OF_ONE_UNIT = 0x10000;
const NO = 1;
const YES = 2;

/** Whether the character of a text that begins at an index is of some kind; beyond the end none is. */
export type CharacterTest = (text: string, index: number) => boolean;

/**
 * Turns an expression into a test of single characters for scans of texts. It asks the expression about each character of
 * one unit when it first meets it, and then looks the answer up: a small part of the time that the expression takes on a text.
 *
 * @param expression matches a text of one character or does not; without the flags "g" and "y", which make it remember.
 */
export function characterTest(expression: RegExp): CharacterTest {
  const answers = new Uint8Array(CODES_OF_ONE_UNIT);
  const ask = (text: string, index: number): boolean => {
    const code = text.codePointAt(index)!;
    const isMatch = expression.test(String.fromCodePoint(code));
    // A high surrogate stays unanswered: what it is depends on what follows.
    if (code < CODES_OF_ONE_UNIT && !isHighSurrogate(code)) answers[code] = isMatch ? YES : NO;
    return isMatch;
  };
  return (text, index) => {
    if (index >= text.length) return false;
    const answer = answers[text.charCodeAt(index)]!;
    return answer === YES || (answer !== NO && ask(text, index));
  };
}

/** Where the next character begins: two units on after one that is a pair of surrogates. */
export function nextCharacter(text: string, index: number): number {
  return index + (text.codePointAt(index)! < CODES_OF_ONE_UNIT ? 1 : 2);
}

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;

/** Whether a text has a character of some kind. */
export function hasCharacter(text: string, isSought: CharacterTest): boolean {
  for (let index = 0; index < text.length; index = nextCharacter(text, index)) {
    if (isSought(text, index)) return true;
  }
  return false;
}

/** How many characters of a text are of some kind. */
export function countCharacters(text: string, isCounted: CharacterTest): number {
  let count = 0;
  for (let index = 0; index < text.length; index = nextCharacter(text, index)) {
    if (isCounted(text, index)) count++;
  }
  return count;
}
