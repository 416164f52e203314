import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { planMutations, READY_PLAN, SAMPLE_PLAN } from '../../../support/plans.js';
import { startTestService, type TestService } from '../../../support/service.js';

let service: TestService;
let plans: ReturnType<typeof planMutations>;
beforeAll(async () => {
  service = await startTestService();
  plans = planMutations(service);
});
afterAll(() => service.close());

const at = (plan: { id: string; version: number }) => ({ planId: plan.id, expectedVersion: plan.version });
const codes = (problems: { code: string }[]) => problems.map(({ code }) => code);

test('a plan that is not ready stays a draft, and says why', async () => {
  const { plan } = await plans.create(SAMPLE_PLAN);
  const refused = await plans.activate(at(plan));
  expect(refused.plan).toBeNull();
  expect(refused.userErrors.map(({ code, message, path }) => ({ rule: code, message, path }))).toEqual(
    plan.readiness.violations,
  );
  expect(await plans.read(plan.id)).toEqual(plan);
});

test('a ready plan becomes active', async () => {
  const { plan } = await plans.create(READY_PLAN);
  expect(plan.readiness).toEqual({ ready: true, violations: [] });
  const { plan: active } = await plans.activate(at(plan));
  expect(active).toMatchObject({ status: 'ACTIVE', version: 2, activatedAt: '2026-11-23T09:00:00.000Z' });
  expect(active.revisions.nodes[0]).toMatchObject({
    kind: 'ACTIVATED',
    changes: [
      { operation: 'CHANGED', subject: 'PLAN', field: 'status', before: 'DRAFT', after: 'ACTIVE' },
      { operation: 'CHANGED', subject: 'PLAN', field: 'policy', before: null, after: '1' },
    ],
  });
});

test('a due date in the past keeps a draft from becoming active; today is not the past', async () => {
  const { plan } = await plans.create(READY_PLAN);
  service.clock.set('2027-01-31T23:00:00.000Z');
  expect((await plans.read(plan.id)).readiness.ready).toBe(true);
  service.clock.set('2027-02-01T00:00:00.000Z');
  const { userErrors } = await plans.activate(at(plan));
  service.clock.set('2026-11-23T09:00:00.000Z');
  expect(userErrors).toMatchObject([{ code: 'SMART_TIME_BOUND', path: ['skills', '0', 'actions', '2', 'dueOn'] }]);
});

test('activating another plan archives the first', async () => {
  const first = await plans.createActive();
  const second = await plans.createActive();
  expect(second.status).toBe('ACTIVE');
  const archived = await plans.read(first.id);
  expect(archived).toMatchObject({ status: 'ARCHIVED', version: first.version + 1 });
  expect(archived.revisions.nodes[0]).toMatchObject({ kind: 'ARCHIVED', reason: 'Another plan was activated.' });
});

test('a plan that cannot be activated leaves the active one alone', async () => {
  const active = await plans.createActive();
  const { plan } = await plans.create(SAMPLE_PLAN);
  await plans.activate(at(plan));
  expect(await plans.read(active.id)).toEqual(active);
});

test('an active plan is completed with an outcome and a note', async () => {
  const active = await plans.createActive();
  const { plan } = await plans.complete({ ...at(active), outcome: 'GOAL_PARTLY_REACHED', closingNote: ' Nearly. ' });
  expect(plan).toMatchObject({
    status: 'COMPLETED',
    outcome: 'GOAL_PARTLY_REACHED',
    closingNote: 'Nearly.',
    completedAt: '2026-11-23T09:00:00.000Z',
  });
  expect(plan.revisions.nodes[0].kind).toBe('COMPLETED');
});

test('a closing note may be too long', async () => {
  const active = await plans.createActive();
  const { userErrors } = await plans.complete({
    ...at(active),
    outcome: 'GOAL_REACHED',
    closingNote: 'x'.repeat(2001),
  });
  expect(userErrors).toMatchObject([{ code: 'TEXT_TOO_LONG', path: ['closingNote'] }]);
});

describe('a transition that is not allowed says which are', () => {
  const draft = async () => (await plans.create(READY_PLAN)).plan;
  const active = () => plans.createActive();
  const archived = async () => (await plans.archive({ ...at(await draft()), reason: 'No longer wanted' })).plan;
  const completed = async () => (await plans.complete({ ...at(await active()), outcome: 'GOAL_REACHED' })).plan;
  test.each([
    ['draft to completed', draft, 'complete', /ACTIVE or ARCHIVED/],
    ['active to active', active, 'activate', /COMPLETED or ARCHIVED/],
    ['archived to active', archived, 'activate', /final/],
    ['archived to archived', archived, 'archive', /final/],
    ['completed to active', completed, 'activate', /final/],
    ['completed to archived', completed, 'archive', /final/],
  ] as const)('%s', async (_, make, mutation, message) => {
    const plan = await make();
    const outcome = mutation === 'complete' ? { outcome: 'GOAL_REACHED' } : {};
    const { userErrors } = await plans[mutation]({ ...at(plan), ...outcome });
    expect(userErrors).toMatchObject([
      { code: 'TRANSITION_NOT_ALLOWED', path: ['planId'], message: expect.stringMatching(message) },
    ]);
    expect(await plans.read(plan.id)).toEqual(plan);
  });

  test('a closed plan is not revised', async () => {
    const plan = await completed();
    const { userErrors } = await plans.revise({ ...at(plan), edits: [{ changePlan: { goal: 'Another' } }] });
    expect(userErrors).toMatchObject([{ code: 'NOT_EDITABLE' }]);
  });
});

