import { characterTest, nextCharacter } from './character-test.js';

const isWordCharacter = characterTest(/[\p{L}\p{M}\p{N}]/u);
const isConnector = characterTest(/['’-]/);
const SEGMENT_BREAK = /[,:;!?()[\]|]|\.\s|\s[-–—]\s/;
/** A French or Italian article that has grown onto its noun, as in "l'atelier". */
const ELISION = /^(\p{L}{1,2})['’]/u;

/** The words of each part of a title, where punctuation sets one part off from the next; no part is without words. */
export function segmentsOf(title: string): string[][] {
  const segments: string[][] = [];
  let end = 0;
  for (let start = startOfWord(title, 0); start < title.length; start = startOfWord(title, end)) {
    if (end === 0 || isBreak(title, end, start)) segments.push([]);
    end = endOfWord(title, start);
    segments.at(-1)!.push(...partsOfWord(title.slice(start, end)));
  }
  return segments;
}

function startOfWord(title: string, from: number): number {
  let start = from;
  while (start < title.length && !isWordCharacter(title, start)) start++;
  return start;
}

/** An apostrophe or a hyphen within a word belongs to it. */
function endOfWord(title: string, start: number): number {
  let end = start;
  do {
    end = nextCharacter(title, end);
    if (isConnector(title, end) && isWordCharacter(title, end + 1)) end++;
  } while (isWordCharacter(title, end));
  return end;
}

function isBreak(title: string, start: number, end: number): boolean {
  // Nearly always it is one space.
  return (end > start + 1 || title[start] !== ' ') && SEGMENT_BREAK.test(title.slice(start, end));
}

function partsOfWord(word: string): string[] {
  return ELISION.test(word) ? word.replace(ELISION, '$1 ').split(' ') : [word];
}
