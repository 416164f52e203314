import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { KINDS_BY_CATEGORY } from '../../../../src/features/action-plans/domain/action-kind.js';
import type { Action, ActionPlan, PlanSkill } from '../../../../src/features/action-plans/domain/action-plan.js';
import type { PlanEdit, PlanSkillReference } from '../../../../src/features/action-plans/domain/plan-edit.js';
import { applyEdits } from '../../../../src/features/action-plans/domain/plan-edit.rules.js';
import { actionOf, allysReadyPlan, anyPlanWithEdits, planOf, skillOf } from './sample-plan.js';

// What the edits mean, said a second time and slowly: a plan is two flat tables whose rows know their place.
// A row goes in half a place before the one that it pushes back; then the places are counted again.

type SkillRow = Omit<PlanSkill, 'actions'> & { place: number };
type ActionRow = Omit<Action, 'category'> & { place: number };
interface Tables {
  plan: Omit<ActionPlan, 'skills'>;
  skills: SkillRow[];
  actions: ActionRow[];
}
interface Refusal {
  code: string;
  field: string;
}

function tablesOf({ skills, ...plan }: ActionPlan): Tables {
  return {
    plan,
    skills: skills.map(({ actions: _, ...row }, place) => ({ ...row, place })),
    actions: skills.flatMap(({ actions }) => actions.map(({ category: _, ...row }, place) => ({ ...row, place }))),
  };
}

function planFrom({ plan, skills, actions }: Tables): ActionPlan {
  const categoryOf = (kind: string) =>
    Object.entries(KINDS_BY_CATEGORY).find(([, kinds]) => kinds.some((each) => each === kind))![0];
  return {
    ...plan,
    skills: skills.map(({ place: _, ...skill }) => ({
      ...skill,
      actions: actions
        .filter(({ planSkillId }) => planSkillId === skill.id)
        .map(({ place: __, ...action }) => ({ ...action, category: categoryOf(action.kind) }) as Action),
    })),
  };
}

const before = (place: number | undefined): number => (place ?? Number.POSITIVE_INFINITY) - 0.5;

/** The rows of each group in the order of their places, which become 0, 1, 2 and so on. */
function recount<Row extends { place: number }>(rows: Row[], groupOf: (row: Row) => string): Row[] {
  const sorted = rows.toSorted((one, other) => one.place - other.place);
  return sorted.map((row) => {
    const group = sorted.filter((other) => groupOf(other) === groupOf(row));
    return { ...row, place: group.indexOf(row) };
  });
}

const isNamedBy = (reference: PlanSkillReference) => (row: SkillRow) =>
  'id' in reference ? reference.id === row.id : reference.skillId === row.skillId;

/** Why an edit cannot be made; null when it can. */
function refusalOf({ skills, actions }: Tables, edit: PlanEdit): Refusal | null {
  if ('actionId' in edit) {
    const row = actions.find(({ id }) => id === edit.actionId);
    if (!row) return { code: 'NOT_FOUND', field: 'actionId' };
    if (row.status === 'CANCELLED') return { code: 'ACTION_CANCELLED', field: 'actionId' };
  }
  if ('planSkill' in edit && edit.planSkill && !skills.some(isNamedBy(edit.planSkill))) {
    return { code: 'NOT_FOUND', field: 'planSkill' };
  }
  if ('planSkills' in edit) {
    const places = edit.planSkills.map((reference) => skills.findIndex(isNamedBy(reference)));
    if (places.includes(-1)) return { code: 'NOT_FOUND', field: 'planSkills' };
    const sorted = places.toSorted((one, other) => one - other);
    if (sorted.join() !== [...skills.keys()].join()) return { code: 'OUT_OF_RANGE', field: 'planSkills' };
  }
  return null;
}

