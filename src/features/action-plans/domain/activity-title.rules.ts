import { ENGLISH_ACTIVITY_VERBS, GERMAN_ACTIVITY_IMPERATIVES, GERMAN_ACTIVITY_INFINITIVES } from './activity-verbs.js';
import { characterTest, countCharacters, hasCharacter } from './character-test.js';
import { ENCOUNTERS, PHRASE_OPENERS, SKILL_NOUNS, STATIVE_VERBS, THING_WORDS } from './non-activity-words.js';
import { segmentsOf } from './title-words.rules.js';

// Scripts in which four letters are a verb and its object, as in 参加课程 and 강의 듣기.
const isOfDenseScript = characterTest(
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u,
);
const isNonLatinLetter = characterTest(/(?!\p{Script=Latin})\p{L}/u);
const isLetter = characterTest(/\p{L}/u);

const setOf = (...words: string[]): ReadonlySet<string> => new Set(words);
const LEAD_INS = setOf('to', 'please', 'also', 'then', 'first', 'next', 'finally', 'again');
const TOGETHER = setOf('job', 'peer', 'pair');
/** What makes of "book" a thing, and of "get" and "learn" a wish. */
const AFTER_BOOK_AS_THING = setOf('on', 'about', 'by', 'of', 'for', 'club', 'clubs', 'review', 'reviews');
const AFTER_GET_AS_WISH = setOf('better', 'good', 'comfortable', 'confident', 'promoted', 'ready', 'used');
const AFTER_LEARN_AS_WISH = setOf('about', 'more');
const WAYS = setOf('by', 'from', 'with', 'through', 'via', 'while', 'in', 'at');
const VERB_PREFIX = /^(?:co|re|pre|job|peer|pair)-/;
const TIME_UNIT = /^(?:minutes?|hours?|days?|mornings?|afternoons?|weeks?|months?|quarters?)$/;
const DETERMINER = /^(?:an?|the|my|our|your|his|her|their|this|these|some|each|every|one|two|three|four|five|\p{N}+)$/u;
const isDigit = characterTest(/\p{N}/u);

/**
 * Whether a title says what will be done rather than what is wanted or used: "Shadow a colleague" or "Kurs besuchen",
 * but not "Online course" or "Be a better speaker". It knows English and German. A title in other words passes with
 * three words or more, or with four to six letters of a script other than Latin: better to let one by than to refuse
 * a good one.
 */
export function isActivityTitle(title: string): boolean {
  const segments = segmentsOf(title.normalize('NFC'));
  // "In March, attend the conference" and "1. Attend the conference" begin with the verb after the break.
  if (segments.some(beginsWithActivity)) return true;
  const words = segments.flat();
  if (words.length > 1 && (isTimeSpentDoing(words) || namesGermanActivity(words))) return true;
  return mayNameUnknownActivity(words);
}

/** Where the first word stands that carries meaning: after "please", "first" or an adverb such as "actively". */
function endOfLeadIn(words: string[]): number {
  const end = words.findIndex((word) => {
    const lower = word.toLowerCase();
    return !LEAD_INS.has(lower) && (!lower.endsWith('ly') || isVerb(lower) || THING_WORDS.has(lower));
  });
  return end === -1 ? words.length : end;
}

function beginsWithActivity(segment: string[]): boolean {
  const start = endOfLeadIn(segment);
  if (start + 1 >= segment.length) return false;
  const first = segment[start]!.toLowerCase();
  const second = segment[start + 1]!.toLowerCase();
  const isFollowedBy = (words: ReadonlySet<string>, from: number) =>
    segment.slice(start + from).some((word) => words.has(word.toLowerCase()));
  if (TOGETHER.has(first) && isVerb(second)) return true;
  if (first === 'book') return !AFTER_BOOK_AS_THING.has(second);
  if (first === 'get') return !AFTER_GET_AS_WISH.has(second);
  // To learn about something is a wish until it is said how.
  if (first === 'learn' && AFTER_LEARN_AS_WISH.has(second)) return isFollowedBy(WAYS, 2);
  if (first === 'have') return isFollowedBy(ENCOUNTERS, 1);
  // "Workshop on messaging" is a thing, "Workshop the messages" an activity.
  if (THING_WORDS.has(first)) return DETERMINER.test(second);
  return isVerb(first) || isGerund(first) || isGermanImperative(first);
}

function isVerb(word: string): boolean {
  return (
    ENGLISH_ACTIVITY_VERBS.has(word) ||
    (VERB_PREFIX.test(word) && ENGLISH_ACTIVITY_VERBS.has(word.replace(VERB_PREFIX, '')))
  );
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
  const amount = words[0]!.toLowerCase();
  if (!isDigit(amount, 0) && !PHRASE_OPENERS.has(amount)) return false;
  return TIME_UNIT.test(words[1]!.toLowerCase()) && words.slice(2).some((word) => isGerund(word.toLowerCase()));
}

/** A German infinitive stands anywhere, often last; a capital letter inside the title makes it a noun. */
function namesGermanActivity(words: string[]): boolean {
  const first = words[0]!.toLowerCase();
  if (STATIVE_VERBS.has(first) || STATIVE_VERBS.has(words.at(-1)!.toLowerCase())) return false;
  return GERMAN_ACTIVITY_INFINITIVES.has(first) || words.some((word) => GERMAN_ACTIVITY_INFINITIVES.has(word));
}

function mayNameUnknownActivity(allWords: string[]): boolean {
  const words = allWords.slice(endOfLeadIn(allWords));
  const first = words[0]?.toLowerCase();
  if (first === undefined || isDigit(first, 0)) return false;
  // What is left of these were wishes: "Get better at ...", "Learn more".
  if (first === 'get' || first === 'learn') return false;
  if (PHRASE_OPENERS.has(first) || STATIVE_VERBS.has(first) || THING_WORDS.has(first)) return false;
  if (hasCharacter(first, isNonLatinLetter)) {
    const letters = allWords.reduce((count, word) => count + countCharacters(word, isLetter), 0);
    return letters >= (hasCharacter(first, isOfDenseScript) ? 4 : 6);
  }
  return words.length >= 3 && words.some((word) => word !== words[0]) && !isNameOfSkill(words);
}

/** "Key account management", "Root cause analysis": a few words that end in what a person knows or can do. */
function isNameOfSkill(words: string[]): boolean {
  return words.length <= 5 && SKILL_NOUNS.has(words.at(-1)!.toLowerCase());
}
