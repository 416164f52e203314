import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type DocumentNode, type FragmentDefinitionNode, Kind, parse, type SelectionSetNode } from 'graphql';
import {
  DOCUMENT_BOUNDS,
  type DocumentBounds,
  findBrokenBound,
  findBrokenTextBound,
} from '../../src/graphql/document-bounds.js';

const times = (count: number, part: (place: number) => string): string =>
  Array.from({ length: count }, (_, place) => part(place)).join(' ');
const nested = (depth: number): string => (depth === 0 ? 'id' : `a { ${nested(depth - 1)} }`);

/** For each bound, documents that just keep to it and documents that just do not. */
const CASES: [bound: keyof DocumentBounds, of: string, document: (count: number) => string][] = [
  ['depth', 'fields', (count) => `{ ${nested(count - 1)} }`],
  ['depth', 'fields through fragments', (count) => `{ ...A } fragment A on Query { ${nested(count - 1)} }`],
  ['rootFields', 'fields', (count) => `{ ${times(count, (place) => `field${place}`)} }`],
  [
    'rootFields',
    'fields in fragments',
    (count) => `{ first ...A } fragment A on Query { ${times(count - 1, (place) => `field${place}`)} }`,
  ],
  ['aliases', 'fields', (count) => `{ a { ${times(count, (place) => `n${place}: name`)} } }`],
  ['aliases', 'the type', (count) => `{ a { ${times(count, (place) => `n${place}: __typename`)} } }`],
  ['directives', 'a field', (count) => `{ id ${times(count, () => '@a')} }`],
  [
    'directives',
    'fragments and spreads',
    (count) => `{ ...A @a } fragment A on Query { a { ${times(count - 1, (place) => `... @a { id${place} }`)} } }`,
  ],
  [
    'directives',
    'an operation and its variables',
    (count) => `query ($a: Int @a) ${times(count - 1, () => '@a')} { id }`,
  ],
  ['selections', 'fields', (count) => `{ a { ${times(count - 1, (place) => `field${place}`)} } }`],
  ['repeats', 'one field', (count) => `{ a { ${times(count, () => 'id')} } }`],
  [
    'repeats',
    'a field under fields that are one in the answer',
    (count) => `{ ${times(2, () => `a { ${times(count / 2, () => 'id')} }`)} }`,
  ],
  ['repeats', 'a fragment', (count) => `{ a { ${times(count, () => '...A')} } } fragment A on A { id }`],
  [
    'repeats',
    'different fields under one name',
    (count) => `{ a { ${times(count / 2, () => 'id')} ${times(count / 2, () => 'id: name')} } }`,
  ],
];

describe('a bound', () => {
  test.each(CASES)('of %s is for %s', (bound, _, document) => {
    const limit = DOCUMENT_BOUNDS[bound];
    expect(findBrokenBound(parse(document(limit)), DOCUMENT_BOUNDS)).toBeNull();
    const more = bound === 'repeats' ? limit + 2 : limit + 1;
    expect(findBrokenBound(parse(document(more)), DOCUMENT_BOUNDS)).toEqual({ bound, limit });
  });

  test('of root fields is for each operation on its own', () => {
    const operation = `{ ${times(15, (place) => `field${place}`)} }`;
    expect(findBrokenBound(parse(`query A ${operation} query B ${operation}`), DOCUMENT_BOUNDS)).toBeNull();
  });

  test('is kept by fragments that nobody uses, too', () => {
    const document = parse(`{ id } fragment A on A { ${times(60, () => 'id')} }`);
    expect(findBrokenBound(document, DOCUMENT_BOUNDS)?.bound).toBe('repeats');
  });

  test('leaves to the validation what makes no sense', () => {
    const circle =
      'query { ...A ...Missing } fragment A on Query { id ...B } fragment B on Query { ...A } type T { id: ID }';
    expect(findBrokenBound(parse(circle), DOCUMENT_BOUNDS)).toBeNull();
  });
});

