// The rule as expressions state it, over lists of words. Slow, and kept for comparison with the scan of src.

import {
  ENGLISH_ACTIVITY_VERBS,
  GERMAN_ACTIVITY_IMPERATIVES,
  GERMAN_ACTIVITY_INFINITIVES,
} from '../../../../src/features/action-plans/domain/activity-verbs.js';
import {
  ENCOUNTERS,
  PHRASE_OPENERS,
  SKILL_NOUNS,
  STATIVE_VERBS,
  THING_WORDS,
} from '../../../../src/features/action-plans/domain/non-activity-words.js';

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu;
const SEGMENT_BREAK = /[,:;!?()[\]|]|\.\s|\s[-–—]\s/u;
// Scripts in which four letters are a verb and its object, as in 参加课程 and 강의 듣기.
const LETTER_OF_DENSE_SCRIPT =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
/** A French or Italian article that has grown onto its noun, as in "l'atelier". */
const ELISION = /^(\p{L}{1,2})['’]/u;
const NON_LATIN_LETTER = /(?!\p{Script=Latin})\p{L}/u;

const LEAD_INS: ReadonlySet<string> = new Set(['to', 'please', 'also', 'then', 'first', 'next', 'finally', 'again']);
const VERB_PREFIX = /^(?:co|re|pre|job|peer|pair)-/;
const TIME_UNIT = /^(?:minutes?|hours?|days?|mornings?|afternoons?|weeks?|months?|quarters?)$/;
const DETERMINER = /^(?:an?|the|my|our|your|his|her|their|this|these|some|each|every|one|two|three|four|five|\p{N}+)$/u;
const WAYS: ReadonlySet<string> = new Set(['by', 'from', 'with', 'through', 'via', 'while', 'in', 'at']);

/**
 * Whether a title says what will be done rather than what is wanted or used: "Shadow a colleague" or "Kurs besuchen",
 * but not "Online course" or "Be a better speaker". It knows English and German. A title in other words passes with
 * three words or more, or with four to six letters of a script other than Latin: better to let one by than to refuse
 * a good one.
 */
export function isActivityTitle(title: string): boolean {
  const text = title.normalize('NFC');
  const words = wordsOf(text);
  if (words.length > 1) {
    // "In March, attend the conference" and "1. Attend the conference" begin with the verb after the break.
    if (text.split(SEGMENT_BREAK).some((segment) => beginsWithActivity(wordsOf(segment)))) return true;
    if (isTimeSpentDoing(words) || namesGermanActivity(words)) return true;
  }
  return mayNameUnknownActivity(text, withoutLeadIn(words));
}

function wordsOf(text: string): string[] {
  return (text.match(WORD) ?? []).flatMap((word) => word.replace(ELISION, '$1 ').split(' '));
}

/** The words from the first that carries meaning: without "please", "first" or an adverb such as "actively". */
function withoutLeadIn(words: string[]): string[] {
  const start = words.findIndex((word) => {
    const lower = word.toLowerCase();
    return !LEAD_INS.has(lower) && (!lower.endsWith('ly') || isVerb(lower) || THING_WORDS.has(lower));
  });
  return start === -1 ? [] : words.slice(start);
}

function beginsWithActivity(segment: string[]): boolean {
  const [first, second, ...rest] = withoutLeadIn(segment).map((word) => word.toLowerCase());
  if (first === undefined || second === undefined) return false;
  if (/^(?:job|peer|pair)$/.test(first) && isVerb(second)) return true;
  if (first === 'book') return !/^(?:on|about|by|of|for|club|clubs|reviews?)$/.test(second);
  if (first === 'get') return !/^(?:better|good|comfortable|confident|promoted|ready|used)$/.test(second);
  // To learn about something is a wish until it is said how.
  if (first === 'learn' && /^(?:about|more)$/.test(second)) return rest.some((word) => WAYS.has(word));
  if (first === 'have') return rest.concat(second).some((word) => ENCOUNTERS.has(word));
  // "Workshop on messaging" is a thing, "Workshop the messages" an activity.
  if (THING_WORDS.has(first)) return DETERMINER.test(second);
  return isVerb(first) || isGerund(first) || isGermanImperative(first);
}

function isVerb(word: string): boolean {
  return ENGLISH_ACTIVITY_VERBS.has(word) || ENGLISH_ACTIVITY_VERBS.has(word.replace(VERB_PREFIX, ''));
}

function isGerund(word: string): boolean {
  if (!word.endsWith('ing')) return false;
  const stem = word.slice(0, -'ing'.length);
  return isVerb(stem) || isVerb(`${stem}e`) || (stem.at(-1) === stem.at(-2) && isVerb(stem.slice(0, -1)));
}

function isGermanImperative(word: string): boolean {
  return (
    GERMAN_ACTIVITY_IMPERATIVES.has(word) ||
    GERMAN_ACTIVITY_INFINITIVES.has(`${word}n`) ||
    GERMAN_ACTIVITY_INFINITIVES.has(`${word}en`)
  );
}

/** "Two days shadowing a colleague": a span of time, and what fills it. */
function isTimeSpentDoing(words: string[]): boolean {
  const [amount, unit, ...rest] = words.map((word) => word.toLowerCase());
  const isAmount = /^\p{N}/u.test(amount ?? '') || PHRASE_OPENERS.has(amount ?? '');
  return isAmount && TIME_UNIT.test(unit ?? '') && rest.some(isGerund);
}

/** A German infinitive stands anywhere, often last; a capital letter inside the title makes it a noun. */
function namesGermanActivity(words: string[]): boolean {
  const lower = words.map((word) => word.toLowerCase());
  const isStative = STATIVE_VERBS.has(lower.at(0)!) || STATIVE_VERBS.has(lower.at(-1)!);
  return (
    !isStative &&
    lower.some((word, index) => GERMAN_ACTIVITY_INFINITIVES.has(word) && (index === 0 || word === words[index]))
  );
}

function mayNameUnknownActivity(text: string, words: string[]): boolean {
  const first = words[0]?.toLowerCase();
  if (first === undefined || /^\p{N}/u.test(first)) return false;
  // What is left of these were wishes: "Get better at ...", "Learn more".
  if (first === 'get' || first === 'learn') return false;
  if (PHRASE_OPENERS.has(first) || STATIVE_VERBS.has(first) || THING_WORDS.has(first)) return false;
  if (NON_LATIN_LETTER.test(first)) {
    const letters = text.match(/\p{L}/gu) ?? [];
    return letters.length >= (LETTER_OF_DENSE_SCRIPT.test(first) ? 4 : 6);
  }
  return words.length >= 3 && new Set(words).size > 1 && !isNameOfSkill(words);
}

/** "Key account management", "Root cause analysis": a few words that end in what a person knows or can do. */
function isNameOfSkill(words: string[]): boolean {
  return words.length <= 5 && SKILL_NOUNS.has(words.at(-1)!.toLowerCase());
}