/** The tables after an edit that can be made; their places are yet to be counted. */
function edited(tables: Tables, edit: PlanEdit): Tables {
  const { plan, skills, actions } = tables;
  const skillIdOf = (reference: PlanSkillReference): string => skills.find(isNamedBy(reference))!.id;
  const withAction = (id: string, change: (row: ActionRow) => Partial<ActionRow>): Tables => ({
    ...tables,
    actions: actions.map((row) => (row.id === id ? { ...row, ...change(row) } : row)),
  });
  const fresh = { planId: plan.id, status: 'NOT_STARTED' as const, percentComplete: 0 };
  switch (edit.kind) {
    case 'changePlan': {
      const { kind: _, ...said } = edit;
      return { ...tables, plan: { ...plan, ...said } };
    }
    case 'addSkill': {
      const { actions: added, ...skill } = edit.skill;
      const row = { ...skill, planId: plan.id, place: before(edit.rank && edit.rank - 1) };
      const rows = added.map((action, place) => ({ ...action, ...fresh, planSkillId: skill.id, place }));
      return { plan, skills: [...skills, row], actions: [...actions, ...rows] };
    }
    case 'changeSkill': {
      const id = skillIdOf(edit.planSkill);
      const { outcome } = edit;
      return { ...tables, skills: skills.map((row) => (row.id === id ? { ...row, outcome: outcome! } : row)) };
    }
    case 'removeSkill': {
      const gone = skillIdOf(edit.planSkill);
      return {
        plan,
        skills: skills.filter(({ id }) => id !== gone),
        actions: actions.filter(({ planSkillId }) => planSkillId !== gone),
      };
    }
    case 'reorderSkills': {
      const ids = edit.planSkills.map(skillIdOf);
      return { ...tables, skills: skills.map((row) => ({ ...row, place: ids.indexOf(row.id) })) };
    }
    case 'addAction': {
      const row = { ...edit.action, ...fresh, planSkillId: skillIdOf(edit.planSkill), place: before(edit.position) };
      return { ...tables, actions: [...actions, row] };
    }
    case 'changeAction':
      return withAction(edit.actionId, () => edit.content);
    case 'moveAction': {
      // The place is one among the others, so the others close the gap first.
      const others = actions.filter(({ id }) => id !== edit.actionId);
      const moved = actions.find(({ id }) => id === edit.actionId)!;
      const planSkillId = edit.planSkill ? skillIdOf(edit.planSkill) : moved.planSkillId;
      const closed = recount(others, (row) => row.planSkillId);
      return { ...tables, actions: [...closed, { ...moved, planSkillId, place: before(edit.position) }] };
    }
    case 'cancelAction':
      return withAction(edit.actionId, () => ({ status: 'CANCELLED' }));
  }
}

function expectedOf(plan: ActionPlan, edits: PlanEdit[]) {
  let tables = tablesOf(plan);
  for (const [place, edit] of edits.entries()) {
    const refusal = refusalOf(tables, edit);
    if (refusal) {
      const path = ['edits', `${place}`, edit.kind, refusal.field];
      return { ok: false, problems: [{ code: refusal.code, message: expect.stringMatching(/^[A-Z].*\.$/), path }] };
    }
    const { skills, actions, ...rest } = edited(tables, edit);
    tables = { ...rest, skills: recount(skills, () => ''), actions: recount(actions, (row) => row.planSkillId) };
  }
  return { ok: true, value: planFrom(tables) };
}

const actionsOf = (plan: ActionPlan): Action[] => plan.skills.flatMap((skill) => skill.actions);
const idsOf = (items: { id: string }[]): string[] => items.map(({ id }) => id);

/** Ids before an edit, without those it takes away, with those it brings; the skills are named as the plan has them. */
function idsAfter(plan: ActionPlan, edit: PlanEdit): string[] {
  const all = [...idsOf(plan.skills), ...idsOf(actionsOf(plan))];
  if (edit.kind === 'addSkill') return [...all, edit.skill.id, ...idsOf(edit.skill.actions)];
  if (edit.kind === 'addAction') return [...all, edit.action.id];
  if (edit.kind !== 'removeSkill') return all;
  const gone = plan.skills.find((skill) => isNamedBy(edit.planSkill)({ ...skill, place: 0 }))!;
  return all.filter((id) => id !== gone.id && !idsOf(gone.actions).includes(id));
}

test('edits do what the slow statement says, and refuse what it refuses, where it says so', () => {
  fc.assert(
    fc.property(anyPlanWithEdits, ({ plan, edits }) => {
      expect(applyEdits(plan, edits)).toStrictEqual(expectedOf(plan, edits));
    }),
    { numRuns: 500 },
  );
});

test('neither the plan nor the edits that go in are changed, not even later through the plan that comes out', () => {
  fc.assert(
    fc.property(anyPlanWithEdits, ({ plan, edits }) => {
      const untouched = JSON.stringify({ plan, edits });
      const result = applyEdits(plan, edits);
      if (result.ok) {
        for (const action of actionsOf(result.value)) action.title = 'Changed later';
        for (const skill of result.value.skills.splice(0))
          Object.assign(skill, { outcome: 'Changed later', actions: [] });
      }
      expect(JSON.stringify({ plan, edits })).toBe(untouched);
    }),
  );
});

