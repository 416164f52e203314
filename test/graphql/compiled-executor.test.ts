import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  getIntrospectionQuery,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { compiledExecutor } from '../../src/graphql/compiled-executor.js';
import { randomDocument } from '../support/random-document.js';
import { type ShelfContext, shelfSchema } from '../support/shelf-schema.js';

const schema = shelfSchema();

const { executor } = await compiledExecutor(schema).load({ apollo: {} });

const newContext = (): ShelfContext => ({ schemas: new Set(), amount: 0 });

/** What is seen of an error by those who format it and tell the log of it. */
const seen = ({ message, path, locations, nodes, extensions, originalError }: GraphQLError) => ({
  message,
  path,
  locations,
  nodes: nodes?.map(({ kind }) => kind),
  extensions,
  cause: originalError?.message,
});

interface Run {
  answer: unknown;
  context: ShelfContext;
  isCompiled: boolean;
}

async function told(result: ExecutionResult | Promise<ExecutionResult>, context: ShelfContext): Promise<Run> {
  const { data, errors } = await result;
  return {
    answer: { data: JSON.stringify(data), errors: errors?.map(seen) },
    context,
    isCompiled: ![...context.schemas].includes(schema) && context.schemas.size > 0,
  };
}

async function ask(document: DocumentNode, variables?: object, operationName?: string): Promise<Run> {
  const context = newContext();
  const operation = getOperationAST(document, operationName);
  const request = { document, operation, operationName, request: { variables, operationName }, context };
  return told(executor!(request as never), context);
}

/** The answer of a document that has come before, after comparing it with that of graphql-js. */
async function compare(text: string, variables?: Record<string, unknown>, operationName?: string): Promise<Run> {
  const document = parse(text);
  const context = newContext();
  const args = { schema, document: parse(text), variableValues: variables, operationName, contextValue: context };
  const wanted = await told(execute(args), context);
  const first = await ask(document, variables, operationName);
  const second = await ask(document, variables, operationName);
  const third = await ask(document, variables, operationName);
  for (const { answer } of [first, second, third]) expect(answer).toEqual(wanted.answer);
  for (const { amount } of [first.context, second.context, third.context]) expect(amount).toBe(context.amount);
  expect(first.isCompiled).toBe(false);
  return second;
}

