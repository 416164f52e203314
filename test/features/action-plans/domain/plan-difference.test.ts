import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ActionPlan, PlanSkill } from '../../../../src/features/action-plans/domain/action-plan.js';
import { planDifference } from '../../../../src/features/action-plans/domain/plan-difference.js';
import { applyEdits } from '../../../../src/features/action-plans/domain/plan-edit.rules.js';
import { PLAN_CHANGE_SUBJECTS, type PlanChange } from '../../../../src/features/action-plans/domain/plan-revision.js';
import { actionOf, anyPlanWithEdits, planOf, skillOf } from './sample-plan.js';

const anyTurn: fc.Arbitrary<Partial<ActionPlan>> = fc.constantFrom<Partial<ActionPlan>>(
  {},
  {},
  { status: 'ACTIVE' },
  { status: 'COMPLETED', outcome: 'GOAL_REACHED', closingNote: null },
  { status: 'COMPLETED', outcome: 'GOAL_NOT_REACHED', closingNote: 'Next year' },
);

/** Two states of a plan: the second after those edits that can be made, sometimes with a turn of its status. */
const anyPair: fc.Arbitrary<{ before: ActionPlan; after: ActionPlan }> = fc
  .tuple(anyPlanWithEdits, anyTurn)
  .map(([{ plan, edits }, turn]) => {
    let edited = plan;
    for (const edit of edits) {
      const result = applyEdits(edited, [edit]);
      if (result.ok) edited = result.value;
    }
    return { before: plan, after: { ...edited, ...turn } };
  });

type Texts = Record<string, string | null>;

/** What a plan says, as one text for each subject and field. The order of actions has a test of its own. */
function flatten(plan: ActionPlan): Map<string, Texts> {
  const { goal, targetRoleId, targetOn, status, outcome, closingNote } = plan;
  const flat = new Map<string, Texts>();
  flat.set(plan.id, { goal, targetRole: targetRoleId, targetOn, status, outcome, closingNote });
  for (const [place, skill] of plan.skills.entries()) {
    flat.set(skill.id, { rank: `${place + 1}`, outcome: skill.outcome });
    for (const action of skill.actions) {
      const { id, planId, planSkillId, category, percentComplete, ...said } = action;
      flat.set(id, { ...said, skill: skill.skillName });
    }
  }
  return flat;
}

/** Makes the changes on a flattened plan, from nothing but what they say. */
function replay(flat: Map<string, Texts>, changes: PlanChange[]): Map<string, Texts> {
  const removed = new Set<string>();
  for (const { operation, subjectId, field, before, after: text } of changes) {
    if (field === null) {
      expect([before, text, flat.has(subjectId)]).toEqual([null, null, operation === 'REMOVED']);
      if (operation === 'ADDED') flat.set(subjectId, {});
      else removed.add(subjectId);
    } else {
      const texts = flat.get(subjectId)!;
      expect(texts[field] ?? null).toBe(before);
      flat.set(subjectId, { ...texts, [field]: text });
    }
  }
  for (const id of removed) {
    expect(Object.values(flat.get(id)!).filter((text) => text !== null)).toEqual([]); // all that it said was told
    flat.delete(id);
  }
  return flat;
}

/** Without the fields that say nothing. */
const told = (flat: Map<string, Texts>): [string, Texts][] =>
  [...flat].map(([id, texts]) => [id, Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== null))]);

const isOrder = ({ field }: PlanChange): boolean => field === 'actions';

/** The subjects of a plan in the order in which they stand in it: the plan, its skills, its actions. */
function subjectsOf(plan: ActionPlan) {
  const actions = plan.skills.flatMap((skill) => skill.actions);
  return [
    { subject: 'PLAN', subjectId: plan.id, label: plan.goal },
    ...plan.skills.map(({ id, skillName }) => ({ subject: 'SKILL', subjectId: id, label: skillName })),
    ...actions.map(({ id, title }) => ({ subject: 'ACTION', subjectId: id, label: title })),
  ];
}

