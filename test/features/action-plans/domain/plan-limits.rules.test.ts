import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ActionStatus } from '../../../../src/features/action-plans/domain/action-plan.js';
import type { ActionDraft, PlanDraft } from '../../../../src/features/action-plans/domain/plan-limits.js';
import { checkPlanLimits, checkPlanText } from '../../../../src/features/action-plans/domain/plan-limits.rules.js';
import { allysDraft } from './sample-plan.js';

const skillWith = (skillId: string, actions: ActionDraft[] = []) => ({ skillId, outcome: null, actions });
const draftWith = (...skills: PlanDraft['skills']): PlanDraft => ({ goal: 'Work in Marketing', skills });
const actionWith = (changes: Partial<ActionDraft> = {}): ActionDraft => ({ title: 'Lead the launch', ...changes });
const actionsOf = (count: number, status?: ActionStatus) => Array.from({ length: count }, () => actionWith({ status }));
const codesAndPaths = (draft: PlanDraft) => checkPlanLimits(draft).map(({ code, path }) => `${code} ${path.join('.')}`);

test('a draft may still miss every rule for an active plan', () => {
  expect(checkPlanLimits(allysDraft())).toEqual([]);
  expect(checkPlanLimits(draftWith())).toEqual([]);
});

describe('sizes', () => {
  test('three skills fit, a fourth does not', () => {
    expect(codesAndPaths(draftWith(...['a', 'b', 'c'].map((id) => skillWith(id))))).toEqual([]);
    expect(codesAndPaths(draftWith(...['a', 'b', 'c', 'd'].map((id) => skillWith(id))))).toEqual([
      'TOO_MANY_SKILLS skills.3',
    ]);
  });

  test('a skill is in a plan once', () => {
    const [problem, ...others] = checkPlanLimits(draftWith(skillWith('a'), skillWith('b'), skillWith('a')));
    expect(others).toEqual([]);
    expect(problem).toEqual({
      code: 'DUPLICATE_SKILL',
      message: 'This skill is in the plan already, at position 1. Put its actions there, or choose another skill.',
      path: ['skills', '2', 'skill'],
    });
  });

  test('30 live actions fit in a plan, and 100 with the cancelled ones', () => {
    const sizes = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(110));
    fc.assert(
      fc.property(sizes, fc.constantFrom(undefined, 'DONE' as const), ([one, other, cancelled], status) => {
        const draft = draftWith(
          skillWith('a', actionsOf(one, status)),
          skillWith('b', [...actionsOf(cancelled, 'CANCELLED'), ...actionsOf(other)]),
        );
        const fits = one + other <= 30 && one + other + cancelled <= 100;
        expect(codesAndPaths(draft)).toEqual(fits ? [] : ['TOO_MANY_ACTIONS skills']);
      }),
    );
    expect(codesAndPaths(draftWith(skillWith('a', actionsOf(30))))).toEqual([]);
    expect(codesAndPaths(draftWith(skillWith('a', actionsOf(31))))).toHaveLength(1);
    const full = [...actionsOf(1), ...actionsOf(99, 'CANCELLED')];
    expect(codesAndPaths(draftWith(skillWith('a', full)))).toEqual([]);
    expect(codesAndPaths(draftWith(skillWith('a', [...full, actionWith()])))).toHaveLength(1);
  });

  test('narrower limits can be asked for', () => {
    const draft = draftWith(skillWith('a', actionsOf(2)), skillWith('b'));
    const problems = checkPlanLimits(draft, { skills: 1, liveActions: 1, actions: 100 });
    expect(problems.map(({ code }) => code)).toEqual(['TOO_MANY_SKILLS', 'TOO_MANY_ACTIONS']);
  });
});

test('an action may end on the day it starts, not before', () => {
  const codesFor = (changes: Partial<ActionDraft>) => codesAndPaths(draftWith(skillWith('a', [actionWith(changes)])));
  expect(codesFor({ startOn: '2026-03-01', dueOn: '2026-03-01' })).toEqual([]);
  expect(codesFor({ startOn: null, dueOn: '2026-03-01' })).toEqual([]);
  expect(codesFor({ startOn: '2026-03-02', dueOn: '2026-03-01' })).toEqual([
    'END_BEFORE_START skills.0.actions.0.dueOn',
  ]);
});

describe('texts', () => {
  test.each<['title' | 'description' | 'successMeasure' | 'expectedOutcome' | 'timeFrame', number]>([
    ['title', 200],
    ['description', 2000],
    ['successMeasure', 500],
    ['expectedOutcome', 500],
    ['timeFrame', 200],
  ])('the %s of an action has up to %i characters, of any kind', (field, limit) => {
    const draftOf = (text: string) =>
      draftWith(skillWith('a', [actionWith(), actionWith(), actionWith({ [field]: text })]));
    expect(codesAndPaths(draftOf('🙂'.repeat(limit)))).toEqual([]);
    const [problem] = checkPlanLimits(draftOf('x'.repeat(limit + 1)));
    expect(problem).toMatchObject({ code: 'TEXT_TOO_LONG', path: ['skills', '0', 'actions', '2', field] });
    expect(problem!.message).toContain(`${limit} characters or fewer`);
  });

  test('the goal and the outcome of a skill have up to 500 characters', () => {
    const draft = { goal: 'g'.repeat(501), skills: [{ ...skillWith('a'), outcome: 'o'.repeat(501) }] };
    expect(codesAndPaths(draft)).toEqual(['TEXT_TOO_LONG goal', 'TEXT_TOO_LONG skills.0.outcome']);
    expect(codesAndPaths({ goal: 'g'.repeat(500), skills: [] })).toEqual([]);
  });

  test.each(['', '  \n', '\u200b'])('a goal and a title of %j are missing', (blank) => {
    expect(codesAndPaths({ goal: blank, skills: [skillWith('a', [actionWith({ title: blank })])] })).toEqual([
      'TEXT_REQUIRED goal',
      'TEXT_REQUIRED skills.0.actions.0.title',
    ]);
  });

  test('a closing note has up to 2000 characters, a reason up to 500, and both may be missing', () => {
    expect(checkPlanText('closingNote', 'x'.repeat(2000), ['closingNote'])).toEqual([]);
    expect(checkPlanText('closingNote', 'x'.repeat(2001), ['closingNote'])).toHaveLength(1);
    expect(checkPlanText('reason', 'x'.repeat(501), ['reason'])).toHaveLength(1);
    expect(checkPlanText('reason', null, ['reason'])).toEqual([]);
  });
});
