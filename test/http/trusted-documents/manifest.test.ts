import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { parseManifest, readManifest } from '../../../src/http/trusted-documents/manifest.js';

const TEXT = 'query Q { me { permissions } }';
const apollo = (...operations: unknown[]) => ({ format: 'apollo-persisted-query-manifest', version: 1, operations });

test.each([
  ["Apollo's", apollo({ id: 'a1', name: 'Q', type: 'query', body: TEXT })],
  ['that of GraphQL code generator and Relay', { a1: TEXT }],
])('a manifest in the shape of %s is read', (_, content) => {
  expect(parseManifest(JSON.stringify(content))).toEqual(new Map([['a1', TEXT]]));
});

test.each<[string, unknown, string]>([
  ['a list', [TEXT], 'is no JSON object'],
  ['null', null, 'is no JSON object'],
  ['nothing', {}, 'lists no document'],
  ["Apollo's shape without documents", apollo(), 'lists no document'],
  ["Apollo's shape of another version", { ...apollo(), version: 2 }, 'is of version 2'],
  ["Apollo's shape without a list", { ...apollo(), operations: {} }, 'has no list of operations'],
  ['an operation that is none', apollo('x'), 'has an id of another form'],
  ['an id that is a number', apollo({ id: 5, body: TEXT }), 'has an id of another form'],
  ['an id with a blank', { 'a b': TEXT }, 'has an id of another form'],
  ['an id that is empty', { '': TEXT }, 'has an id of another form'],
  ['an id that is too long', { ['a'.repeat(201)]: TEXT }, 'has an id of another form'],
  ['an id twice', apollo({ id: 'a', body: TEXT }, { id: 'a', body: '{ __typename }' }), 'has the id a twice'],
  ['a text that is a number', { a: 5 }, 'has no text for the document a'],
  ['a text that is missing', apollo({ id: 'a' }), 'has no text for the document a'],
  ['another file of JSON', { name: 'career-conversations' }, 'has a text that is no GraphQL document for name'],
])('%s is refused', (_, content, message) => {
  expect(() => parseManifest(JSON.stringify(content))).toThrow(message);
});

test('what is no JSON is refused', () => {
  expect(() => parseManifest('{')).toThrow('is not valid JSON');
});

test('a file that is not there is refused, one that is there is read', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'manifest-'));
  const file = path.join(folder, 'manifest.json');
  expect(() => readManifest(file)).toThrow('cannot be read: ENOENT');
  fs.writeFileSync(file, JSON.stringify({ a1: TEXT }));
  expect(readManifest(file).get('a1')).toBe(TEXT);
  fs.rmSync(folder, { recursive: true });
});