test('fragments that multiply are counted as often as they come up, without the work of it', () => {
  const doubling = times(100, (place) => `fragment F${place} on Query { ...F${place + 1} a { ...F${place + 1} } }`);
  const document = parse(`{ ...F0 } ${doubling} fragment F100 on Query { id }`);
  const start = process.cpuUsage();
  expect(findBrokenBound(document, { ...DOCUMENT_BOUNDS, depth: 1_000 })?.bound).toMatch(/selections|repeats/);
  expect(process.cpuUsage(start).user).toBeLessThan(1_000_000); // 2^100 steps would take longer
});

/** The document without fragments: each spread is replaced by what it stands for. */
function expand(set: SelectionSetNode, fragments: Map<string, FragmentDefinitionNode>): { path: string[] }[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD)
      return expand(fragments.get(selection.name.value)!.selectionSet, fragments);
    if (selection.kind === Kind.INLINE_FRAGMENT) return expand(selection.selectionSet, fragments);
    const name = (selection.alias ?? selection.name).value;
    const below = selection.selectionSet ? expand(selection.selectionSet, fragments) : [];
    return [{ path: [name] }, ...below.map(({ path }) => ({ path: [name, ...path] }))];
  });
}

/** The slower statement: counts of the whole expanded document. */
function measure(document: DocumentNode): Pick<DocumentBounds, 'depth' | 'rootFields' | 'repeats'> {
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)!;
  const paths = expand(operation.selectionSet, fragments).map(({ path }) => path);
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(path.join(' '), (counts.get(path.join(' ')) ?? 0) + 1);
  return {
    depth: Math.max(...paths.map((path) => path.length)),
    rootFields: paths.filter((path) => path.length === 1).length,
    repeats: Math.max(...counts.values()),
  };
}

const selectionSet = fc.letrec<{ set: string; selection: string }>((tie) => ({
  set: fc.array(tie('selection'), { minLength: 1, maxLength: 3 }).map((parts) => `{ ${parts.join(' ')} }`),
  selection: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    fc.constantFrom('a', 'b', 'c: a', '...F', '...G'),
    tie('set').map((set) => `a ${set}`),
    tie('set').map((set) => `... on T ${set}`),
  ),
})).set;

test('counts what the document without its fragments would count', () => {
  fc.assert(
    fc.property(selectionSet, selectionSet, (query, inner) => {
      const plain = inner.replaceAll('...F', 'a').replaceAll('...G', 'b');
      const document = parse(
        `query { ...F ${query.slice(1)} fragment F on T { b ...G a ${plain} } fragment G on T ${plain}`,
      );
      const unlimited = {
        characters: 1e9,
        lines: 1e9,
        tokens: 1e9,
        depth: 1e9,
        rootFields: 1e9,
        aliases: 1e9,
        directives: 1e9,
        fragments: 1e9,
        selections: 1e9,
        repeats: 1e9,
      };
      const found = measure(document);
      for (const bound of ['depth', 'rootFields', 'repeats'] as const) {
        expect(findBrokenBound(document, { ...unlimited, [bound]: found[bound] })).toBeNull();
        expect(findBrokenBound(document, { ...unlimited, [bound]: found[bound] - 1 })).toEqual({
          bound,
          limit: found[bound] - 1,
        });
      }
    }),
  );
});

describe('the text of a document', () => {
  const bounds = { ...DOCUMENT_BOUNDS, characters: 30, lines: 4 };
  test.each([
    ['as long as it may be', `{ a }${' '.repeat(25)}`, null],
    ['a character longer', `{ a }${' '.repeat(26)}`, { bound: 'characters', limit: 30 }],
    ['of as many lines as it may have', '{\na\r\n\r}', null],
    ['of one line more', '{\na\r\n\r\n}\n', { bound: 'lines', limit: 4 }],
  ])('%s', (_, text, broken) => {
    expect(findBrokenTextBound(text, bounds)).toEqual(broken);
  });
});
