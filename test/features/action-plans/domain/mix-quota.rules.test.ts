import { expect, test } from '@jest/globals';
import { allowedMaximum, allowedMinimum } from '../../../../src/features/action-plans/domain/mix-quota.rules.js';

test('quotas are exact for every share and every total up to 300, where floating point would not be', () => {
  for (let share = 0n; share <= 100n; share++) {
    const policy = {
      experiencePercent: Number(share),
      exposurePercent: 0,
      educationPercent: 100 - Number(share),
      slack: 0,
    };
    for (let total = 0n; total <= 300n; total++) {
      const down = (share * total) / 100n;
      const up = down * 100n === share * total ? down : down + 1n;
      const allowed = [allowedMinimum, allowedMaximum].map((quota) => quota('EXPERIENCE', Number(total), policy));
      // An expectation for each of the 30,000 would take seconds.
      if (allowed[0] !== Number(down) || allowed[1] !== Number(up)) {
        expect({ share, total, allowed }).toEqual({ share, total, allowed: [Number(down), Number(up)] });
      }
    }
  }
});

test('slack widens a quota on both sides, within 0 and the total', () => {
  const policy = { experiencePercent: 70, exposurePercent: 20, educationPercent: 10, slack: 2 };
  expect([allowedMinimum('EXPERIENCE', 10, policy), allowedMaximum('EXPERIENCE', 10, policy)]).toEqual([5, 9]);
  expect([allowedMinimum('EDUCATION', 10, policy), allowedMaximum('EDUCATION', 10, policy)]).toEqual([0, 3]);
  expect([allowedMinimum('EXPERIENCE', 2, policy), allowedMaximum('EXPERIENCE', 2, policy)]).toEqual([0, 2]);
});
