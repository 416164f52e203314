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
