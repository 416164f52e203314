import { describe, expect, test } from '@jest/globals';
import { buildSchema, GraphQLError, Kind, type OperationDefinitionNode, parse, validate } from 'graphql';
import { InputPathFinder } from '../../src/graphql/input-path.js';

const schema = buildSchema('type Query { plans(statuses: [Status!], first: Int): Int } enum Status { DRAFT }');

describe('where a value is', () => {
  test('is looked for no longer than graphql-js names errors, however many values a variable has', () => {
    let looked = 0;
    function* endless() {
      for (;;) {
        looked++;
        yield 'NONE';
      }
    }
    const document = parse('query ($s: [Status!]) { plans(statuses: $s) }');
    const [definition] = (document.definitions[0] as OperationDefinitionNode).variableDefinitions!;
    const error = new GraphQLError('Variable "$s" got invalid value', { nodes: [definition!] });
    const finder = new InputPathFinder(schema, document, { s: { [Symbol.iterator]: endless } }, [error]);
    expect(finder.find(error)).toEqual(['s', '0']);
    expect(finder.find(error)).toEqual(['s', '1']);
    expect(looked).toBe(50);
  });

  test('is said of an error about very many nodes', () => {
    const document = parse(`{ plans(${'first: 1 '.repeat(1500)}) }`);
    const [error] = validate(schema, document);
    expect(error!.nodes).toHaveLength(1500);
    expect(new InputPathFinder(schema, document, {}, [error!]).find(error!)).toEqual(['first']);
    expect(document.kind).toBe(Kind.DOCUMENT);
  });

  test('is said of each of several errors', () => {
    const document = parse('{ a: plans(statuses: [DRAFT, NONE]) b: plans(first: "x") }');
    const errors = validate(schema, document);
    const finder = new InputPathFinder(schema, document, {}, errors);
    expect(errors.map((error) => finder.find(error))).toEqual([['statuses', '1'], ['first']]);
  });
});
