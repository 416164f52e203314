import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ACTION_STATUSES, type ActionPlan } from '../../../../src/features/action-plans/domain/action-plan.js';
import { DEFAULT_PLAN_POLICY_TERMS } from '../../../../src/features/action-plans/domain/plan-policy.js';
import { PLAN_RULES } from '../../../../src/features/action-plans/domain/plan-readiness.js';
import { judgeReadiness } from '../../../../src/features/action-plans/domain/plan-readiness.rules.js';
import { wordingOf } from '../../../../src/features/action-plans/domain/plan-wording.rules.js';
import { reviewSmart } from '../../../../src/features/action-plans/domain/smart.rules.js';
import { anyGuise, anyText } from './any-text.js';
import { judgeReadiness as expectedReadiness } from './plan-readiness.reference.js';
import { actionOf, allysDraft, allysReadyPlan, planOf, skillOf } from './sample-plan.js';
import { reviewSmart as expectedReview } from './smart.reference.js';

const judge = (plan: ActionPlan, policy = DEFAULT_PLAN_POLICY_TERMS, earliestDueOn: string | null = null) =>
  judgeReadiness(plan, policy, () => earliestDueOn);

const rulesAndPaths = (plan: ActionPlan, policy = DEFAULT_PLAN_POLICY_TERMS, earliestDueOn: string | null = null) =>
  judge(plan, policy, earliestDueOn).violations.map(({ rule, path }) => `${rule} ${path.join('.')}`);

describe('the sample plan', () => {
  test('lacks exactly a second skill and two EXPERIENCE actions', () => {
    expect(judge(allysDraft())).toEqual({
      ready: false,
      violations: [
        {
          rule: 'SKILL_COUNT',
          message: 'The plan has 1 skill. It needs 2 to 3 skills: add one more.',
          path: ['skills'],
        },
        {
          rule: 'ACTION_MIX',
          message: expect.stringContaining('Add 2 EXPERIENCE actions, or change 1 EXPOSURE action'),
          path: ['skills'],
        },
      ],
    });
  });

  test('is ready with both', () => {
    expect(judge(allysReadyPlan())).toEqual({ ready: true, violations: [] });
  });
});

describe('each rule, where it points', () => {
  test('the number of skills and of live actions of a skill, either way', () => {
    const plan = allysReadyPlan();
    const strict = {
      ...DEFAULT_PLAN_POLICY_TERMS,
      minSkills: 1,
      maxSkills: 1,
      minActionsPerSkill: 3,
      maxActionsPerSkill: 4,
    };
    const { violations } = judge(plan, strict);
    expect(violations).toEqual([
      { rule: 'SKILL_COUNT', message: expect.stringContaining('exactly 1 skill: remove one'), path: ['skills'] },
      { rule: 'ACTIONS_PER_SKILL', message: expect.stringContaining('remove one'), path: ['skills', '0', 'actions'] },
      { rule: 'ACTIONS_PER_SKILL', message: expect.stringContaining('add one more'), path: ['skills', '1', 'actions'] },
    ]);
    expect(violations[1]!.message).toContain('"Product messaging" has 5 actions');
  });

  test('a skill whose actions are all cancelled has none', () => {
    const plan = allysReadyPlan();
    plan.skills[1]!.actions = plan.skills[1]!.actions.map((action) => ({ ...action, status: 'CANCELLED' as const }));
    expect(rulesAndPaths(plan)).toEqual(['ACTION_MIX skills', 'ACTIONS_PER_SKILL skills.1.actions']);
  });

  test('every criterion of an action, at the position that counts cancelled actions, after those of the plan', () => {
    const plan = allysReadyPlan();
    const [first, second] = plan.skills[1]!.actions;
    plan.skills[1]!.outcome = null;
    plan.skills[1]!.actions = [
      actionOf('COURSE', 'Course', { status: 'CANCELLED', dueOn: null, successMeasure: null }),
      { ...first!, title: 'Market research', successMeasure: null, dueOn: null },
      { ...second!, expectedOutcome: 'A survey that marketing uses' },
    ];
    plan.targetOn = null;
    expect(rulesAndPaths(plan)).toEqual([
      'SMART_TIME_BOUND targetOn',
      'SMART_SPECIFIC skills.1.actions.1.title',
      'SMART_MEASURABLE skills.1.actions.1.successMeasure',
      'SMART_ACTIONABLE skills.1.actions.1.title',
      'SMART_RELEVANT skills.1.actions.1.expectedOutcome',
      'SMART_TIME_BOUND skills.1.actions.1.dueOn',
    ]);
    expect(judge(plan).violations[2]!.message).toMatch(/^"Market research": The measure of success is missing\./);
  });

  test('a due date in the past, by the earliest day of each action', () => {
    const plan = allysReadyPlan();
    expect(rulesAndPaths(plan, DEFAULT_PLAN_POLICY_TERMS, '2026-02-01')).toEqual([
      'SMART_TIME_BOUND skills.0.actions.2.dueOn',
    ]);
    const late = judgeReadiness(plan, DEFAULT_PLAN_POLICY_TERMS, ({ kind }) =>
      kind === 'COURSE' ? '2027-01-01' : null,
    );
    expect(late.violations.map(({ path }) => path.join('.'))).toEqual(['skills.0.actions.4.dueOn']);
  });

  test('a missing target date once, whether there are actions or not', () => {
    expect(rulesAndPaths({ ...allysReadyPlan(), targetOn: null })).toEqual(['SMART_TIME_BOUND targetOn']);
    expect(rulesAndPaths(planOf([], { targetOn: null }))).toEqual(['SKILL_COUNT skills', 'SMART_TIME_BOUND targetOn']);
  });
});

