import { describe, expect, test } from '@jest/globals';
import { PLAN_STATUSES, type PlanStatus } from '../../../../src/features/action-plans/domain/action-plan.js';
import {
  allowedTransitions,
  isEditable,
  refuseTransition,
} from '../../../../src/features/action-plans/domain/plan-status.rules.js';

const allowed = ['DRAFT ACTIVE', 'DRAFT ARCHIVED', 'ACTIVE COMPLETED', 'ACTIVE ARCHIVED'];
const pairs = PLAN_STATUSES.flatMap((from) => PLAN_STATUSES.map((to): [PlanStatus, PlanStatus] => [from, to]));

test.each(pairs)('%s to %s', (from, to) => {
  const isAllowed = allowed.includes(`${from} ${to}`);
  expect(allowedTransitions(from).includes(to)).toBe(isAllowed);
  expect(refuseTransition(from, to) === null).toBe(isAllowed);
});

describe('a refusal names what is allowed', () => {
  test.each<[PlanStatus, PlanStatus, string]>([
    ['DRAFT', 'COMPLETED', 'A plan that is DRAFT cannot become COMPLETED. It can become ACTIVE or ARCHIVED.'],
    ['ACTIVE', 'ACTIVE', 'The plan is ACTIVE already. It can become COMPLETED or ARCHIVED.'],
    [
      'ARCHIVED',
      'ACTIVE',
      'A plan that is ARCHIVED cannot become ACTIVE. ARCHIVED is final: create a new plan to go on.',
    ],
  ])('%s to %s', (from, to, message) => {
    expect(refuseTransition(from, to)).toBe(message);
  });
});

test('a plan can be revised until it is completed or archived', () => {
  expect(PLAN_STATUSES.filter(isEditable)).toEqual(['DRAFT', 'ACTIVE']);
});
