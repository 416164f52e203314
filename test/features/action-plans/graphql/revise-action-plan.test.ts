import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { planMutations, READY_PLAN } from '../../../support/plans.js';
import { HR_ADMIN, startTestService, type TestService } from '../../../support/service.js';

let service: TestService;
let plans: ReturnType<typeof planMutations>;
beforeAll(async () => {
  service = await startTestService();
  plans = planMutations(service);
});
afterAll(() => service.close());

// biome-ignore lint/suspicious/noExplicitAny: tests look into plans of any shape
let plan: any;
const skill = (place: number) => ({ planSkill: { id: plan.skills[place].id } });
const actionId = (place: number, position: number) => plan.skills[place].actions[position].id;
const titles = (place: number, of = plan) => of.skills[place].actions.map(({ title }: { title: string }) => title);
const newAction = {
  kind: 'READING',
  title: 'Read a book on rhetoric',
  successMeasure: 'A summary',
  dueOn: '2027-02-01',
};
const revise = (edits: object[], more: object = {}) =>
  plans.revise({ planId: plan.id, expectedVersion: plan.version, edits, ...more });

describe('a draft', () => {
  beforeEach(async () => {
    plan = (await plans.create(READY_PLAN)).plan;
  });

  test.each<[string, () => object, (after: typeof plan) => void]>([
    [
      'changePlan',
      () => ({ changePlan: { goal: ' Lead ', targetRole: null } }),
      (after) => expect(after).toMatchObject({ goal: 'Lead', targetRole: null, targetOn: plan.targetOn }),
    ],
    [
      'addSkill',
      () => ({ addSkill: { skill: { externalId: 'S-SQL' }, rank: 1, actions: [newAction] } }),
      (after) =>
        expect(after.skills).toMatchObject([
          { rank: 1, skill: { externalId: 'S-SQL' }, actions: [newAction] },
          { rank: 2, id: plan.skills[0].id },
          { rank: 3, id: plan.skills[1].id },
        ]),
    ],
    [
      'changeSkill',
      () => ({ changeSkill: { ...skill(0), outcome: null } }),
      (after) => expect(after.skills[0].outcome).toBeNull(),
    ],
    [
      'removeSkill',
      () => ({ removeSkill: skill(0) }),
      (after) => expect(after.skills).toMatchObject([{ rank: 1, id: plan.skills[1].id }]),
    ],
    [
      'reorderSkills',
      () => ({ reorderSkills: { planSkills: [skill(1).planSkill, skill(0).planSkill] } }),
      (after) => expect(after.skills).toMatchObject([{ id: plan.skills[1].id }, { id: plan.skills[0].id }]),
    ],
    [
      'addAction at a place',
      () => ({ addAction: { ...skill(1), action: newAction, position: 0 } }),
      (after) => expect(titles(1, after)).toEqual([newAction.title, ...titles(1)]),
    ],
    [
      'addAction at the end, by the skill of the catalogue',
      () => ({ addAction: { planSkill: { skill: { externalId: 'S-PUBLIC-SPEAKING' } }, action: newAction } }),
      (after) => expect(titles(1, after)).toEqual([...titles(1), newAction.title]),
    ],
    [
      'changeAction',
      () => ({ changeAction: { actionId: actionId(0, 0), kind: 'READING', dueOn: null } }),
      (after) =>
        expect(after.skills[0].actions[0]).toMatchObject({ category: 'EDUCATION', dueOn: null, title: titles(0)[0] }),
    ],
    [
      'moveAction within a skill',
      () => ({ moveAction: { actionId: actionId(0, 0), position: 2 } }),
      (after) => expect(titles(0, after)).toEqual([1, 2, 0, 3].map((place) => titles(0)[place])),
    ],
    [
      'moveAction to another skill',
      () => ({ moveAction: { actionId: actionId(0, 0), ...skill(1) } }),
      (after) => expect(titles(1, after)).toEqual([...titles(1), titles(0)[0]]),
    ],
    [
      'cancelAction',
      () => ({ cancelAction: { actionId: actionId(0, 0) } }),
      (after) =>
        expect(after).toMatchObject({
          skills: [{ actions: [{ status: 'CANCELLED' }, {}, {}, {}] }, {}],
          mix: { total: 6 },
        }),
    ],
  ])('takes the edit %s', async (_, edit, expectation) => {
    const { plan: after, userErrors } = await revise([edit()]);
    expect(userErrors).toEqual([]);
    expect(after.version).toBe(2);
    expectation(after);
    expect(await plans.read(plan.id)).toEqual(after);
  });

  test('is judged only when all edits are made', async () => {
    const { plan: after, userErrors } = await revise([
      { addSkill: { skill: { externalId: 'S-SQL' } } },
      { addSkill: { skill: { externalId: 'S-STORYTELLING' } } },
      { moveAction: { actionId: actionId(0, 0), planSkill: { skill: { externalId: 'S-SQL' } } } },
      { removeSkill: skill(0) },
    ]);
    expect(userErrors).toEqual([]);
    expect(after.skills).toMatchObject([
      { skill: { externalId: 'S-PUBLIC-SPEAKING' } },
      { skill: { externalId: 'S-SQL' }, actions: [{ title: titles(0)[0] }] },
      { skill: { externalId: 'S-STORYTELLING' } },
    ]);
  });

  test('may lose a skill and get it back', async () => {
    const { plan: after } = await revise([{ removeSkill: skill(0) }]);
    plan = after;
    const { userErrors } = await revise([{ addSkill: { skill: { externalId: 'S-PRODUCT-MESSAGING' } } }]);
    expect(userErrors).toEqual([]);
  });

  test.each([
    [
      'a fourth skill',
      () => ['S-SQL', 'S-STORYTELLING'].map((externalId) => ({ addSkill: { skill: { externalId } } })),
      'TOO_MANY_SKILLS',
      'skills.3',
    ],
    [
      'a skill that it has',
      () => [{ addSkill: { skill: { externalId: 'S-PRODUCT-MESSAGING' } } }],
      'DUPLICATE_SKILL',
      'skills.2.skill',
    ],
    [
      'an unknown skill',
      () => [{ addSkill: { skill: { externalId: 'S-NONE' } } }],
      'NOT_FOUND',
      'edits.0.addSkill.skill',
    ],
    [
      'an unknown role',
      () => [{ changePlan: { targetRole: { externalId: 'R-NONE' } } }],
      'NOT_FOUND',
      'edits.0.changePlan.targetRole',
    ],
    [
      'an action of another plan',
      () => [{ cancelAction: { actionId: 'action_01h455vb4pex5vsknk084sn02q' } }],
      'NOT_FOUND',
      'edits.0.cancelAction.actionId',
    ],
    [
      'a skill that it does not build',
      () => [{ removeSkill: { planSkill: { skill: { externalId: 'S-SQL' } } } }],
      'NOT_FOUND',
      'edits.0.removeSkill.planSkill',
    ],
    [
      'an order with a skill missing',
      () => [{ reorderSkills: { planSkills: [skill(0).planSkill] } }],
      'OUT_OF_RANGE',
      'edits.0.reorderSkills.planSkills',
    ],
    [
      'an edit of what it cancels',
      () => [
        { cancelAction: { actionId: actionId(0, 0) } },
        { changeAction: { actionId: actionId(0, 0), title: 'x' } },
      ],
      'ACTION_CANCELLED',
      'edits.1.changeAction.actionId',
    ],
    [
      'an empty title',
      () => [{ changeAction: { actionId: actionId(0, 1), title: ' ' } }],
      'TEXT_REQUIRED',
      'skills.0.actions.1.title',
    ],
    ['no edit', () => [], 'OUT_OF_RANGE', 'edits'],
    ['101 edits', () => Array(101).fill({ changePlan: { goal: 'x' } }), 'OUT_OF_RANGE', 'edits'],
  ])('does not take %s, and stays as it is', async (_, edits, code, path) => {
    const { plan: after, userErrors } = await revise([...edits()]);
    expect(after).toBeNull();
    expect(userErrors.map((error) => [error.code, error.path.join('.')])).toEqual([[code, path]]);
    expect(await plans.read(plan.id)).toEqual(plan);
  });

  test('stays as it is when the last of many edits cannot be made', async () => {
    const { userErrors } = await revise([
      { changePlan: { goal: 'New' } },
      { removeSkill: skill(0) },
      { removeSkill: skill(0) },
    ]);
    expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['edits', '2', 'removeSkill', 'planSkill'] }]);
    expect(await plans.read(plan.id)).toEqual(plan);
  });

  test('that changed since is not touched, and says its version', async () => {
    await revise([{ changePlan: { goal: 'Faster' } }]);
    const { userErrors } = await revise([{ changePlan: { goal: 'Slower' } }]);
    expect(userErrors).toMatchObject([{ code: 'VERSION_CONFLICT', path: ['expectedVersion'], currentVersion: 2 }]);
  });

  test('keeps no revision of an edit that changes nothing', async () => {
    const { plan: after } = await revise([{ changePlan: { goal: plan.goal } }]);
    expect(after.version).toBe(1);
  });

  test('tells in its history who changed what, and why', async () => {
    const { plan: after } = await revise(
      [
        { changePlan: { targetOn: '2027-06-30', targetRole: { externalId: 'R-MARKETING-COORDINATOR' } } },
        { changeAction: { actionId: actionId(0, 0), title: 'Write two message houses' } },
        { cancelAction: { actionId: actionId(0, 1) } },
        { addAction: { ...skill(1), action: newAction } },
        { reorderSkills: { planSkills: [skill(1).planSkill, skill(0).planSkill] } },
        { moveAction: { actionId: actionId(0, 3), ...skill(1) } },
      ],
      { reason: 'Agreed in November' },
    );
    const [revision] = after.revisions.nodes;
    expect(revision).toMatchObject({
      version: 2,
      kind: 'REVISED',
      reason: 'Agreed in November',
      author: { externalId: 'ally.adventure' },
    });
    const added = after.skills[0].actions.find(({ title }: { title: string }) => title === newAction.title);
    const change = (
      operation: string,
      subject: string,
      subjectId: string,
      label: string,
      field: string | null,
      before: unknown,
      now: unknown,
    ) => ({ operation, subject, subjectId, label, field, before, after: now });
    expect(revision.changes).toEqual([
      change('CHANGED', 'PLAN', plan.id, plan.goal, 'targetOn', '2027-05-23', '2027-06-30'),
      change(
        'CHANGED',
        'PLAN',
        plan.id,
        plan.goal,
        'targetRole',
        expect.stringMatching(/^role_/),
        expect.stringMatching(/^role_/),
      ),
      change('CHANGED', 'SKILL', plan.skills[1].id, 'Public speaking', 'rank', '2', '1'),
      change('CHANGED', 'SKILL', plan.skills[0].id, 'Product messaging', 'rank', '1', '2'),
      change('ADDED', 'ACTION', added.id, newAction.title, null, null, null),
      ...Object.entries({ ...newAction, status: 'NOT_STARTED', skill: 'Public speaking' }).map(([field, text]) =>
        change('ADDED', 'ACTION', added.id, newAction.title, field, null, text),
      ),
      change('CHANGED', 'ACTION', actionId(0, 3), titles(0)[3], 'skill', 'Product messaging', 'Public speaking'),
      change(
        'CHANGED',
        'ACTION',
        actionId(0, 0),
        'Write two message houses',
        'title',
        titles(0)[0],
        'Write two message houses',
      ),
      change('CHANGED', 'ACTION', actionId(0, 1), titles(0)[1], 'status', 'NOT_STARTED', 'CANCELLED'),
    ]);
  });
});

