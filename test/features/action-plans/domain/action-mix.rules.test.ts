import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ACTION_CATEGORIES } from '../../../../src/features/action-plans/domain/action-kind.js';
import type { MixAdjustment, MixCounts } from '../../../../src/features/action-plans/domain/action-mix.js';
import { countByCategory, judgeActionMix } from '../../../../src/features/action-plans/domain/action-mix.rules.js';
import type { MixPolicy } from '../../../../src/features/action-plans/domain/mix-quota.rules.js';
import { DEFAULT_PLAN_POLICY_TERMS } from '../../../../src/features/action-plans/domain/plan-policy.js';
import { actionOf } from './sample-plan.js';

type Triple = [experience: number, exposure: number, education: number];

const countsOf = ([EXPERIENCE, EXPOSURE, EDUCATION]: Triple): MixCounts => ({ EXPERIENCE, EXPOSURE, EDUCATION });
const policyOf = ([experiencePercent, exposurePercent, educationPercent]: Triple, slack: number): MixPolicy => ({
  experiencePercent,
  exposurePercent,
  educationPercent,
  slack,
});
const sum = (triple: Triple) => triple[0] + triple[1] + triple[2];

/** All mixes of a total, the earlier categories with the most actions first. */
function mixesOf(total: number): Triple[] {
  const mixes: Triple[] = [];
  for (let experience = total; experience >= 0; experience--) {
    for (let exposure = total - experience; exposure >= 0; exposure--) {
      mixes.push([experience, exposure, total - experience - exposure]);
    }
  }
  return mixes;
}

/**
 * The rule in other words: a count complies when it misses its exact share of the total by less than one action, or by
 * less than one and the slack. Whole numbers throughout, in hundredths of an action.
 */
function complies(count: number, total: number, share: number, slack: number): boolean {
  const missedBy = 100n * BigInt(count) - BigInt(share) * BigInt(total);
  const tolerance = 100n * BigInt(1 + slack);
  return -tolerance < missedBy && missedBy < tolerance;
}

/** Every mix of a total that complies, the earlier categories with the most actions first. */
function compliantMixes(total: number, shares: Triple, slack: number): Triple[] {
  const [first, second, third] = shares.map((share) => {
    const near = Math.round((share * total) / 100);
    const from = Math.max(0, near - slack - 2);
    return Array.from({ length: 2 * slack + 5 }, (_, offset) => from + offset).filter((count) =>
      complies(count, total, share, slack),
    );
  }) as [number[], number[], number[]];
  const mixes: Triple[] = [];
  for (const experience of first.reverse()) {
    for (const exposure of second.toReversed()) {
      const education = total - experience - exposure;
      if (third.includes(education)) mixes.push([experience, exposure, education]);
    }
  }
  return mixes;
}

/** The mix nearest to the exact shares by the sum of squares; the first of several. */
function nearestToShares(mixes: Triple[], shares: Triple): Triple {
  const distance = (mix: Triple) =>
    mix.reduce((squares, count, index) => squares + (100 * count - shares[index]! * sum(mix)) ** 2, 0);
  return mixes.reduce((best, mix) => (distance(mix) < distance(best) ? mix : best));
}

function adjustments(from: Triple, to: Triple): MixAdjustment[] {
  return ACTION_CATEGORIES.flatMap((category, index) =>
    to[index] === from[index] ? [] : [{ category, change: to[index]! - from[index]! }],
  );
}

/** By trying total after total; no additions when no total up to far beyond the quotas of all counts would do. */
function expectedAdditions(counts: Triple, shares: Triple, slack: number): MixAdjustment[] {
  const smallestShare = Math.min(...shares.filter((share) => share > 0));
  const bound = (100 * (Math.max(...counts) + slack + 2)) / smallestShare + 200;
  for (let total = sum(counts); total <= bound; total++) {
    const reachable = compliantMixes(total, shares, slack).filter((mix) =>
      mix.every((count, index) => count >= counts[index]!),
    );
    if (reachable.length > 0) return adjustments(counts, nearestToShares(reachable, shares));
  }
  return [];
}

function expectedMoves(counts: Triple, shares: Triple, slack: number): MixAdjustment[] {
  const candidates = mixesOf(sum(counts)).filter((mix) =>
    mix.every((count, index) => complies(count, sum(counts), shares[index]!, slack)),
  );
  const moved = (mix: Triple) => mix.reduce((moves, count, index) => moves + Math.abs(count - counts[index]!), 0);
  const fewest = Math.min(...candidates.map(moved));
  return adjustments(
    counts,
    nearestToShares(
      candidates.filter((mix) => moved(mix) === fewest),
      shares,
    ),
  );
}

function expectVerdict(counts: Triple, shares: Triple, slack: number): void {
  const mix = judgeActionMix(countsOf(counts), policyOf(shares, slack));
  const total = sum(counts);
  expect(mix.total).toBe(total);
  expect(mix.compliant).toBe(counts.every((count, index) => complies(count, total, shares[index]!, slack)));
  expect(mix.toComply).toEqual(expectedAdditions(counts, shares, slack));
  expect(mix.toRebalance).toEqual(expectedMoves(counts, shares, slack));
  mix.shares.forEach((share, index) => {
    const allowed = Array.from({ length: total + 1 }, (_, count) => count).filter((count) =>
      complies(count, total, shares[index]!, slack),
    );
    expect(share).toMatchObject({
      category: ACTION_CATEGORIES[index],
      count: counts[index],
      targetPercent: shares[index],
    });
    expect([share.allowedMin, share.allowedMax]).toEqual([allowed[0], allowed.at(-1)]);
  });
}

