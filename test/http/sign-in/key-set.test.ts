import { afterEach, expect, jest, test } from '@jest/globals';
import type { JSONWebKeySet } from 'jose';
import { createLogger } from '../../../src/http/logger.js';
import { KeySet } from '../../../src/http/sign-in/key-set.js';
import { makeKey } from '../../support/identity-provider.js';

afterEach(() => {
  jest.useRealTimers();
});

test('a key that the provider withdraws is good for ten minutes at most', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  const [first, second] = await Promise.all([makeKey('first'), makeKey('second')]);
  let published: JSONWebKeySet = { keys: [first.publicJwk, second.publicJwk] };
  const keys = new KeySet({ fetchKeys: async () => published, now: Date.now, log: createLogger('silent') });
  const find = () => keys.check(async (key) => key({ alg: 'RS256', kid: 'first' }, { payload: '', signature: '' }));
  await keys.open();
  await find();
  published = { keys: [second.publicJwk] };
  await jest.advanceTimersByTimeAsync(599_000);
  await find();
  await jest.advanceTimersByTimeAsync(2_000);
  await expect(find()).rejects.toThrow('no applicable key found');
  keys.close();
});

test('keys that are fetched again and are the same are the same keys, so that nothing is forgotten for their sake', async () => {
  const [first, second] = await Promise.all([makeKey('first'), makeKey('second')]);
  let published: JSONWebKeySet = { keys: [first.publicJwk] };
  const keys = new KeySet({ fetchKeys: async () => published, now: Date.now, log: createLogger('silent') });
  await keys.refresh();
  const known = keys.current;
  expect(known).not.toBeNull();
  published = structuredClone(published);
  await keys.refresh();
  expect(keys.current).toBe(known);
  published = { keys: [first.publicJwk, second.publicJwk] };
  await keys.refresh();
  expect(keys.current).not.toBe(known);
});
