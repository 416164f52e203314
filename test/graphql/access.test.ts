import { describe, expect, test } from '@jest/globals';
import {
  GraphQLInterfaceType,
  type GraphQLNamedType,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  isInterfaceType,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { type AccessDeclaration, accessDeclarations, accessGuard } from '../../src/graphql/access.js';
import type { GuardedRequest } from '../../src/graphql/guards.js';

interface TypeSays {
  interfaceAccess?: AccessDeclaration;
  access?: AccessDeclaration;
  accessFields?: string[];
}

const extensionsOf = (access: AccessDeclaration | null) => (access === null ? {} : { access });

const schemaWith = (...types: GraphQLNamedType[]): GraphQLSchema =>
  new GraphQLSchema({
    query: new GraphQLObjectType({
      name: 'Query',
      fields: Object.fromEntries([
        ['some', { type: GraphQLString, extensions: { access: 'VIEWER' } }],
        ...types
          .filter(isInterfaceType)
          .map((type) => [type.name.toLowerCase(), { type, extensions: { access: 'VIEWER' } }]),
      ]),
    }),
    types,
  });

const objectType = (
  name: string,
  says: TypeSays,
  fields: Record<string, AccessDeclaration | null>,
  of?: GraphQLInterfaceType,
) =>
  new GraphQLObjectType({
    name,
    extensions: { ...says },
    interfaces: of ? [of] : [],
    isTypeOf: () => true,
    fields: Object.fromEntries(
      Object.entries(fields).map(([field, access]) => [
        field,
        { type: GraphQLString, extensions: extensionsOf(access) },
      ]),
    ),
  });

/** What the fields of a type say of who may see them. */
function declared(says: TypeSays, fields: Record<string, AccessDeclaration | null>) {
  const declarations = accessDeclarations(schemaWith(objectType('Thing', says, fields)));
  return Object.fromEntries([...declarations].filter(([coordinate]) => coordinate.startsWith('Thing.')));
}

/** Two types with a name, under a rule each. */
function withInterface(says: TypeSays, one: AccessDeclaration, other: AccessDeclaration): GraphQLSchema {
  const named = new GraphQLInterfaceType({
    name: 'Named',
    extensions: { ...says },
    fields: { name: { type: GraphQLString } },
  });
  return schemaWith(
    named,
    objectType('One', {}, { name: one }, named),
    objectType('Other', {}, { name: other }, named),
  );
}

describe('a field without a rule keeps the service from starting', () => {
  test('of a type that has none either', () => {
    expect(() => declared({}, { name: null })).toThrow('These say nothing of who may see or do them: Thing.name.');
  });

  test.each<AccessDeclaration>(['DIRECTORY', 'STRUCTURE'])('of a type under %s that does not name it', (access) => {
    const fields = { name: null, salary: null };
    expect(() => declared({ access, accessFields: ['name'] }, fields)).toThrow('Thing.salary');
    expect(() => declared({ access }, fields)).toThrow('Thing.name, Thing.salary');
  });

  test('at the root, where nothing leads to it', () => {
    const query = new GraphQLObjectType({
      name: 'Query',
      fields: { open: { type: GraphQLString, extensions: { access: 'PART' } } },
    });
    expect(() => accessDeclarations(new GraphQLSchema({ query }))).toThrow('Query.open');
  });

  test('of an interface whose types have other rules for it', () => {
    expect(() => accessDeclarations(withInterface({}, 'DIRECTORY', 'EMPLOYMENT'))).toThrow('Named.name');
  });

  test('and so does a rule without a field', () => {
    expect(() => declared({ access: 'DIRECTORY', accessFields: ['name', 'nickname'] }, { name: null })).toThrow(
      'Thing.nickname',
    );
  });
});

describe('a field has the rule', () => {
  test('that it names itself, else that of the type that names it', () => {
    const says: TypeSays = { access: 'DIRECTORY', accessFields: ['name'] };
    expect(declared(says, { name: null, workEmail: 'EMPLOYMENT' })).toEqual({
      'Thing.name': 'DIRECTORY',
      'Thing.workEmail': 'EMPLOYMENT',
    });
  });

  test('of the whole that its type is a part of', () => {
    expect(declared({ access: 'PART' }, { name: null })).toEqual({ 'Thing.name': 'PART' });
  });

  test('that it has in all types of an interface, else the one that the interface says', () => {
    const of = (says: TypeSays, ...rules: [AccessDeclaration, AccessDeclaration]) =>
      accessDeclarations(withInterface(says, ...rules)).get('Named.name');
    expect(of({}, 'EMPLOYMENT', 'EMPLOYMENT')).toBe('EMPLOYMENT');
    expect(of({ interfaceAccess: 'PART' }, 'DIRECTORY', 'EMPLOYMENT')).toBe('PART');
  });
});

test('a field of an interface is refused to whom no type shows it', () => {
  const guard = accessGuard(withInterface({}, 'ERASE_PERSON', 'ERASE_PERSON'));
  const ask = (text: string) => {
    const document = parse(text);
    const [operation] = document.definitions as OperationDefinitionNode[];
    const viewer = { subject: 'x', employeeId: 'x', roles: [] };
    return () =>
      guard({ document, operation, contextValue: { isSignedIn: true, viewer } } as unknown as GuardedRequest);
  };
  expect(ask('{ some }')).not.toThrow();
  expect(ask('{ named { name } }')).toThrow('"Named.name" is not for your sign-in');
});
