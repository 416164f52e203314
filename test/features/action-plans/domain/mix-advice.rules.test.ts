import { expect, test } from '@jest/globals';
import { judgeActionMix } from '../../../../src/features/action-plans/domain/action-mix.rules.js';
import { describeMixProblem } from '../../../../src/features/action-plans/domain/mix-advice.rules.js';
import {
  DEFAULT_PLAN_POLICY_TERMS,
  type PlanPolicyTerms,
} from '../../../../src/features/action-plans/domain/plan-policy.js';

function adviceFor(
  [EXPERIENCE, EXPOSURE, EDUCATION]: [number, number, number],
  terms: PlanPolicyTerms = DEFAULT_PLAN_POLICY_TERMS,
): string {
  return describeMixProblem(judgeActionMix({ EXPERIENCE, EXPOSURE, EDUCATION }, terms), terms);
}

test('names the smallest change by adding and by moving', () => {
  expect(adviceFor([2, 2, 1])).toBe(
    'The plan has 2 EXPERIENCE, 2 EXPOSURE and 1 EDUCATION actions, which does not fit the shares of 70/20/10 percent. ' +
      'Add 2 EXPERIENCE actions, or change 1 EXPOSURE action into 1 EXPERIENCE action.',
  );
});

test('does not suggest more additions than the plan has room for', () => {
  expect(adviceFor([0, 0, 3])).toBe(
    'The plan has 0 EXPERIENCE, 0 EXPOSURE and 3 EDUCATION actions, which does not fit the shares of 70/20/10 percent. ' +
      'Change 2 EDUCATION actions into 2 EXPERIENCE actions. ' +
      'Adding alone would take 14 EXPERIENCE actions and 4 EXPOSURE actions, more than the plan has room for.',
  );
});

test('names only the moves where no additions would help', () => {
  const terms = { ...DEFAULT_PLAN_POLICY_TERMS, experiencePercent: 80, educationPercent: 0 };
  expect(adviceFor([3, 0, 1], terms)).toMatch(
    /80\/20\/0 percent\. Change 1 EDUCATION action into 1 EXPOSURE action\.$/,
  );
});
