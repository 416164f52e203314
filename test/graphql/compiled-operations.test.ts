import { expect, test } from '@jest/globals';
import { getOperationAST, parse } from 'graphql';
import { CompiledOperations } from '../../src/graphql/compiled-operations.js';
import { shelfSchema } from '../support/shelf-schema.js';

const operations = new CompiledOperations(shelfSchema());

/** As a document that Apollo keeps: the same each time. */
function documentOf(text: string) {
  const document = parse(text);
  const operation = getOperationAST(document)!;
  return () => operations.find(document, operation);
}

const wide = (name: string) => documentOf(`{ book { ${`${name}: id `.repeat(200)} } }`);

test('an operation is compiled once, when it comes the second time', () => {
  const find = documentOf('{ number }');
  expect(find()).toBeNull();
  const code = find();
  expect(code).not.toBeNull();
  expect(find()).toBe(code);
});

test('what is used stays, and what is not goes where there is no room for all', () => {
  const [used, unused] = [wide('used'), wide('unused')];
  for (const find of [used, unused]) find();
  const before = [used(), unused()];
  for (let place = 0; place < 40; place++) {
    const other = wide(`other${place}`);
    other();
    other();
    used();
  }
  expect(used()).toBe(before[0]);
  expect(unused()).not.toBe(before[1]);
});

test('what cannot be compiled is looked at once', () => {
  const find = documentOf('{ a_b: number }');
  expect([find(), find(), find()]).toEqual([null, null, null]);
});
