import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  buildSchema as buildSdl,
  executeSync,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  getIntrospectionQuery,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { buildSchema } from '../../src/graphql/build-schema.js';
import { checkListSizes, compileCost } from '../../src/graphql/cost.js';
import { resolvers } from '../../src/resolvers.js';

/** A company of three lists: pages, a list with a bound, a list as long as its argument. */
const schema = buildSdl(`
  input PersonFilter { search: String team: String }
  type Query { me: Person people(first: Int, last: Int): PersonConnection! nodes(ids: [ID!]!): [Person]!
    found(filter: PersonFilter, first: Int): PersonConnection! named(search: String, first: Int): PersonConnection! }
  type Mutation { rename: Person dear: Person }
  type Person { name: String! friends(first: Int, after: String): PersonConnection! skills: [Skill!]! best: Skill tags: [String!]! }
  type PersonConnection { edges: [PersonEdge!]! nodes: [Person!]! pageInfo: PageInfo! }
  type PersonEdge { node: Person! cursor: String! }
  type PageInfo { hasNextPage: Boolean! }
  type Skill { name: String! holder: Person }
`);
const type = (name: string): GraphQLObjectType => schema.getType(name) as GraphQLObjectType;
type('PersonEdge').extensions = { cost: { weight: 0 } };
type('PageInfo').extensions = { cost: { weight: 0 } };
type('Skill').extensions = { cost: { items: 3, weight: 2 } };
type('Query').getFields()['nodes']!.extensions = { cost: { itemsOf: 'ids' } };
type('Query').getFields()['found']!.extensions = { cost: { searchOf: 'filter.search' } };
type('Query').getFields()['named']!.extensions = { cost: { searchOf: 'search' } };
type('Mutation').getFields()['dear']!.extensions = { cost: { weight: 50 } };

function costOf(source: string, variables: Record<string, unknown> = {}): number {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  return compileCost(schema, document, document.definitions[0] as OperationDefinitionNode)(variables);
}

describe('an operation costs', () => {
  test.each<[what: string, source: string, variables: object, points: number]>([
    ['nothing for what has no fields', '{ __typename }', {}, 0],
    ['one for an object', '{ me { name tags } }', {}, 1],
    ['the weight of an object', '{ me { best { name } } }', {}, 3],
    ['one for a page and one for each entry', '{ people(first: 7) { nodes { name } } }', {}, 8],
    [
      'the same for the edges, which weigh nothing',
      '{ people(last: 7) { edges { node { name } } pageInfo { hasNextPage } } }',
      {},
      8,
    ],
    ['20 entries for a page of no said size', '{ people { nodes { name } } }', {}, 21],
    [
      'pages within pages',
      '{ people(first: 10) { nodes { friends(first: 5) { nodes { name } } } } }',
      {},
      1 + 10 * (1 + 1 + 5),
    ],
    ['lists with a bound, by it', '{ me { skills { name } } }', {}, 1 + 3 * 2],
    ['a list by the length of its argument', '{ nodes(ids: ["a", "b"]) { best { name } } }', {}, 2 * (1 + 2)],
    ['the same by a variable', 'query ($ids: [ID!]!) { nodes(ids: $ids) { name } }', { ids: ['a', 'b', 'c'] }, 3],
    ['a page by a variable', 'query ($n: Int) { people(first: $n) { nodes { name } } }', { n: 3 }, 4],
    ['a page by the default of a variable', 'query ($n: Int = 4) { people(first: $n) { nodes { name } } }', {}, 5],
    [
      'a page of 20 by a variable that is not there',
      'query ($n: Int) { people(first: $n) { nodes { name } } }',
      {},
      21,
    ],
    [
      '100 for a page that is refused later',
      'query ($n: Int) { people(first: $n) { nodes { name } } }',
      { n: 'all' },
      101,
    ],
    ['not less for a page below zero', '{ people(first: -1000) { nodes { name } } me { name } }', {}, 102],
    ['the larger of two sizes', '{ people(first: 2, last: 9) { nodes { name } } }', {}, 10],
    [
      'what fragments hold',
      '{ ...A ... on Query { me { name } } } fragment A on Query { me { best { name } } }',
      {},
      4,
    ],
    ['every alias', '{ a: me { name } b: me { name } }', {}, 2],
    ['ten for a mutation', 'mutation { rename { name } }', {}, 10],
    ['what a mutation says', 'mutation { dear { best { name } } }', {}, 52],
    ['only itself, not the other operations', '{ me { name } } query B { people { nodes { name } } }', {}, 1],
  ])('%s', (_, source, variables, points) => {
    const document = parse(source);
    expect(compileCost(schema, document, document.definitions[0] as OperationDefinitionNode)({ ...variables })).toBe(
      points,
    );
  });
});

