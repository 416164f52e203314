import { badUserInput } from './errors.js';

const MAXIMUM_CHARACTERS = 100;

/** A character is one or two places of a string: what has too many places for that is not looked at one by one. */
const isTooLong = (text: string): boolean =>
  text.length > 2 * MAXIMUM_CHARACTERS || [...text].length > MAXIMUM_CHARACTERS;

/**
 * What to search for, without white space around it; null when there is nothing to search for.
 * @throws BAD_USER_INPUT when it has more than 100 characters
 */
export function searchText(search: string | null | undefined, inputPath: readonly string[]): string | null {
  const wanted = search?.trim() || null;
  if (wanted !== null && isTooLong(wanted)) {
    throw badUserInput(`The search has at most ${MAXIMUM_CHARACTERS} characters.`, inputPath);
  }
  return wanted;
}