test.each(['activate', 'archive', 'complete'] as const)(
  '%s knows unknown plans and stale versions',
  async (mutation) => {
    const { plan } = await plans.create(READY_PLAN);
    const outcome = mutation === 'complete' ? { outcome: 'GOAL_REACHED' } : {};
    const unknown = await plans[mutation]({
      planId: 'plan_01h455vb4pex5vsknk084sn02q',
      expectedVersion: 1,
      ...outcome,
    });
    expect(codes(unknown.userErrors)).toEqual(['NOT_FOUND']);
    const stale = await plans[mutation]({ planId: plan.id, expectedVersion: 7, ...outcome });
    expect(stale.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT', currentVersion: 1 }]);
  },
);

describe('at the same time', () => {
  test('many plans of one person are activated: one stays active, the others are archived', async () => {
    const drafts = await Promise.all(Array.from({ length: 8 }, () => plans.create(READY_PLAN)));
    const answers = await Promise.all(drafts.map(({ plan }) => plans.activate(at(plan))));
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    const after = await Promise.all(drafts.map(({ plan }) => plans.read(plan.id)));
    const statuses = after.map(({ status }) => status).sort();
    expect(statuses).toEqual(['ACTIVE', ...Array(7).fill('ARCHIVED')]);
  });

  test('a plan is completed while another one takes its place: both come out right, whoever is first', async () => {
    for (let round = 0; round < 10; round++) {
      const active = await plans.createActive();
      const { plan: draft } = await plans.create(READY_PLAN);
      const [completed, activated] = await Promise.all([
        plans.complete({ ...at(active), outcome: 'GOAL_REACHED' }),
        plans.activate(at(draft)),
      ]);
      expect(activated.userErrors).toEqual([]);
      const after = await plans.read(active.id);
      if (completed.plan) expect(after).toMatchObject({ status: 'COMPLETED', version: active.version + 1 });
      else {
        expect(codes(completed.userErrors)).toEqual(['VERSION_CONFLICT']);
        expect(after).toMatchObject({ status: 'ARCHIVED', version: active.version + 1 });
      }
    }
  });

  test('fifty revisions never leave a plan active and out of rule, and no acknowledged edit is lost', async () => {
    const plan = await plans.createActive();
    const actions = plan.skills.flatMap((skill: { actions: { id: string }[] }) => skill.actions);
    // Half the revisions are harmless; the other half cancel one of the two EXPOSURE actions. The mix stands one of
    // those cancellations (4/1/1), and not both (4/0/1): the second must be refused, however they interleave.
    const edits = Array.from({ length: 50 }, (_, number) => {
      const action = actions[number % 2 === 0 ? (number / 2) % actions.length : [2, 6][((number - 1) / 2) % 2]!];
      return number % 2 === 0
        ? { changeAction: { actionId: action.id, description: `Revision ${number}` } }
        : { cancelAction: { actionId: action.id } };
    });

    /** Tries as a client does: reads the plan again when somebody was faster. */
    const persist = async (edit: object): Promise<{ edit: object; version: number | null; codes: string[] }> => {
      for (;;) {
        const { version } = await plans.read(plan.id);
        const answer = await plans.revise({ planId: plan.id, expectedVersion: version, edits: [edit] });
        if (answer.userErrors[0]?.code === 'VERSION_CONFLICT') continue;
        return { edit, version: answer.plan?.version ?? null, codes: codes(answer.userErrors) };
      }
    };
    const watch = { readyWhileActive: true };
    const outcomes = await Promise.all(
      edits.map(async (edit) => {
        const outcome = await persist(edit);
        const seen = await plans.read(plan.id);
        if (seen.status === 'ACTIVE' && !seen.readiness.ready) watch.readyWhileActive = false;
        return outcome;
      }),
    );

    const after = await plans.read(plan.id);
    expect(watch.readyWhileActive).toBe(true);
    expect(after).toMatchObject({ status: 'ACTIVE', readiness: { ready: true } });
    const kept = outcomes.filter(({ version }) => version !== null);
    const refused = outcomes.filter(({ version }) => version === null);
    expect(new Set(kept.map(({ version }) => version)).size).toBe(kept.length);
    expect(after.version).toBe(plan.version + kept.length);
    expect(after.revisions.nodes).toHaveLength(after.version);
    // Every acknowledged edit is in the history, in the revision that it was acknowledged with.
    for (const { edit, version } of kept) {
      const { changes } = after.revisions.nodes.find((node: { version: number }) => node.version === version);
      const [change] = Object.values(edit) as [{ actionId: string; description?: string }];
      expect(changes).toContainEqual(
        expect.objectContaining({ subjectId: change.actionId, after: change.description ?? 'CANCELLED' }),
      );
    }
    const cancellations = kept.filter(({ edit }) => 'cancelAction' in edit);
    expect(cancellations).toHaveLength(1);
    for (const { codes: reasons } of refused) {
      expect([['ACTION_MIX'], ['ACTION_CANCELLED']]).toContainEqual(reasons);
    }
  }, 120_000);
});