describe('a search costs a hundred more', () => {
  const FILTER = 'query ($filter: PersonFilter) { found(filter: $filter, first: 1) { nodes { name } } }';
  const SEARCH = 'query ($text: String) { found(filter: { team: "a", search: $text }, first: 1) { nodes { name } } }';
  const DEFAULT =
    'query ($filter: PersonFilter = { search: "x" }) { found(filter: $filter, first: 1) { nodes { name } } }';
  test.each<[what: string, source: string, variables: Record<string, unknown>, points: number]>([
    ['in an argument', '{ named(search: "x", first: 1) { nodes { name } } }', {}, 102],
    ['in a filter', '{ found(filter: { search: "x" }, first: 1) { nodes { name } } }', {}, 102],
    [
      'each time',
      '{ a: named(search: "x", first: 1) { nodes { name } } b: named(search: "y") { nodes { name } } }',
      {},
      223,
    ],
    ['in a filter that is a variable', FILTER, { filter: { search: 'x' } }, 102],
    ['in a variable within a filter', SEARCH, { text: 'x' }, 102],
    ['in the default of a variable', DEFAULT, {}, 102],
  ])('%s', (_, source, variables, points) => {
    expect(costOf(source, variables)).toBe(points);
  });

  test.each<[what: string, source: string, variables: Record<string, unknown>]>([
    ['no argument', '{ named(first: 1) { nodes { name } } }', {}],
    ['null', '{ named(search: null, first: 1) { nodes { name } } }', {}],
    ['another filter', '{ found(filter: { team: "x" }, first: 1) { nodes { name } } }', {}],
    ['a filter that is null', FILTER, { filter: null }],
    ['a filter that is no object, and refused later', FILTER, { filter: 1 }],
    ['a variable that is not there', SEARCH, {}],
    ['a default that is replaced', DEFAULT, { filter: { team: 'x' } }],
  ])('not with %s', (_, source, variables) => {
    expect(costOf(source, variables)).toBe(2);
  });

  test.each([
    ['employees(filter: { search: "x" }, first: 1) { nodes { id } }'],
    ['roles(filter: { search: "x" }, first: 1) { nodes { id } }'],
    ['skills(search: "x", first: 1) { nodes { id } }'],
  ])('in the service: %s', (field) => {
    const document = parse(`{ ${field} }`);
    const product = buildSchema(resolvers);
    expect(compileCost(product, document, document.definitions[0] as OperationDefinitionNode)({})).toBe(102);
  });
});

/** The slower statement: runs the operation with every list as long as it may be, and counts the objects that came. */
function count(source: string): number {
  let points = 0;
  const weigh = (name: string) => (name === 'Skill' ? 2 : name === 'PersonEdge' || name === 'PageInfo' ? 0 : 1);
  const fieldResolver: GraphQLFieldResolver<{ size?: number }, unknown> = (parent, given, _, { returnType }) => {
    const named = getNamedType(returnType);
    if (!isCompositeType(named))
      return isListType(getNullableType(returnType)) ? ['x'] : named.name === 'Boolean' ? true : 'x';
    const size = named.name === 'PersonConnection' ? (given['first'] ?? given['last'] ?? 20) : undefined;
    const one = () => {
      points += weigh(named.name);
      return { size };
    };
    if (!isListType(getNullableType(returnType))) return one();
    const length = given['ids'] ? given['ids'].length : named.name === 'Skill' ? 3 : parent.size;
    return Array.from({ length }, one);
  };
  const { errors } = executeSync({ schema, document: parse(source), rootValue: {}, fieldResolver });
  expect(errors).toBeUndefined();
  return points;
}

const person = fc.letrec<{ person: string; field: string; page: string }>((tie) => ({
  person: fc
    .uniqueArray(tie('field'), { minLength: 1, maxLength: 3, selector: (field) => field.split(/\W/)[0] })
    .map((fields) => `{ ${fields.join(' ')} }`),
  field: fc.oneof(
    { maxDepth: 3, depthSize: 'medium' },
    fc.constantFrom('name', 'tags', 'best { name }', 'skills { name }'),
    tie('person').map((set) => `skills { holder ${set} }`),
    fc.tuple(fc.nat(4), tie('page')).map(([first, page]) => `friends(first: ${first}) ${page}`),
  ),
  page: fc.oneof(
    tie('person').map((set) => `{ nodes ${set} }`),
    tie('person').map((set) => `{ edges { cursor node ${set} } pageInfo { hasNextPage } }`),
  ),
}));

test('the cost is the weight of all objects that can come', () => {
  fc.assert(
    fc.property(person.person, person.page, fc.nat(4), (one, page, size) => {
      const source = `{ me ${one} people(last: ${size}) ${page} nodes(ids: ["a", "b"]) ${one} }`;
      expect(costOf(source)).toBe(count(source));
    }),
    { numRuns: 60 },
  );
});

test.each([
  ['a list', 'query ($ids: [ID!]! = ["a", "b", "c"]) { nodes(ids: $ids) { name } }', {}, 3],
  [
    'a list that a variable replaces',
    'query ($ids: [ID!]! = ["a", "b", "c"]) { nodes(ids: $ids) { name } }',
    { ids: ['a'] },
    1,
  ],
  ['a size', 'query ($size: Int = 4) { people(first: $size) { nodes { name } } }', {}, 5],
])('the default of a variable counts as it is: %s', (_, source, variables, cost) => {
  const document = parse(source);
  expect(compileCost(schema, document, document.definitions[0] as OperationDefinitionNode)(variables)).toBe(cost);
});

describe('the schema of the service', () => {
  const service = buildSchema(resolvers);

  test('says of every list how long it is at most', () => {
    expect(() => checkListSizes(service)).not.toThrow();
  });

  test('is refused with a list of which nobody knows', () => {
    expect(() => checkListSizes(buildSdl('type Query { things: [Thing!]! } type Thing { id: ID! }'))).toThrow(
      'These lists say nothing of their length: Query.things. Add @Cost({ items }).',
    );
  });

  test('can be read whole within the limit of anybody, and not many times over', () => {
    const whole = parse(getIntrospectionQuery());
    const cost = compileCost(service, whole, whole.definitions[0] as OperationDefinitionNode)({});
    expect(cost).toBeLessThan(10_000);
    const deep = parse(
      '{ __schema { types { fields { type { fields { type { fields { name } } } } args { name } } } } }',
    );
    expect(compileCost(service, deep, deep.definitions[0] as OperationDefinitionNode)({})).toBeGreaterThan(10_000);
  });
});
