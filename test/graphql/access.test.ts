import { describe, expect, test } from '@jest/globals';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { type AccessDeclaration, accessDeclarations } from '../../src/graphql/access.js';

interface TypeSays {
  access?: AccessDeclaration;
  accessFields?: string[];
}

/** A schema of one type, with what its fields say of who may see them. */
function schemaOf(says: TypeSays, fields: Record<string, AccessDeclaration | null>): GraphQLSchema {
  const query = new GraphQLObjectType({
    name: 'Query',
    extensions: { ...says },
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, access]) => [
        name,
        { type: GraphQLString, extensions: access === null ? {} : { access } },
      ]),
    ),
  });
  return new GraphQLSchema({ query });
}

const declared = (says: TypeSays, fields: Record<string, AccessDeclaration | null>) =>
  Object.fromEntries(accessDeclarations(schemaOf(says, fields)));

describe('a field without a rule keeps the service from starting', () => {
  test('of a type that has none either', () => {
    expect(() => declared({}, { name: null })).toThrow('These say nothing of who may see or do them: Query.name.');
  });

  test('of a type about people that does not name it', () => {
    const fields = { name: null, salary: null };
    expect(() => declared({ access: 'DIRECTORY', accessFields: ['name'] }, fields)).toThrow('Query.salary');
    expect(() => declared({ access: 'ACTION_PLAN' }, fields)).toThrow('Query.name, Query.salary');
  });

  test('and so does a rule without a field', () => {
    expect(() => declared({ access: 'DIRECTORY', accessFields: ['name', 'nickname'] }, { name: null })).toThrow(
      'Query.nickname',
    );
  });
});

describe('a field has the rule', () => {
  test('that it names itself, else that of the type that names it', () => {
    const says: TypeSays = { access: 'DIRECTORY', accessFields: ['name'] };
    expect(declared(says, { name: null, workEmail: 'EMPLOYMENT' })).toEqual({
      'Query.name': 'DIRECTORY',
      'Query.workEmail': 'EMPLOYMENT',
    });
  });

  test.each<AccessDeclaration>(['STRUCTURE', 'PART'])('of its type where that is %s', (access) => {
    expect(declared({ access }, { name: null })).toEqual({ 'Query.name': access });
  });
});