test('a refusal names the first edit that cannot be made', () => {
  fc.assert(
    fc.property(anyPlanWithEdits, ({ plan, edits }) => {
      const result = applyEdits(plan, edits);
      if (result.ok) return;
      expect(result.problems).toHaveLength(1);
      const [first, place, kind, field, ...rest] = result.problems[0]!.path;
      expect([first, ...rest]).toEqual(['edits']);
      const edit = edits[Number(place)]!;
      expect(kind).toBe(edit.kind);
      expect(edit).toHaveProperty(field!);
      expect(applyEdits(plan, edits.slice(0, Number(place))).ok).toBe(true);
      expect(applyEdits(plan, edits.slice(0, Number(place) + 1))).toEqual(result);
    }),
  );
});

test('after each edit no id is lost or doubled, and every action is where it says and of the category of its kind', () => {
  fc.assert(
    fc.property(anyPlanWithEdits, ({ plan, edits }) => {
      let current = plan;
      for (const edit of edits) {
        const result = applyEdits(current, [edit]);
        if (!result.ok) return;
        const ids = [...idsOf(result.value.skills), ...idsOf(actionsOf(result.value))];
        expect(ids.toSorted()).toEqual(idsAfter(current, edit).toSorted());
        current = result.value;
        for (const skill of current.skills) {
          expect(skill.planId).toBe(plan.id);
          for (const { planId, planSkillId, kind, category } of skill.actions) {
            expect([planId, planSkillId]).toEqual([plan.id, skill.id]);
            expect(KINDS_BY_CATEGORY[category]).toContain(kind);
          }
        }
      }
      expect(applyEdits(plan, edits)).toEqual({ ok: true, value: current });
    }),
  );
});

describe('by example', () => {
  const plan = planOf([
    skillOf(1, 'Messaging', [actionOf('COURSE', 'a'), actionOf('COURSE', 'b'), actionOf('COURSE', 'c')]),
    skillOf(2, 'Research', [actionOf('COURSE', 'd')]),
  ]);
  const titlesAfter = (...edits: PlanEdit[]): string[] => {
    const result = applyEdits(plan, edits);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    return result.value.skills.map((skill) => skill.actions.map(({ title }) => title).join(''));
  };
  const move = (title: string, to: { position?: number; planSkill?: PlanSkillReference }): PlanEdit => ({
    kind: 'moveAction',
    actionId: `action_${title}`,
    ...to,
  });

  test('a position is the one that the action has afterwards', () => {
    expect(titlesAfter(move('a', { position: 1 }))).toEqual(['bac', 'd']);
    expect(titlesAfter(move('c', { position: 1 }))).toEqual(['acb', 'd']);
    expect(titlesAfter(move('a', {}))).toEqual(['bca', 'd']);
    expect(titlesAfter(move('a', { position: 99 }))).toEqual(['bca', 'd']);
    expect(titlesAfter(move('b', { position: 0, planSkill: { skillId: 'skill_2' } }))).toEqual(['ac', 'bd']);
  });

  test('what is in a skill goes with it, unless it is moved away first', () => {
    const remove: PlanEdit = { kind: 'removeSkill', planSkill: { id: 'plan_skill_1' } };
    expect(titlesAfter(remove)).toEqual(['d']);
    expect(titlesAfter(move('b', { planSkill: { id: 'plan_skill_2' } }), remove)).toEqual(['db']);
  });

  test('the skills of a plan take a new order only when each is named once', () => {
    const reorder = (...ids: string[]): PlanEdit => ({ kind: 'reorderSkills', planSkills: ids.map((id) => ({ id })) });
    expect(titlesAfter(reorder('plan_skill_2', 'plan_skill_1'))).toEqual(['d', 'abc']);
    for (const ids of [[], ['plan_skill_2'], ['plan_skill_2', 'plan_skill_2']]) {
      expect(applyEdits(plan, [reorder(...ids)])).toMatchObject({ problems: [{ code: 'OUT_OF_RANGE' }] });
    }
  });

  test('a cancelled action keeps its progress and its place, and is closed', () => {
    const ready = allysReadyPlan();
    const action = Object.assign(ready.skills[0]!.actions[1]!, { status: 'DONE', percentComplete: 100 });
    const cancel: PlanEdit = { kind: 'cancelAction', actionId: action.id };
    const result = applyEdits(ready, [cancel]);
    expect(result.ok && result.value.skills[0]!.actions[1]).toEqual({ ...action, status: 'CANCELLED' });
    expect(applyEdits(ready, [cancel, cancel])).toEqual({
      ok: false,
      problems: [
        {
          code: 'ACTION_CANCELLED',
          message: `The action "${action.title}" is cancelled. Add a new action instead.`,
          path: ['edits', '1', 'cancelAction', 'actionId'],
        },
      ],
    });
  });
});