describe('compiled code answers as graphql-js does', () => {
  test.each([
    ['plain fields', '{ shelf { books { id name tags grid } } }'],
    ['names of types', '{ __typename shelf { __typename found { __typename } things { __typename id } } }'],
    ['aliases', '{ one: book(id: "1") { heading: title } two: book(id: "2") { heading: title } }'],
    ['fragments', '{ shelf { books { ...B ...B } } } fragment B on Book { id ...C } fragment C on Book { title }'],
    ['interfaces', '{ thing(id: "1") { id ... on Book { title } ... on Author { books { id } } } }'],
    ['unions', '{ shelf { found { ... on Book { title writer { name } } ... on Author { name } } } }'],
    ['what is selected twice', '{ shelf { books { id } } shelf { books { name } ... { books { tags } } } }'],
    ['lists that come later', '{ book { writer { books(first: 3) { id author { name } } } } }'],
    ['nothing', '{ book(id: "0") { title } }'],
    ['a mutation', 'mutation { add(amount: 5) { books { id } } }'],
    [
      'arguments of every kind',
      '{ echo(wish: { text: "a", days: "2026-01-01", size: LARGE }, wishes: { text: "b" }) }',
    ],
    ['null as an argument', '{ echo(wish: null, flag: null, size: null, text: null) }'],
  ])('%s', async (_, text) => {
    expect(await compare(text)).toMatchObject({ isCompiled: true, answer: { errors: undefined } });
  });

  test.each([
    ['one that is thrown', '{ book { fail } }'],
    ['one that comes later', '{ book { id fail(way: LATER) } }'],
    ['one that is returned', '{ shelf { books { id fail(way: ERROR) } } }', false],
    ['of a field that may not be null', '{ book { id break } }'],
    [
      'of a field that may not be null, later',
      '{ shelf { fail(way: NULL) { id: __typename } break(way: LATER) { __typename } } }',
    ],
    ['in an item of a list that may be null', '{ thing(id: "a2") { ... on Author { maybe { id } } } }'],
    ['in an item of a list that may not', '{ thing(id: "a2") { ... on Author { books { break } } } }', false],
    ['at the root', '{ must { break(way: LATER) { __typename } } }'],
    ['of a mutation', 'mutation { must(way: LATER) { __typename } }'],
    ['in the answer of a mutation', 'mutation { must { break { __typename } } }'],
    ['of two fields', '{ book { fail other: fail(way: LATER) } }', false],
    ['null for what may not be null', '{ book(id: "7") { id title } }', false],
    ['null in a list', '{ book(id: "8") { id tags } }', false],
    ['a number that is none', '{ book(id: "5") { id pages } }', false],
    ['a scalar that fails', '{ book(id: "4") { id due } }', false],
    ['a list that is none', '{ badList }', false],
    ['a type that is none of the interface', '{ badThing { id } }', false],
  ])('errors: %s', async (_, text, isCompiled = true) => {
    expect(await compare(text)).toMatchObject({ isCompiled, answer: { errors: expect.anything() } });
  });

  const WISHES =
    'query ($wish: Wish, $flag: Boolean = false, $size: Size) { echo(wish: $wish, flag: $flag, size: $size) }';
  test.each([
    [
      'all of them',
      WISHES,
      { wish: { text: 'a', days: ['2026-01-01'], inner: { count: 4 } }, flag: true, size: 'LARGE' },
    ],
    ['none of them', WISHES, undefined],
    ['null', WISHES, { wish: null, flag: null, size: null }],
    ['a value for a list', WISHES, { wish: { days: '2026-01-01' } }],
    ['exactly one of a reference', 'query ($ref: Ref!) { echo(ref: $ref) }', { ref: { id: 7 } }],
    [
      'a default for what must be there',
      'query ($n: Int = 3) { thing(id: "a2") { ... on Author { books(first: $n) { id } } } }',
      {},
    ],
    ['one that nobody declared', '{ number }', { other: 1 }],
  ])('variables: %s', async (_, text, variables) => {
    expect(await compare(text, variables)).toMatchObject({ isCompiled: true, answer: { errors: undefined } });
  });

  test.each([
    ['that is missing', 'query ($id: ID!) { thing(id: $id) { id } }', {}],
    ['that is null', 'query ($id: ID!) { thing(id: $id) { id } }', { id: null }],
    ['of another type', WISHES, { flag: 'yes', size: 'HUGE', wish: { count: 1.5, unknown: 1, days: [1] } }],
    ['with both of a reference', 'query ($ref: Ref!) { echo(ref: $ref) }', { ref: { id: 7, name: 'a' } }],
    ['with none of a reference', 'query ($ref: Ref!) { echo(ref: $ref) }', { ref: {} }],
    [
      'that takes a default away',
      'query ($n: Int = 3) { thing(id: "a2") { ... on Author { books(first: $n) { id } } } }',
      { n: null },
    ],
    ['that takes a condition away', 'query ($yes: Boolean = true) { number @include(if: $yes) }', { yes: null }],
  ])('variables: one %s is refused', async (_, text, variables) => {
    expect(await compare(text, variables)).toMatchObject({ answer: { errors: expect.anything() } });
  });

  const CONDITIONS = `query ($a: Boolean!, $b: Boolean = true) {
    shelf @include(if: $a) { books { id name @skip(if: $b) ...F @include(if: $a) ...F @include(if: $b) } }
    shelf { found @skip(if: $a) @include(if: $b) { ... on Book @skip(if: $b) { id } ... @include(if: $a) { __typename } } }
    number @skip(if: true)
  } fragment F on Book { size tags @include(if: $b) }`;
  test.each([[{ a: true }], [{ a: false }], [{ a: true, b: false }], [{ a: false, b: false }]])(
    '@skip and @include with %j',
    async (variables) => {
      expect(await compare(CONDITIONS, variables)).toMatchObject({ isCompiled: true, answer: { errors: undefined } });
    },
  );

  test('the operation that was named', async () => {
    const text = 'query A { number } query B { book { id } } mutation C { add(amount: 2) { __typename } }';
    for (const name of ['A', 'B', 'C']) expect(await compare(text, {}, name)).toMatchObject({ isCompiled: true });
    await compare(text, {}, 'D');
    await compare(text);
  });

  test('the schema', async () => {
    await compare(getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true, specifiedByUrl: true }));
    await compare('query ($name: String!) { __type(name: $name) { name kind fields { name type { name } } } }', {
      name: 'Book',
    });
  });

  test('documents at random, with failures at random', async () => {
    let compiled = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(1000), { minLength: 20, maxLength: 160 }),
        fc.boolean(),
        fc.boolean(),
        async (tape, a, b) => {
          const text = randomDocument(schema, tape);
          fc.pre(validate(schema, parse(text), specifiedRules).length === 0);
          if ((await compare(text, { a, b })).isCompiled) compiled++;
        },
      ),
      { numRuns: 300 },
    );
    expect(compiled).toBeGreaterThan(30);
  }, 120_000);
});

describe('what the compiler would answer otherwise is left to graphql-js', () => {
  test.each([
    ['a variable within an input', 'query ($text: String) { echo(wish: { text: $text, size: null }) }', {}],
    ['a variable within a list', 'query ($wish: Wish) { echo(wishes: [$wish]) }', {}],
    ['a misleading name', '{ a_b: book { c: writer { id } } a: book { b_c: author { id } } }', {}],
    ['the name of the prototype', '{ book { __proto__: title } }', {}],
    [
      'more than one mutation',
      'mutation { one: add(way: THROW) { __typename } two: must(way: THROW) { __typename } three: add(amount: 7) { __typename } }',
      {},
    ],
    [
      'a mutation in a fragment',
      'mutation { ...F } fragment F on Mutation { must(way: THROW) { __typename } add { __typename } }',
      {},
    ],
    [
      'more fields than can be compiled in time',
      `{ book { ${'id ...F '.repeat(50)} } } fragment F on Book { id name title tags }`,
      {},
    ],
    [
      'more conditions than can be compiled for',
      'query ($a: Boolean!, $b: Boolean!, $c: Boolean!, $d: Boolean!, $e: Boolean!) { book { id @skip(if: $a) name @skip(if: $b) title @skip(if: $c) pages @skip(if: $d) tags @skip(if: $e) } }',
      { a: true, b: false, c: false, d: true, e: false },
    ],
  ])('%s', async (_, text, variables) => {
    expect(await compare(text, variables)).toMatchObject({ isCompiled: false });
  });
});

test('a mutation whose answer has several errors runs once', async () => {
  const document = parse('mutation { add(amount: 3) { fail { __typename } books { fail } } }');
  const runs = [await ask(document), await ask(document)];
  expect(runs.map(({ context }) => context.amount)).toEqual([3, 3]);
  expect(runs.map(({ isCompiled }) => isCompiled)).toEqual([false, true]);
});
