import { describe, expect, test } from '@jest/globals';
import { buildSchema, executeSync, type GraphQLResolveInfo, parse } from 'graphql';
import { selectsAny } from '../../src/graphql/look-ahead.js';

const schema = buildSchema(`
  interface Thing { name: String }
  type Author implements Thing { name: String books: [Book!]! }
  type Book implements Thing { name: String title: String authors: [[Author!]!]! reviews: [Review] }
  type Review { text: String }
  union Found = Author | Book
  type Query { book: Book books: [Book!]! thing: Thing found: [Found] count: Int }
`);

/** What the look-ahead answers while the one root field of a query is resolved. */
function lookAhead(query: string, ...coordinates: string[]): boolean {
  const answers: boolean[] = [];
  const look = (_parameters: unknown, _context: unknown, info: GraphQLResolveInfo) => {
    answers.push(selectsAny(info, new Set(coordinates)));
    return null;
  };
  const rootValue = Object.fromEntries(Object.keys(schema.getQueryType()!.getFields()).map((name) => [name, look]));
  executeSync({ schema, document: parse(query), rootValue });
  expect(answers).toHaveLength(1);
  return answers[0]!;
}

describe('a field that is selected is seen', () => {
  test.each([
    ['right below', '{ book { title } }', 'Book.title'],
    ['under another name', '{ mine: book { heading: title } }', 'Book.title'],
    ['far below, through lists of lists', '{ book { authors { books { reviews { text } } } } }', 'Review.text'],
    ['within a list', '{ books { reviews { text } } }', 'Book.reviews'],
    ['in a fragment', '{ book { ...B } } fragment B on Book { ...C } fragment C on Book { title }', 'Book.title'],
    ['in an inline fragment', '{ book { ... on Book { title } } }', 'Book.title'],
    ['in an inline fragment without a type', '{ book { ... { title } } }', 'Book.title'],
    ['in a fragment below an interface', '{ thing { ... on Book { title } } }', 'Book.title'],
    ['in a fragment below a union', '{ found { ...B } } fragment B on Book { reviews { text } }', 'Review.text'],
    [
      'in one of two selections of the field',
      '{ book { name } ...Q } fragment Q on Query { book { title } }',
      'Book.title',
    ],
    ['by the name of the interface', '{ thing { name } }', 'Thing.name'],
    ['among others', '{ book { name authors { name } title } }', 'Book.title'],
  ])('%s', (_, query, coordinate) => {
    expect(lookAhead(query, 'Review.nothing', coordinate)).toBe(true);
  });
});

describe('a field that is not selected is not', () => {
  test.each([
    ['another field', '{ book { name } }', 'Book.title'],
    ['the same name on another type', '{ book { authors { name } } }', 'Book.name'],
    ['an alias of that name', '{ book { title: name } }', 'Book.title'],
    ['beside the field', '{ book { name } } fragment Unused on Book { title }', 'Book.title'],
    ['in a fragment on another type', '{ found { ... on Author { name } } }', 'Book.name'],
    ['the field itself', '{ book { name } }', 'Query.book'],
    ['the name of the type', '{ book { __typename } }', 'Book.title'],
    ['a field without fields', '{ count }', 'Book.title'],
  ])('%s', (_, query, coordinate) => {
    expect(lookAhead(query, coordinate)).toBe(false);
  });

  test('and nothing is, when nothing is asked for', () => {
    expect(lookAhead('{ book { name } }')).toBe(false);
  });
});
