import { describe, expect, test } from '@jest/globals';
import { type DocumentNode, Kind, parse } from 'graphql';
import { DocumentStore } from '../../src/http/document-store.js';

/** A document of about so many characters. */
const long = (characters: number): DocumentNode => parse(`{ a } #${'a'.repeat(characters - 7)}`);

/** As Apollo does when a document comes twice. */
async function keep(store: DocumentStore, key: string, document: DocumentNode): Promise<void> {
  await store.set(key, document);
  await store.set(key, document);
}

const found = async (store: DocumentStore, keys: string[]): Promise<string[]> => {
  const documents = await Promise.all(keys.map((key) => store.get(key)));
  return keys.filter((_, place) => documents[place] !== undefined);
};

describe('documents are kept', () => {
  test('when they come the second time, as they are, so that what is known of them is found again', async () => {
    const store = new DocumentStore();
    const document = long(10);
    await store.set('a', document);
    expect(await store.get('a')).toBeUndefined();
    await store.set('a', document);
    expect(await store.get('a')).toBe(document);
    expect(await store.get('b')).toBeUndefined();
  });

  test('as long as there is room; the one that was not used for longest goes first', async () => {
    const store = new DocumentStore();
    const keys = ['a', 'b', 'c', 'd'];
    for (const key of keys.slice(0, 3)) await keep(store, key, long(100_000));
    await store.get('a');
    await keep(store, 'd', long(190_000));
    expect(await found(store, keys)).toEqual(['a', 'c', 'd']);
  });

  test('also those whose text was taken out, but not without end', async () => {
    const store = new DocumentStore();
    const keys = Array.from({ length: 5_000 }, (_, place) => String(place));
    for (const key of keys) await keep(store, key, { kind: Kind.DOCUMENT, definitions: [] });
    expect(await found(store, keys)).toHaveLength(4_000);
  });

  test('once, however often they are set', async () => {
    const store = new DocumentStore();
    for (let time = 0; time < 10; time++) await store.set('a', long(100_000));
    await keep(store, 'b', long(100_000));
    expect(await found(store, ['a', 'b'])).toEqual(['a', 'b']);
  });
});
