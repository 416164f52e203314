import fc from 'fast-check';

const LATIN = [
  ...[
    'Present',
    'present',
    'the',
    'pitch',
    'a',
    'B',
    'x1',
    '2',
    'C#',
    'C++',
    'R&D',
    '100%',
    'co-lead',
    "l'atelier",
    'd’art',
  ],
  ...[
    'Präsentation',
    'Pra\u0308sentation',
    'übe',
    'ﬁnd',
    'ß',
    'ẞ',
    'ſ',
    'İ',
    'i\u0307',
    'I\u0307',
    'ı',
    'K',
    'Ｐｒｅｓｅｎｔ',
    'Ⅳ',
    '½',
  ],
];
const OTHER_SCRIPTS = [
  ...[
    'ΟΔΟΣ',
    'ς',
    'курс',
    'Й',
    'И\u0306',
    'دورة',
    'دَورة',
    'ﷺ',
    'ﹱ',
    '参加',
    '课程',
    'が',
    'か\u3099',
    '강의',
    '\u1100\u1161\u11a8',
  ],
  ...['हिन्दी', 'เรียน', '𝐋𝐞𝐚𝐝', '𐐀𐐨', '🚀', '👩‍💻', '❤️'],
];
const SEPARATORS = [
  ...[
    ' ',
    ' ',
    ' ',
    '  ',
    '\t',
    '\n',
    '\u00a0',
    '\u3000',
    '\u2028',
    '.',
    '. ',
    ',',
    ', ',
    ': ',
    '!',
    '?',
    '(',
    ')',
    '[',
    '|',
    '/',
    '_',
  ],
  ...['-', '--', ' - ', ' – ', '—', "'", '’', '“', '”', '…', '¨', '´', '·', '•', '、', '。', '\u{10100}', '\u{10a50}'],
];
const INVISIBLE = ['\u00ad', '\u200b', '\u200d', '\ufeff', '\u180e', '\u2060', '\u{e0001}', '\u{110bd}'];
const MARKS_AND_HALVES = ['\u0308', '\u0301', '\u0338', '\u20e3', '\ud800', '\udbff', '\udc00', '\udfff', '\0', '\x7f'];

/** Words and separators where readings of a text could part: letters that normalisation or case changes, pairs of surrogates and halves. */
export const anyPiece = fc.oneof(
  { arbitrary: fc.constantFrom(...LATIN), weight: 4 },
  { arbitrary: fc.constantFrom(...SEPARATORS), weight: 4 },
  { arbitrary: fc.constantFrom(...OTHER_SCRIPTS), weight: 2 },
  fc.constantFrom(...INVISIBLE),
  fc.constantFrom(...MARKS_AND_HALVES),
  fc.string({ unit: 'binary', maxLength: 3 }),
);

export const anyText = fc.array(anyPiece, { maxLength: 10 }).map((pieces) => pieces.join(''));

/** The same text in another guise, which sometimes reads the same and sometimes not. */
export const anyGuise: fc.Arbitrary<(text: string) => string> = fc.oneof(
  fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => text.toUpperCase(),
    (text) => text.toLowerCase(),
    (text) => text.normalize('NFD'),
    (text) => text.normalize('NFKC'),
    (text) => text.replaceAll(' ', '-'),
    (text) => text.slice(1),
    (text) => `${text.slice(0, 2)}\u00ad${text.slice(2)}`,
  ),
  fc.tuple(anyPiece, anyPiece).map(
    ([before, after]) =>
      (text: string) =>
        `${before}${text}${after}`,
  ),
);

/** Two texts that often read the same. */
export const anyPair: fc.Arbitrary<[string, string]> = fc.oneof(
  fc.tuple(anyText, anyGuise).map(([text, change]): [string, string] => [text, change(text)]),
  fc.tuple(anyText, anyText),
);
