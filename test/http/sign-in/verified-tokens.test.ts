import { beforeEach, expect, test } from '@jest/globals';
import type { Identity } from '../../../src/http/sign-in/identity.js';
import { VerifiedTokens } from '../../../src/http/sign-in/verified-tokens.js';

/** How often a token is checked, of which it may be remembered what it says. */

const START = Date.parse('2026-11-23T09:00:00Z');
const HOUR = 3_600_000;

let now: number;
let keys: object;
let tokens: VerifiedTokens;
let checks: string[];
beforeEach(() => {
  now = START;
  keys = {};
  checks = [];
  tokens = new VerifiedTokens({ now: () => now, keys: () => keys });
});

const identity = (subject: string): Identity => ({
  subject,
  employee: null,
  personRoles: [],
  serviceRoles: [],
  ifNobody: '',
});

const ask = async (token: string, end = START + HOUR): Promise<string> => {
  const found = await tokens.identityOf(token, async () => {
    checks.push(token);
    return { identity: identity(`of ${token}`), end };
  });
  return found.subject;
};

test('a token is checked once, and says the same each time', async () => {
  expect([await ask('a'), await ask('b'), await ask('a')]).toEqual(['of a', 'of b', 'of a']);
  expect(checks).toEqual(['a', 'b']);
});

test.each([
  ['when it has ended', 59_999, 60_000, START + 60_000],
  ['after five minutes, however long it is good', 299_999, 300_000, START + HOUR],
])('it is checked again %s', async (_, before, after, end) => {
  await ask('a', end);
  now = START + before;
  await ask('a', end);
  expect(checks).toHaveLength(1);
  now = START + after;
  await ask('a', end);
  expect(checks).toHaveLength(2);
});

test('it is checked again by a clock that was set back: it may not be good yet', async () => {
  await ask('a');
  now = START - 1;
  await ask('a');
  expect(checks).toHaveLength(2);
});

test('all are checked again when the keys are others', async () => {
  await ask('a');
  await ask('b');
  keys = {};
  await ask('a');
  await ask('b');
  await ask('a');
  expect(checks).toEqual(['a', 'b', 'a', 'b']);
});

test('one that was checked while the keys changed is checked again: it is not known with which', async () => {
  await tokens.identityOf('a', async () => {
    keys = {};
    return { identity: identity('of a'), end: START + HOUR };
  });
  await ask('a');
  expect(checks).toEqual(['a']);
});

test('one that is of no use is looked at each time', async () => {
  for (let attempt = 0; attempt < 2; attempt++)
    await expect(tokens.identityOf('a', () => Promise.reject(new Error('of no use')))).rejects.toThrow('of no use');
  await ask('a');
  expect(checks).toEqual(['a']);
});

test('of 25,001 that who was not here for the longest time is forgotten', async () => {
  for (let place = 0; place < 25_000; place++) await ask(`token ${place}`);
  await ask('token 0');
  await ask('one more');
  checks = [];
  await ask('token 0');
  await ask('token 2');
  expect(checks).toEqual([]);
  await ask('token 1');
  expect(checks).toEqual(['token 1']);
});
