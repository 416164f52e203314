import { type GraphQLInputType, getNullableType, isEnumType, isInputObjectType, isListType } from 'graphql';
import { Raw } from './hostile-places.js';

/** Values that nobody means well with, by the kind of place that they are for. */

const LONG = 'x'.repeat(900_000);
const BROKEN_TEXT = ['a\0b', 'a\uD800b', '\uDC00'];
const NUMBERS = [-1, 0, 1.5, 2 ** 31, -(2 ** 31) - 1, 2 ** 31 - 1, -(2 ** 31), 2 ** 53, 1e308, -1e308];
const OTHER_KINDS = [true, {}, [], [[]], { length: 1 }, '', -1, null];
const TEXTS = [
  ...BROKEN_TEXT,
  LONG,
  `'; drop table employee; -- %_\\ \\u0000 \u202E\u0007\uFEFF`,
  '🦊'.repeat(3_000),
  ...OTHER_KINDS,
  1e308,
];

const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const CURSORS = [
  'abc',
  '====',
  'e30',
  cursor({}),
  cursor([]),
  cursor(['x', '\0']),
  cursor([1e308, null]),
  cursor({ list: 'x', key: ['\uD800'] }),
];

const IDS = [
  'employee_00000000000000000000000000',
  'department_7zzzzzzzzzzzzzzzzzzzzzzzzz',
  'plan_8zzzzzzzzzzzzzzzzzzzzzzzzz',
  'plan_',
  '_',
  'nothing_01h455vb4pex5vsknk084sn02q',
  'PLAN_01H455VB4PEX5VSKNK084SN02Q',
  'plan_01h455vb4pex5vsknk084sn02q\0',
  '00000000-0000-0000-0000-000000000000',
  '__proto___01h455vb4pex5vsknk084sn02q',
  'constructor',
  1.5,
  2 ** 53,
];

const DAYS = [
  'infinity',
  '-infinity',
  'today',
  'now',
  'epoch',
  '10000-01-01',
  '+010000-01-01',
  '-0001-01-01',
  '0000-00-00',
  '0000-01-01',
  '0001-01-01',
  '9999-12-31',
  '0044-03-15 BC',
  '2035-02-30',
  '2035-13-01',
  '2035-1-1',
  '2035-05-31T00:00:00Z',
  ' 2035-05-31',
  '2035-05-31\n',
  '२०३५-०५-३१',
  '20350531',
  20350531,
  'Infinity',
  'NaN',
];
const INSTANTS = [
  ...DAYS,
  '2016-12-31T23:59:60Z',
  '2026-11-22T10:00:00+99:99',
  '2026-11-22T10:00:00+23:60',
  '2026-11-22T10:00:00|05:00',
  '2026-11-22T24:00:00Z',
  '2026-11-22T10:00:00',
  '9999-12-31T23:59:59-23:59',
  '0001-01-01T00:00:00+23:59',
  '0000-12-31T00:00:00Z',
  '-271821-04-20T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '1969-12-31T23:59:59Z',
  `2026-11-22T10:00:00.${'1'.repeat(400)}Z`,
  '2026-11-22T10:00:00Z BC',
  8.64e15,
  0,
  -1,
];

/** A person's own key in an object is a name like any other. */
const OBJECTS = [
  {},
  { unknown: 1 },
  JSON.parse('{"__proto__": {"id": 1}}'),
  { id: null },
  { id: 'a', externalId: 'b' },
  { constructor: 1 },
  'x',
  1,
  true,
  [[]],
  null,
];

const THOUSAND = 1_000;

/** To be sent as variables. */
export function hostileVariables(given: GraphQLInputType, path: string[]): unknown[] {
  const type = getNullableType(given);
  if (isListType(type)) {
    const some = isInputObjectType(getNullableType(type.ofType)) ? {} : 'x';
    return [
      [null],
      Array(THOUSAND).fill(some),
      Array(THOUSAND).fill('plan_01h455vb4pex5vsknk084sn02q'),
      [[['x']]],
      'x',
      1,
      {},
      null,
    ];
  }
  if (isInputObjectType(type)) return OBJECTS;
  if (isEnumType(type)) return ['NO_SUCH', 'constructor', '__proto__', 'active', 1, ...BROKEN_TEXT, ...OTHER_KINDS];
  switch (type.name) {
    case 'Int':
    case 'Float':
      return [...NUMBERS, '1', 'NaN', 'Infinity', ...OTHER_KINDS];
    case 'Boolean':
      return ['true', 'no', 1, 0, ...OTHER_KINDS];
    case 'ID':
      return [...IDS, ...TEXTS];
    case 'Date':
      return [...DAYS, ...TEXTS];
    case 'DateTime':
      return [...INSTANTS, ...TEXTS];
    default:
      return [...TEXTS, ...(['after', 'before'].includes(path.at(-1)!) ? CURSORS : [])];
  }
}

const DIGITS = '9'.repeat(5_000);
const LITERALS = [
  'NaN',
  'Infinity',
  '-1',
  '-0',
  '-0.0',
  '1e400',
  '-1e400',
  '1e-400',
  '99999999999999999999',
  DIGITS,
  `-${DIGITS}`,
  `1.${DIGITS}`,
  'null',
  'true',
  'NO_SUCH',
  '[]',
  '[[[1]]]',
  '{}',
  '{ unknown: 1 }',
  '"a\\u0000b"',
  '"\\u{D7FF}"',
  `"${DIGITS}"`,
  '"""\n  block\n"""',
].map((text) => new Raw(text));

/** To be written into a document. */
export const hostileLiterals = (): Raw[] => LITERALS;