describe('an active plan', () => {
  beforeEach(async () => {
    plan = await plans.createActive();
  });

  test('takes a revision that keeps the rules', async () => {
    const { plan: after, userErrors } = await revise([{ changeAction: { actionId: actionId(0, 3), kind: 'READING' } }]);
    expect(userErrors).toEqual([]);
    expect(after).toMatchObject({ status: 'ACTIVE', version: 3, readiness: { ready: true } });
  });

  test.each([
    ['SKILL_COUNT', () => [{ removeSkill: skill(1) }]],
    [
      'ACTION_MIX',
      () => [{ cancelAction: { actionId: actionId(0, 0) } }, { cancelAction: { actionId: actionId(0, 1) } }],
    ],
    ['ACTIONS_PER_SKILL', () => [0, 1, 2].map((place) => ({ cancelAction: { actionId: actionId(1, place) } }))],
    ['SMART_MEASURABLE', () => [{ changeAction: { actionId: actionId(0, 0), successMeasure: null } }]],
    ['SMART_SPECIFIC', () => [{ changeAction: { actionId: actionId(0, 0), title: 'Public speaking' } }]],
    ['SMART_SPECIFIC', () => [{ changeAction: { actionId: actionId(0, 0), title: 'Giving talks' } }]], // an alias
    ['SMART_ACTIONABLE', () => [{ changeAction: { actionId: actionId(0, 0), title: 'Key account management' } }]],
    ['SMART_ACTIONABLE', () => [{ changeAction: { actionId: actionId(0, 0), title: 'asdf asdf asdf' } }]],
    ['SMART_RELEVANT', () => [{ changeSkill: { ...skill(0), outcome: '' } }]],
    ['SMART_TIME_BOUND', () => [{ changeAction: { actionId: actionId(0, 0), dueOn: '2026-11-22' } }]],
    ['SMART_TIME_BOUND', () => [{ changePlan: { targetOn: '2027-01-01' } }]],
    ['SMART_ACTIONABLE', () => [{ changeAction: { actionId: actionId(0, 0), title: 'A book about messages' } }]],
  ])('that would break %s stays as it is', async (rule, edits) => {
    const { plan: after, userErrors } = await revise([{ changePlan: { goal: 'Another' } }, ...edits()]);
    expect(after).toBeNull();
    expect(userErrors.map(({ code }) => code)).toContain(rule);
    expect(await plans.read(plan.id)).toEqual(plan);
  });

  test('may be revised when a due date has passed since', async () => {
    service.clock.set('2027-02-15T09:00:00.000Z');
    const { userErrors } = await revise([{ changePlan: { goal: 'Still the same way' } }]);
    service.clock.set('2026-11-23T09:00:00.000Z');
    expect(userErrors).toEqual([]);
  });

  test('keeps its policy until it is revised', async () => {
    const policy = async () => (await service.ask('{ planPolicy { version } }')).data.planPolicy.version;
    const update = async (change: object) => {
      const mutation =
        'mutation ($input: UpdatePlanPolicyInput!) { updatePlanPolicy(input: $input) { planPolicy { version } userErrors { code } } }';
      const input = { expectedVersion: await policy(), ...change };
      return (await service.ask(mutation, { input }, HR_ADMIN)).data.updatePlanPolicy;
    };
    expect((await update({ minSkills: 3 })).userErrors).toEqual([]);
    expect(await plans.read(plan.id)).toMatchObject({ policy: plan.policy, readiness: { ready: true } });
    const { userErrors } = await revise([{ changePlan: { goal: 'Another' } }]);
    expect(userErrors.map(({ code }) => code)).toEqual(['SKILL_COUNT']);
    await update({ minSkills: 2 });
    const { plan: after } = await revise([{ changePlan: { goal: 'Another' } }]);
    expect(after.policy.version).toBe(await policy());
  });
});
