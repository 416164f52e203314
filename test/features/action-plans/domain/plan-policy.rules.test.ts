import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  DEFAULT_PLAN_POLICY_TERMS,
  type PlanPolicyTerms,
} from '../../../../src/features/action-plans/domain/plan-policy.js';
import { checkPlanPolicyTerms } from '../../../../src/features/action-plans/domain/plan-policy.rules.js';

const check = (changes: Partial<PlanPolicyTerms>) => checkPlanPolicyTerms({ ...DEFAULT_PLAN_POLICY_TERMS, ...changes });

const range = (field: keyof PlanPolicyTerms): [number, number] => {
  if (field.endsWith('Skills')) return [1, 3];
  if (field.endsWith('PerSkill')) return [1, 10];
  return field === 'slack' ? [0, 10] : [0, 100];
};
const fields = Object.keys(DEFAULT_PLAN_POLICY_TERMS) as (keyof PlanPolicyTerms)[];

test('the default terms are fine', () => {
  expect(check({})).toEqual([]);
});

test('any terms within the bounds, with ranges in order and shares that sum to 100, are fine', () => {
  const pair = (most: number) =>
    fc
      .tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: most }))
      .map((two) => two.toSorted((a, b) => a - b));
  const cuts = fc.tuple(fc.nat(100), fc.nat(100)).map((two) => two.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(pair(3), pair(10), cuts, fc.nat(10), (skills, actions, [low, high], slack) => {
      const shares = { experiencePercent: low!, exposurePercent: high! - low!, educationPercent: 100 - high! };
      const [minSkills, maxSkills] = skills;
      const [minActionsPerSkill, maxActionsPerSkill] = actions;
      expect(check({ minSkills, maxSkills, minActionsPerSkill, maxActionsPerSkill, ...shares, slack })).toEqual([]);
    }),
  );
});

describe('a term out of its bounds is named, with its bounds', () => {
  test.each(fields)('%s', (field) => {
    const [least, most] = range(field);
    for (const value of [least - 1, most + 1, least + 0.5, Number.NaN]) {
      expect(check({ [field]: value })).toEqual([
        { path: [field], message: expect.stringContaining(`a whole number from ${least} to ${most}, not ${value}.`) },
      ]);
    }
  });
});

test('the fewest may not be more than the most', () => {
  expect(check({ minSkills: 3, maxSkills: 2, minActionsPerSkill: 6 })).toEqual([
    { path: ['minSkills'], message: expect.stringContaining('Lower minSkills or raise maxSkills') },
    { path: ['minActionsPerSkill'], message: expect.stringContaining('Lower minActionsPerSkill') },
  ]);
});

test('shares that do not sum to 100 are told by how much', () => {
  expect(check({ experiencePercent: 65 })).toEqual([
    { path: ['experiencePercent'], message: 'The three shares sum to 95 percent, not to 100: add 5.' },
  ]);
  expect(check({ educationPercent: 20 })[0]!.message).toContain('take away 10');
});
