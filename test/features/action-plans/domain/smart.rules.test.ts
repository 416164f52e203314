import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Action, ActionPlan } from '../../../../src/features/action-plans/domain/action-plan.js';
import { reviewSmart } from '../../../../src/features/action-plans/domain/smart.rules.js';
import type { SmartReview } from '../../../../src/features/action-plans/domain/smart-review.js';
import { actionOf, planOf, skillOf } from './sample-plan.js';

const TITLE = 'Present the pitch to a marketing colleague';

/** Reviews one action of a plan that also holds another live and a cancelled one. */
function review(
  changes: Partial<Action> = {},
  planChanges: Partial<ActionPlan> = {},
  earliestDueOn: string | null = null,
): SmartReview {
  const reviewed = actionOf('BUILD_OR_IMPROVE', TITLE, { id: 'reviewed', ...changes });
  const skills = [
    skillOf(1, 'Product messaging', [reviewed, actionOf('COURSE', 'Take a course')]),
    skillOf(2, 'Market research', [actionOf('COURSE', 'Read a book', { status: 'CANCELLED' })]),
  ];
  const plan = { ...planOf(skills), ...planChanges };
  return reviewSmart({ ...reviewed, planSkillId: changes.planSkillId ?? 'plan_skill_1' }, { plan, earliestDueOn });
}

const withoutOutcome = planOf([{ ...skillOf(1, 'Product messaging', []), outcome: ' ' }]).skills;

test('a good action meets all five, and is told why', () => {
  const { met, ...criteria } = review({}, {}, '2026-03-31');
  expect(met).toBe(true);
  for (const criterion of Object.values(criteria)) {
    expect(criterion).toEqual({ met: true, message: expect.stringMatching(/^[A-Z].+\.$/) });
  }
});

describe('each criterion fails on its own, and the review with it', () => {
  test.each<[keyof SmartReview, string, RegExp, SmartReview]>([
    ['specific', 'a bare skill name', /only names a skill/, review({ title: 'MARKET  research.' })],
    ['specific', 'a repeated title', /same title/, review({ title: 'Take a course!' })],
    ['specific', 'no words', /names nothing/, review({ title: '...' })],
    ['measurable', 'no measure', /missing/, review({ successMeasure: null })],
    ['measurable', 'a blank measure', /missing/, review({ successMeasure: ' - ' })],
    ['measurable', 'the title again', /repeats the title/, review({ successMeasure: `${TITLE.toUpperCase()}.` })],
    ['actionable', 'a thing', /Start with what will be done.*"Shadow/, review({ title: 'Online course on pitching' })],
    ['relevant', 'no outcome', /expected outcome/, review({ expectedOutcome: '' }, { skills: withoutOutcome })],
    ['relevant', 'another plan', /none of the skills/, review({ planSkillId: 'plan_skill_of_another_plan' })],
    ['timeBound', 'no due date', /no due date/, review({ dueOn: null })],
    ['timeBound', 'no target date', /no target date/, review({}, { targetOn: null })],
    ['timeBound', 'due after the plan', /after the target date.*2026-06-30/, review({ dueOn: '2026-07-01' })],
    ['timeBound', 'due in the past', /in the past.*2026-04-01/, review({}, {}, '2026-04-01')],
    ['timeBound', 'due before it starts', /before the start/, review({ startOn: '2026-04-01' })],
  ])('%s: %s', (criterion, _case, message, verdict) => {
    expect(verdict[criterion]).toEqual({ met: false, message: expect.stringMatching(message) });
    expect(verdict.met).toBe(false);
  });

  test('all problems with the dates are told at once', () => {
    const { message } = review({ dueOn: '2026-07-01', startOn: '2026-08-01' }, {}, '2026-07-02').timeBound;
    expect(message).toMatch(/after the target date .* in the past.* before the start date/);
  });
});

describe('what does not count against an action', () => {
  test('its own title, and the title of a cancelled action', () => {
    expect(review().specific.met).toBe(true);
    expect(review({ title: 'Read a book' }).specific.met).toBe(true);
  });

  test('a due date in the past, once it is done', () => {
    expect(review({ status: 'DONE', percentComplete: 100 }, {}, '2026-05-01').timeBound.met).toBe(true);
  });

  test('a skill without an outcome, when the action says what it expects', () => {
    expect(review({ expectedOutcome: 'A clearer pitch' }, { skills: withoutOutcome }).relevant.met).toBe(true);
  });
});

test('a cancelled action is reviewed like any other', () => {
  expect(review({ status: 'CANCELLED' }).met).toBe(true);
  expect(review({ status: 'CANCELLED', successMeasure: null }).measurable.met).toBe(false);
});

test('an action is time-bound exactly when its due date lies between all the days that bound it', () => {
  const day = fc.integer({ min: 1, max: 9 }).map((number) => `2026-03-0${number}`);
  fc.assert(
    fc.property(day, fc.option(day), day, fc.option(day), (dueOn, startOn, targetOn, earliestDueOn) => {
      const ordered = [startOn, earliestDueOn].every((first) => first === null || first <= dueOn) && dueOn <= targetOn;
      expect(review({ dueOn, startOn }, { targetOn }, earliestDueOn).timeBound.met).toBe(ordered);
    }),
  );
});
