import { badUserInput } from './errors.js';

const MAXIMUM_CHARACTERS = 100;

/**
 * What to search for, without white space around it; null when there is nothing to search for.
 * @throws BAD_USER_INPUT when it has more than 100 characters
 */
export function searchText(search: string | null | undefined, inputPath: readonly string[]): string | null {
  const wanted = search?.trim() || null;
  if (wanted !== null && [...wanted].length > MAXIMUM_CHARACTERS) {
    throw badUserInput(`The search has at most ${MAXIMUM_CHARACTERS} characters.`, inputPath);
  }
  return wanted;
}
