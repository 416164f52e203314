import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Action, ActionStatus } from '../../../../src/features/action-plans/domain/action-plan.js';
import {
  isCompletionSuggested,
  percentCompleteOfPlan,
  percentCompleteOfSkill,
} from '../../../../src/features/action-plans/domain/percent-complete.rules.js';
import { actionOf, planOf, skillOf } from './sample-plan.js';

function statusFor(percent: number | 'cancelled'): ActionStatus {
  if (percent === 'cancelled') return 'CANCELLED';
  return percent === 100 ? 'DONE' : 'IN_PROGRESS';
}

/** A plan with actions that are so far, skill by skill. */
const planAt = (...skills: (number | 'cancelled')[][]) =>
  planOf(
    skills.map((percents, position) =>
      skillOf(
        position + 1,
        `Skill ${position + 1}`,
        percents.map(
          (percent, index): Action =>
            actionOf('NEW_ASSIGNMENT', `Lead project ${index}`, {
              status: statusFor(percent),
              percentComplete: percent === 'cancelled' ? 40 : percent,
            }),
        ),
      ),
    ),
    { status: 'ACTIVE' },
  );

/** The mean of means by long division: whole percents, then two digits and the one that rounds them, in BigInt. */
function expectedPercent(skills: number[][]): string {
  let [numerator, denominator] = [0n, 1n];
  for (const percents of skills.filter(({ length }) => length > 0)) {
    const total = percents.reduce((sum, percent) => sum + BigInt(percent), 0n);
    numerator = numerator * BigInt(percents.length) + total * denominator;
    denominator *= BigInt(percents.length);
  }
  denominator *= BigInt(skills.length);
  const thousandths = (numerator * 1000n) / denominator;
  const hundredths = thousandths / 10n + (thousandths % 10n >= 5n ? 1n : 0n);
  return `${hundredths / 100n}.${`${hundredths % 100n}`.padStart(2, '0')}`;
}

describe('a plan is as complete as the mean of its skills, and these as the mean of their live actions', () => {
  test.each([
    [planAt([100, 0, 0], [100]), 66.67, 33.33],
    [planAt([50, 'cancelled', 100], [0]), 37.5, 75],
    [planAt([100], ['cancelled']), 50, 100],
    [planAt(['cancelled'], []), 0, 0],
    // An eighth of a percent rounds half up.
    [planAt([1, 0, 0, 0, 0, 0, 0, 0]), 0.13, 0.13],
  ])('example %#', (plan, ofPlan, ofFirstSkill) => {
    expect(percentCompleteOfPlan(plan)).toBe(ofPlan);
    expect(percentCompleteOfSkill(plan.skills[0]!)).toBe(ofFirstSkill);
  });

  test('a plan without skills is at 0', () => {
    expect(percentCompleteOfPlan(planOf([]))).toBe(0);
  });
});

describe('with up to 3 skills and 30 live actions', () => {
  const extreme = fc.constantFrom(0, 1, 99, 100);
  const percent = fc.oneof(extreme, fc.integer({ min: 0, max: 100 }));
  const skills = fc
    .array(fc.array(percent, { maxLength: 28 }), { minLength: 1, maxLength: 3 })
    .filter((lists) => lists.flat().length <= 30);
  // Nearly all alike, with one action that makes the difference.
  const nearlyUniform = fc.tuple(skills, fc.constantFrom(0, 100), fc.nat(29)).map(([lists, most, odd]) => {
    let index = 0;
    return lists.map((list) => list.map(() => (index++ === odd ? Math.abs(most - 1) : most)));
  });

  test('percents are exact to the second decimal', () => {
    fc.assert(
      fc.property(fc.oneof(skills, nearlyUniform), (lists) => {
        expect(percentCompleteOfPlan(planAt(...lists)).toFixed(2)).toBe(expectedPercent(lists));
        expect(percentCompleteOfPlan(planAt(...lists))).toBe(Number(expectedPercent(lists)));
        expect(percentCompleteOfSkill(planAt(...lists).skills[0]!)).toBe(Number(expectedPercent([lists[0]!])));
      }),
      { numRuns: 500 },
    );
  });

  test('100 means that every action is done, and 0 that nothing is', () => {
    fc.assert(
      fc.property(fc.oneof(skills, nearlyUniform), (lists) => {
        const ofPlan = percentCompleteOfPlan(planAt(...lists));
        const live = lists.flat();
        expect(ofPlan === 0).toBe(live.every((one) => one === 0));
        expect(ofPlan === 100).toBe(live.every((one) => one === 100) && lists.every(({ length }) => length > 0));
      }),
      { numRuns: 500 },
    );
  });
});

describe('completion is suggested', () => {
  test('for an active plan whose live actions are all done', () => {
    expect(isCompletionSuggested(planAt([100, 'cancelled'], [100]))).toBe(true);
  });

  test('not while an action is open, not without live actions, and not for a plan that is not active', () => {
    expect(isCompletionSuggested(planAt([100, 99]))).toBe(false);
    expect(isCompletionSuggested(planAt(['cancelled']))).toBe(false);
    expect(isCompletionSuggested({ ...planAt([100]), status: 'DRAFT' })).toBe(false);
    expect(isCompletionSuggested({ ...planAt([100]), status: 'COMPLETED' })).toBe(false);
  });
});