test('cancelled actions change nothing but the positions', () => {
  const cancelled = fc.record({
    skill: fc.nat(1),
    position: fc.nat(5),
    title: fc.constantFrom('Course', 'Product messaging', 'Attend a conference to see marketing messages at work', '?'),
    dueOn: fc.constantFrom(null, '2020-01-01', '2030-01-01'),
  });
  fc.assert(
    fc.property(fc.array(cancelled, { maxLength: 20 }), (additions) => {
      const plan = allysReadyPlan();
      additions.forEach(({ skill, position, title, dueOn }, index) => {
        const action = actionOf('COURSE', title, { id: `cancelled_${index}`, dueOn, status: 'CANCELLED' });
        plan.skills[skill]!.actions.splice(position, 0, action);
      });
      expect(judge(plan, DEFAULT_PLAN_POLICY_TERMS, '2026-01-01')).toEqual({ ready: true, violations: [] });
    }),
  );
});

test('every violation names a known rule, a sentence and a place that is in the plan', () => {
  const title = fc.constantFrom('Course', 'Lead the launch', 'Skill 1', 'Shadow Ana at work');
  const text = fc.constantFrom(null, '', 'Three deals won');
  const day = fc.constantFrom(null, '2026-01-01', '2026-05-01', '2026-12-31');
  const kind = fc.constantFrom('NEW_ASSIGNMENT' as const, 'MENTORING' as const, 'COURSE' as const);
  const status = fc.constantFrom('NOT_STARTED' as const, 'DONE' as const, 'CANCELLED' as const);
  const action = fc.tuple(kind, title, text, text, day, day, status);
  fc.assert(
    fc.property(fc.array(fc.array(action, { maxLength: 6 }), { maxLength: 4 }), day, (skills, targetOn) => {
      const plan = planOf(
        skills.map((actions, at) =>
          skillOf(
            at + 1,
            `Skill ${at + 1}`,
            actions.map(([kindOf, name, successMeasure, expectedOutcome, startOn, dueOn, statusOf], position) =>
              actionOf(kindOf, name, {
                id: `action_${at}_${position}`,
                ...{ successMeasure, expectedOutcome, startOn, dueOn, status: statusOf },
              }),
            ),
          ),
        ),
        { targetOn },
      );
      const { ready, violations } = judge(plan, DEFAULT_PLAN_POLICY_TERMS, '2026-02-01');
      expect(ready).toBe(violations.length === 0);
      for (const { rule, message, path } of violations) {
        expect(PLAN_RULES).toContain(rule);
        expect(message).toMatch(/^["A-Z].*[a-z0-9"]\.$/);
        let place: unknown = plan;
        for (const step of path) place = (place as Record<string, unknown>)[step];
        expect(place).not.toBeUndefined();
      }
      expect(new Set(violations.map(({ rule, path }) => `${rule} ${path.join('.')}`)).size).toBe(violations.length);
    }),
  );
});

describe('judged at once or action by action, as the rule is said, a plan is judged the same', () => {
  const title = fc.oneof(
    fc.tuple(fc.constantFrom('Lead the launch', 'Übe die Präsentation', 'Skill 1', 'Курс', '?'), anyGuise),
    fc.tuple(anyText, anyGuise),
  );
  const titles = title.map(([text, change]) => change(text));
  const text = fc.option(fc.oneof(titles, fc.constantFrom('', ' - ', 'Three deals won')));
  const day = fc.constantFrom(null, '2026-01-01', '2026-05-01', '2026-12-31');
  const action = fc
    .record({
      // Few of them: also actions that are taken for one another.
      id: fc.nat(12).map((number) => `action_${number}`),
      title: titles,
      successMeasure: text,
      expectedOutcome: text,
      startOn: day,
      dueOn: day,
      status: fc.constantFrom(...ACTION_STATUSES),
      kind: fc.constantFrom('NEW_ASSIGNMENT' as const, 'MENTORING' as const, 'COURSE' as const),
    })
    .map(({ kind, title: name, ...changes }) => actionOf(kind, name, changes));
  const skill = fc.record({
    skillName: titles,
    skillAliases: fc.array(titles, { maxLength: 2 }),
    outcome: text,
    actions: fc.array(action, { maxLength: 5 }),
  });
  const anyPlan = fc.tuple(fc.array(skill, { maxLength: 4 }), day).map(([skills, targetOn]) =>
    planOf(
      skills.map(({ skillName, actions, ...changes }, place) => ({
        ...skillOf(place + 1, skillName, actions),
        ...changes,
      })),
      { targetOn },
    ),
  );

  test('whether it is ready, and what stands against it', () => {
    fc.assert(
      fc.property(anyPlan, fc.nat(2), day, (plan, maxActionsPerSkill, earliestDueOn) => {
        const policy = { ...DEFAULT_PLAN_POLICY_TERMS, maxActionsPerSkill: maxActionsPerSkill + 1 };
        expect(judge(plan, policy, earliestDueOn)).toEqual(expectedReadiness(plan, policy, () => earliestDueOn));
      }),
      { numRuns: 1000 },
    );
  });

  test('and so is each action of it, and one that it does not have', () => {
    fc.assert(
      fc.property(anyPlan, action, day, (plan, stranger, earliestDueOn) => {
        const context = { plan, earliestDueOn };
        const wording = wordingOf(plan);
        for (const reviewed of [...plan.skills.flatMap(({ actions }) => actions), stranger]) {
          const expected = expectedReview(reviewed, context);
          expect(reviewSmart(reviewed, context)).toEqual(expected);
          expect(reviewSmart(reviewed, context, wording)).toEqual(expected);
        }
      }),
      { numRuns: 500 },
    );
  });
});
