import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isActivityTitle } from '../../../../src/features/action-plans/domain/activity-title.rules.js';
import { isActivityTitle as expectedVerdict } from './activity-title.reference.js';
import { anyPiece, anyText } from './any-text.js';

const activities = [
  "Work marketing's key messages into the pitch to key accounts",
  'Develop and deliver a presentation with my own pitch',
  'Shadow a marketing colleague for two days',
  'Two days shadowing a marketing colleague to see how messaging is made',
  'Attend a conference to see marketing messages at work',
  'Take an online course on product messaging',
  'Lead the project',
  'Read "Obviously Awesome"',
  'Write release notes',
  'Co-lead the migration',
  'Job-shadow Ana',
  'Actively mentor interns',
  'Apply for the committee',
  'Please review pull requests',
  'In March, attend the sales conference',
  '1. Interview customers',
  'Q1: shadow Ana',
  'ORGANISE lunches',
  'organize lunches',
  'Book a coffee chat with the head of product',
  'Get feedback from five accounts',
  'Have lunch with three product marketers',
  'Learn about pricing by shadowing the pricing team',
  'Learn SQL with the data team',
  'Workshop the pitch with the sales team',
  'Mentoring a new colleague',
  'Attending webinars',
  'Fill in for the team lead during her leave',
  'Sit on the hiring committee',
  'Kurs besuchen',
  'Am Produktkurs teilnehmen',
  'Ein bereichsübergreifendes Projekt leiten',
  'Eine Präsentation halten vor dem Vertriebsteam',
  '5 Kunden interviewen',
  'Besuche Kurse',
  'Leite die Teamrunde',
  'Präsentation u\u0308ben',
  'Suivre une formation en ligne',
  "Animer l'atelier",
  'Preparar una presentación',
  'Пройти курс по маркетингу',
  'Παρακολούθηση σεμιναρίου',
  '参加课程',
  '강의 듣기',
  'マーケティング研修に参加する',
  'حضور دورة تدريبية',
];

const things = [
  'Product messaging',
  'Marketing',
  'Course',
  'Online course on product messaging',
  'Training on negotiation',
  'Workshop on messaging for sales people',
  'Advanced SQL course at the university',
  'Weekly meeting with the marketing team',
  'Book about positioning by April Dunford',
  'Conference in Berlin in the autumn',
  'A presentation of the new pitch',
  'The product messaging course',
  'My own pitch for accounts',
  'Two conferences on marketing messages',
  '3 books about product messaging',
  'With the marketing team on messaging',
  'Be a better public speaker',
  'Become a marketing manager soon',
  'Know the key messages by heart',
  'Understand how messaging is made',
  'Really good knowledge of pricing',
  'Have better product messaging skills',
  'Want to work in marketing',
  'Get better at presenting',
  'Learn about marketing',
  'Learn more about marketing',
  'I want to attend a conference',
  'Shadow',
  'Present',
  'Besuchen',
  'Onlinekurs zum Thema Produktbotschaften',
  'Das Treffen mit Ana',
  'Projekte leiten können',
  'Besser in Präsentationen werden',
  'Курс',
  '课程',
  '???',
  '2026',
  '',
];

describe('a title that says what will be done', () => {
  test.each(activities)('accepts %j', (title) => {
    expect(isActivityTitle(title)).toBe(true);
  });

  test('accepts a known verb in any case, before any object, and after an adverb', () => {
    const verb = fc.constantFrom(
      'shadow',
      'present',
      'lead',
      'build',
      'write',
      'attend',
      'mentor',
      'interview',
      'join',
    );
    const object = fc
      .string({ unit: fc.constantFrom(...'abcdeäßéж中 '), minLength: 3 })
      .filter((text) => /\S/.test(text));
    const cases = fc.constantFrom(
      (word: string) => word,
      (word: string) => word.toUpperCase(),
      (word: string) => word.charAt(0).toUpperCase() + word.slice(1),
    );
    fc.assert(
      fc.property(verb, object, cases, fc.constantFrom('', 'Regularly ', 'Please '), (word, rest, change, lead) => {
        expect(isActivityTitle(`${lead}${change(word)} ${rest}`)).toBe(true);
      }),
    );
  });
});

