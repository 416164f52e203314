import {
  buildSchema,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLScalarType,
  type GraphQLSchema,
} from 'graphql';

/** A schema with one of everything that an executor can meet, and data that fails where it is asked to. */

const SDL = `
  directive @oneOf on INPUT_OBJECT
  scalar Day
  enum Size { SMALL LARGE }
  enum Way { THROW LATER NULL ERROR }
  input Ref @oneOf { id: ID  name: String }
  input Wish { text: String  size: Size = SMALL  days: [Day!]  count: Int = 3  ref: Ref  inner: Wish }
  interface Thing { id: ID!  name: String }
  type Book implements Thing {
    id: ID!  name: String  title: String!  pages: Int  size: Size!  due: Day  tags: [String!]!  grid: [[Int]]
    author: Author  writer: Author!  shelf: Shelf  fail(way: Way = THROW): String  break(way: Way = THROW): String!
  }
  type Author implements Thing { id: ID!  name: String  books(first: Int! = 2): [Book!]!  maybe: [Book]  break(way: Way = THROW): Int! }
  union Found = Book | Author
  type Shelf { books: [Book!]  found: [Found!]!  things: [Thing]  fail(way: Way = THROW): Shelf  break(way: Way = THROW): Shelf! }
  type Query {
    shelf: Shelf  must: Shelf!  book(id: ID! = "1"): Book  thing(id: ID!): Thing  found(id: ID!): Found  number: Int
    echo(wish: Wish, wishes: [Wish!], flag: Boolean = true, size: Size, ref: Ref, day: Day, text: String = "none"): String
    badNumber: Int  badList: [Int]  badThing: Thing
  }
  type Mutation { add(amount: Int = 1, way: Way): Shelf  must(way: Way): Shelf! }
`;

/** Who has resolved something, by the schema that they showed it. */
export interface ShelfContext {
  schemas: Set<GraphQLSchema>;
  amount: number;
}

interface Book {
  __typename: 'Book';
  id: number;
}

const book = (id: number) => ({
  __typename: 'Book',
  id,
  name: id % 3 === 0 ? null : `Book ${id}`,
  title: id === 7 ? null : `Title ${id}`,
  pages: id === 5 ? 'many' : id * 100,
  size: id % 2 ? 1 : 2,
  due: id === 4 ? 'never' : `2026-01-0${id}`,
  tags: id === 8 ? ['a', null] : ['a', 'b'],
  grid: [[id, null], null, [3]],
});

const author = (id: string) => ({ __typename: 'Author', id, name: id === 'a1' ? null : 'Robin' });

const later = <Value>(value: Value): Promise<Value> => new Promise((resolve) => setImmediate(resolve, value));

function misbehave(way: string | undefined): unknown {
  if (way === 'THROW') throw new Error('thrown');
  if (way === 'LATER') return later(null).then(() => Promise.reject(new Error('thrown later')));
  return way === 'ERROR' ? new Error('returned') : null;
}

type Resolver = GraphQLFieldResolver<{ id: string | number }, ShelfContext>;

const thing = (id: string) => (id.startsWith('a') ? author(id) : id === '0' ? null : book(Number(id)));
const shelf = {
  books: [book(1), book(2), book(3)],
  found: [book(1), author('a1')],
  things: [author('a2'), null, book(2)],
};
const fail: Resolver = (_, { way }) => misbehave(way);

const RESOLVERS: Record<string, Record<string, Resolver>> = {
  Book: {
    author: ({ id }) => (id === 2 ? null : later(author('a1'))),
    writer: ({ id }) => (id === 3 ? null : author('a2')),
    shelf: () => shelf,
    fail,
    break: fail,
  },
  Author: {
    books: (_, { first }) => later(Array.from({ length: Math.min(first, 4) }, (__, place) => book(place + 1))),
    maybe: () => [later(book(1)), null, Promise.reject(new Error('lost'))],
    break: fail,
  },
  Shelf: { fail, break: fail },
  Query: {
    shelf: () => shelf,
    must: () => later(shelf),
    book: (_, { id }) => later(thing(id)),
    thing: (_, { id }) => thing(id),
    found: (_, { id }) => later(thing(id)),
    number: () => 7,
    // The order of what is given says nothing.
    echo: (_, args) => JSON.stringify(Object.entries(args).sort(([one], [other]) => (one < other ? -1 : 1))),
    badNumber: () => 'no number',
    badList: () => 'no list',
    badThing: () => ({ __typename: 'Shelf' }),
  },
  Mutation: {
    add: (_, { amount, way }, context) => {
      context.amount += amount;
      return way ? misbehave(way) : shelf;
    },
    must: (_, { way }) => (way ? misbehave(way) : shelf),
  },
};

/** Each resolver tells the context who asked it. */
function attach(schema: GraphQLSchema): void {
  for (const [typeName, fields] of Object.entries(RESOLVERS)) {
    for (const [name, resolve] of Object.entries(fields)) {
      const field = (schema.getType(typeName) as GraphQLObjectType).getFields()[name]!;
      field.resolve = (source, args, context: ShelfContext, info) => {
        context.schemas.add(info.schema);
        return resolve(source, args, context, info);
      };
    }
  }
}

function parseDay(value: unknown): string {
  if (typeof value !== 'string' || !/^\d{4}-/.test(value)) throw new Error('This is no day.');
  return value;
}

export function shelfSchema(): GraphQLSchema {
  const schema = buildSchema(SDL);
  attach(schema);
  Object.assign(schema.getType('Day') as GraphQLScalarType, { serialize: parseDay, parseValue: parseDay });
  const resolveType = ({ __typename }: Book) => __typename;
  for (const name of ['Thing', 'Found']) Object.assign(schema.getType(name)!, { resolveType });
  const [small, large] = (schema.getType('Size') as unknown as { getValues(): { value: unknown }[] }).getValues();
  Object.assign(schema.getType('Ref')!, { isOneOf: true });
  Object.assign(small!, { value: 1 });
  Object.assign(large!, { value: 2 });
  return schema;
}