test('a plan does not differ from itself', () => {
  fc.assert(
    fc.property(anyPair, ({ after }) => {
      expect(planDifference(after, after)).toEqual([]);
      expect(planDifference(after, JSON.parse(JSON.stringify(after)))).toEqual([]);
    }),
  );
});

test('a plan that was not there is added: itself, its skills, its actions', () => {
  fc.assert(
    fc.property(anyPair, ({ after }) => {
      const whole = { operation: 'ADDED', field: null, before: null, after: null };
      const wholes = planDifference(null, after).filter(({ field }) => field === null);
      expect(wholes).toEqual(subjectsOf(after).map((subject) => ({ ...whole, ...subject })));
    }),
  );
});

test('the changes of a new plan, made on nothing, give the plan', () => {
  fc.assert(
    fc.property(anyPair, ({ after }) => {
      const changes = planDifference(null, after).filter(({ field }) => field !== 'policy');
      expect(new Map(told(replay(new Map(), changes)))).toEqual(new Map(told(flatten(after))));
    }),
  );
});

test('the changes, made on the plan before, give the plan after', () => {
  fc.assert(
    fc.property(anyPair, ({ before, after }) => {
      const changes = planDifference(before, after).filter((change) => !isOrder(change));
      expect(new Map(told(replay(flatten(before), changes)))).toEqual(new Map(told(flatten(after))));
    }),
    { numRuns: 500 },
  );
});

// The revision of a plan is dropped when there is no difference, so none may be overlooked.
test('there is no difference only between plans that are the same', () => {
  fc.assert(
    fc.property(anyPair, ({ before, after }) => {
      const isSame = JSON.stringify(before) === JSON.stringify(after);
      if (planDifference(before, after).length === 0) expect(isSame).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('each entry names its subject as it is now, or was; no field comes twice; changed texts differ', () => {
  fc.assert(
    fc.property(anyPair, ({ before, after }) => {
      const changes = planDifference(before, after);
      for (const { operation, subject, subjectId, label, before: old, after: now } of changes) {
        expect(subjectsOf(operation === 'REMOVED' ? before : after)).toContainEqual({ subject, subjectId, label });
        if (operation === 'CHANGED') expect(old).not.toBe(now);
      }
      const fields = changes.map(({ subjectId, field }) => `${subjectId} ${field}`);
      expect(new Set(fields).size).toBe(fields.length);
      const ranks = changes.map(({ subject }) => PLAN_CHANGE_SUBJECTS.indexOf(subject));
      expect(ranks).toEqual(ranks.toSorted());
    }),
  );
});

test('the order of actions is an entry exactly when those that stay in a skill change places', () => {
  fc.assert(
    fc.property(anyPair, ({ before, after }) => {
      const expected = after.skills.flatMap((now) => {
        const old = before.skills.find(({ id }) => id === now.id);
        if (!old) return [];
        const staying = ({ actions }: PlanSkill, other: PlanSkill) =>
          actions.filter((action) => new Set(other.actions.map(({ id }) => id)).has(action.id));
        const [oldOrder, newOrder] = [staying(old, now), staying(now, old)];
        const idsOf = (actions: { id: string }[]) => actions.map(({ id }) => id).join();
        if (idsOf(oldOrder) === idsOf(newOrder)) return [];
        const titlesOf = (actions: { title: string }[]) => actions.map(({ title }) => title).join('; ');
        return [{ subjectId: now.id, before: titlesOf(oldOrder), after: titlesOf(newOrder) }];
      });
      const orders = planDifference(before, after).filter(isOrder);
      expect(orders.map(({ subjectId, before: old, after: now }) => ({ subjectId, before: old, after: now }))).toEqual(
        expected,
      );
    }),
    { numRuns: 500 },
  );
});

test('two actions of the same title that change places are a difference', () => {
  const [first, second] = [actionOf('COURSE', 'Read', { id: 'a' }), actionOf('READING', 'Read', { id: 'b' })];
  const before = planOf([skillOf(1, 'Research', [first!, second!])]);
  const after = planOf([skillOf(1, 'Research', [second!, first!])]);
  expect(planDifference(before, after)).toMatchObject([{ operation: 'CHANGED', field: 'actions' }]);
});