describe('a title that does not', () => {
  test.each(things)('refuses %j', (title) => {
    expect(isActivityTitle(title)).toBe(false);
  });

  test('refuses any single word of the Latin script', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzäöü'), minLength: 1 }), (word) => {
        expect(isActivityTitle(` ${word}. `)).toBe(false);
      }),
    );
  });

  test('judges any text at all, and quickly', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (title) => {
        expect(typeof isActivityTitle(title)).toBe('boolean');
      }),
    );
    expect(isActivityTitle('- '.repeat(100_000))).toBe(false);
  });
});

test.each(['Job shadow a product manager for half a day', 'Champion change management in two teams'])(
  '"%s" is an activity',
  (title) => expect(isActivityTitle(title)).toBe(true),
);

test.each(['Root cause analysis', 'Strong analysis and reporting skills', 'Social media management', 'asdf asdf asdf'])(
  '"%s" is none',
  (title) => expect(isActivityTitle(title)).toBe(false),
);

describe('the scan and the expressions that state the rule agree', () => {
  const word = fc.constantFrom(
    ...[
      'Shadow',
      'present',
      'co-lead',
      'peer-review',
      'Mentoring',
      'swimming',
      'planning',
      'Besuche',
      'besuchen',
      'Besuchen',
      'können',
    ],
    ...[
      'Job',
      'pair',
      'Book',
      'about',
      'club',
      'get',
      'Get',
      'better',
      'learn',
      'more',
      'by',
      'have',
      'Have',
      'lunch',
      'know',
    ],
    ...[
      'To',
      'please',
      'actively',
      'only',
      'weekly',
      'Two',
      '3',
      '１st',
      'days',
      'the',
      'my',
      'course',
      'Workshop',
      'management',
      'asdf',
    ],
    ...[
      "l'atelier",
      'd’a’b',
      "qu'il",
      "dell'arte",
      "'tis",
      'u\u0308ben',
      'équipe',
      'Курс',
      'курсы',
      'دورة',
      '参加',
      '课程',
      '강의',
      '𝐋𝐞𝐚𝐝',
      '𐐀’𐐨',
      '𠮷野家参',
    ],
  );
  const separator = fc.constantFrom(
    ...[
      ' ',
      ' ',
      ' ',
      ' ',
      ' ',
      ' ',
      '  ',
      '\n',
      '\u00a0',
      ', ',
      ',',
      '. ',
      '.',
      ': ',
      ' - ',
      ' – ',
      '—',
      '-',
      "'",
      '’',
      '/',
      '',
      '|',
      '…',
    ],
    ...[' -', '- ', '-- ', '.-', ' . ', '\u00ad', '\u0308'],
  );
  const anyTitle = fc
    .array(fc.tuple(fc.oneof({ arbitrary: word, weight: 9 }, anyPiece), separator), { maxLength: 8 })
    .map((parts) => parts.flat().join(''));

  test('on titles of words that mean something to the rule', () => {
    fc.assert(
      fc.property(anyTitle, (title) => {
        expect(isActivityTitle(title)).toBe(expectedVerdict(title));
      }),
      { numRuns: 5000 },
    );
  });

  test('on any text', () => {
    fc.assert(
      fc.property(anyText, (title) => {
        expect(isActivityTitle(title)).toBe(expectedVerdict(title));
      }),
      { numRuns: 2000 },
    );
  });

  test('on every character of one unit, within a word and between words', () => {
    const characters = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
    const titles = characters.flatMap((character) => [`the a${character}lead b`, `Kurse${character}b x`]);
    expect(titles.filter((title) => isActivityTitle(title) !== expectedVerdict(title))).toEqual([]);
  });
});
