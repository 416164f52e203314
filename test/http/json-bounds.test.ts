import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkJsonBounds as checkBounds } from '../../src/http/json-bounds.js';

const checkJsonBounds = (json: string) => checkBounds(json, 400_000);

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const long = (json: string): string => `${json}${' '.repeat(10_000)}`;

describe('a body that is looked over before it is parsed', () => {
  test('may be nested sixty deep', () => {
    expect(() => checkJsonBounds(long(nested(60)))).not.toThrow();
    expect(() => checkJsonBounds(long(nested(61)))).toThrow('nested more than 60 deep');
    expect(() => checkJsonBounds(long(`[${nested(59)},${nested(59)}]`))).not.toThrow();
  });

  test('may hold so many parts', () => {
    expect(() => checkJsonBounds(`[${'1,'.repeat(400_000)}1]`)).not.toThrow();
    expect(() => checkJsonBounds(`[${'1,'.repeat(400_001)}1]`)).toThrow('more than 400000 values and keys');
  });

  test('may have so many different keys, each as often as it likes', () => {
    const rows = (keys: number) =>
      JSON.stringify(Array(20).fill(Object.fromEntries(Array.from({ length: keys }, (_, key) => [`key ${key}`, 1]))));
    expect(() => checkJsonBounds(rows(1_000))).not.toThrow();
    expect(() => checkJsonBounds(rows(1_001))).toThrow('more than 1000 different keys');
  });

  test('holds in its texts whatever they hold', () => {
    for (const text of ['['.repeat(200), '\\"'.repeat(200), '{"['.repeat(100), '\\\\"[[', ',:'.repeat(300_000)])
      expect(() => checkJsonBounds(long(JSON.stringify({ [text]: text })))).not.toThrow();
  });

  test('is as deep as it is when it is parsed', () => {
    const depthOf = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 50, max: 60 }), (value, around) => {
        let whole: unknown = value;
        for (let level = 0; level < around; level++) whole = [whole];
        const check = () => checkJsonBounds(long(JSON.stringify(whole)));
        if (depthOf(whole) > 60) expect(check).toThrow();
        else expect(check).not.toThrow();
      }),
    );
  });
});