const defaultShares: Triple = [70, 20, 10];

describe('the mix rule with the default policy', () => {
  test.each<[number, Triple[]]>([
    [0, [[0, 0, 0]]],
    [
      4,
      [
        [3, 1, 0],
        [3, 0, 1],
        [2, 1, 1],
      ],
    ],
    [
      7,
      [
        [5, 2, 0],
        [5, 1, 1],
        [4, 2, 1],
      ],
    ],
    [10, [[7, 2, 1]]],
  ])('lets %i actions be only %j', (total, expected) => {
    const compliant = mixesOf(total).filter(
      (mix) => judgeActionMix(countsOf(mix), DEFAULT_PLAN_POLICY_TERMS).compliant,
    );
    expect(compliant).toEqual(expected);
  });

  test("tells the sample plan's 2/2/1 to add two EXPERIENCE actions, or to make one of an EXPOSURE action", () => {
    expect(judgeActionMix(countsOf([2, 2, 1]), DEFAULT_PLAN_POLICY_TERMS)).toEqual({
      total: 5,
      compliant: false,
      shares: [
        { category: 'EXPERIENCE', count: 2, percent: 40, targetPercent: 70, allowedMin: 3, allowedMax: 4 },
        { category: 'EXPOSURE', count: 2, percent: 40, targetPercent: 20, allowedMin: 1, allowedMax: 1 },
        { category: 'EDUCATION', count: 1, percent: 20, targetPercent: 10, allowedMin: 0, allowedMax: 1 },
      ],
      toComply: [{ category: 'EXPERIENCE', change: 2 }],
      toRebalance: [
        { category: 'EXPERIENCE', change: 1 },
        { category: 'EXPOSURE', change: -1 },
      ],
    });
  });

  test('judges every mix of up to 12 actions, and advises the smallest changes, as trying them all does', () => {
    const mixes = Array.from({ length: 13 }, (_, total) => mixesOf(total)).flat();
    expect(mixes).toHaveLength(455);
    for (const mix of mixes) expectVerdict(mix, defaultShares, 0);
  });
});

describe('the mix rule with any policy', () => {
  const shares = fc
    .tuple(fc.nat(100), fc.nat(100), fc.boolean())
    .map(([one, other, isRare]): Triple => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      // Shares of 0 are where additions can be in vain.
      return isRare ? [low, 100 - low, 0] : [low, high - low, 100 - high];
    })
    .chain((triple) =>
      fc.shuffledSubarray([0, 1, 2], { minLength: 3 }).map((order) => order.map((at) => triple[at]!) as Triple),
    );
  const counts = fc.tuple(fc.nat(6), fc.nat(6), fc.nat(6));

  test('judges and advises as trying all mixes does', () => {
    fc.assert(
      fc.property(counts, shares, fc.nat(3), (triple, policyShares, slack) => {
        expectVerdict(triple, policyShares, slack);
      }),
      { numRuns: 500 },
    );
  });

  test('gives advice that works, for a thousand actions of each category', () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000)),
        shares,
        fc.nat(10),
        (triple, policyShares, slack) => {
          const policy = policyOf(policyShares, slack);
          const before = countsOf(triple);
          const mix = judgeActionMix(before, policy);
          const judgedAfter = (changes: MixAdjustment[]) => {
            const changed = { ...before };
            for (const { category, change } of changes) changed[category] += change;
            return judgeActionMix(changed, policy);
          };
          expect(mix.toComply.every(({ change }) => change > 0)).toBe(true);
          expect(judgedAfter(mix.toRebalance)).toMatchObject({ total: mix.total, compliant: true });
          if (mix.toComply.length > 0) expect(judgedAfter(mix.toComply).compliant).toBe(true);
          if (policyShares.every((share) => share > 0)) expect(judgedAfter(mix.toComply).compliant).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('answers at once where a small share needs very many additions', () => {
    const started = performance.now();
    const mix = judgeActionMix(countsOf([0, 0, 1000]), policyOf([98, 1, 1], 0));
    expect(mix.toComply.map(({ change }) => change)).toEqual([97_902, 999]);
    expect(performance.now() - started).toBeLessThan(200);
  });

  test('adds nothing where a category without a share has too many actions for any total', () => {
    expect(judgeActionMix(countsOf([3, 0, 1]), policyOf([80, 20, 0], 0)).toComply).toEqual([]);
    expect(judgeActionMix(countsOf([9, 1, 1]), policyOf([100, 0, 0], 1)).toComply).toEqual([]);
  });
});

test('shares are percents of the actions, rounded to two decimals', () => {
  const percents = (triple: Triple) =>
    judgeActionMix(countsOf(triple), DEFAULT_PLAN_POLICY_TERMS).shares.map(({ percent }) => percent);
  expect(percents([0, 0, 0])).toEqual([0, 0, 0]);
  expect(percents([1, 2, 3])).toEqual([16.67, 33.33, 50]);
});

test('cancelled actions do not count', () => {
  const actions = [
    actionOf('NEW_ASSIGNMENT', 'Lead the launch'),
    actionOf('MENTORING', 'Meet a mentor', { status: 'CANCELLED' }),
    actionOf('COURSE', 'Take a course', { status: 'DONE' }),
  ];
  expect(countByCategory(actions)).toEqual({ EXPERIENCE: 1, EXPOSURE: 0, EDUCATION: 1 });
});
