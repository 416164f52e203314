import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PLAN, planMutations, READY_PLAN } from '../../../support/plans.js';
import { ALLY, MORGAN, startTestService, type TestService } from '../../../support/service.js';

let service: TestService;
let plans: ReturnType<typeof planMutations>;
beforeAll(async () => {
  service = await startTestService();
  plans = planMutations(service);
});
afterAll(() => service.close());

const RECORD = `
  mutation ($input: RecordProgressInput!) { recordProgress(input: $input) {
    progressUpdate { id percentComplete status note occurredAt createdAt author { externalId } action { id } }
    action { id status percentComplete latestUpdate { id } }
    plan { ...Plan }
    userErrors { code message path } } } ${PLAN}`;

// biome-ignore lint/suspicious/noExplicitAny: tests look into plans of any shape
let plan: any;
beforeEach(async () => {
  service.clock.set('2026-11-23T09:00:00.000Z');
  plan = await plans.createActive();
});
const actionId = (skill: number, position: number) => plan.skills[skill].actions[position].id;

async function record(input: object, as = ALLY) {
  const answer = await service.ask(RECORD, { input }, as);
  expect(answer.errors).toBeUndefined();
  return answer.data.recordProgress;
}

async function updatesOf(id: string) {
  const query = `query ($id: ID!) { node(id: $id) { ... on Action { status percentComplete
    latestUpdate { id note } updates(first: 100) { nodes { id note percentComplete status } } } } }`;
  return (await service.ask(query, { id })).data.node;
}

test('shows in every roll-up, at once and afterwards', async () => {
  const first = await record({ actionId: actionId(0, 0), percentComplete: 50, note: ' Half way. ' });
  expect(first).toMatchObject({
    userErrors: [],
    progressUpdate: {
      percentComplete: 50,
      status: 'IN_PROGRESS',
      note: 'Half way.',
      occurredAt: '2026-11-23T09:00:00.000Z',
      author: { externalId: 'ally.adventure' },
      action: { id: actionId(0, 0) },
    },
    action: { id: actionId(0, 0), status: 'IN_PROGRESS', percentComplete: 50 },
    // Four actions in the first skill: 50 / 4; two skills: 12.5 / 2.
    plan: { percentComplete: 6.25, skills: [{ percentComplete: 12.5 }, { percentComplete: 0 }] },
  });
  expect(first.action.latestUpdate.id).toBe(first.progressUpdate.id);
  service.clock.advance(60);
  const second = await record({ actionId: actionId(1, 2), status: 'DONE' }, MORGAN);
  expect(second).toMatchObject({
    progressUpdate: { percentComplete: 100, author: { externalId: 'morgan.summit' } },
    plan: { percentComplete: 22.92, skills: [{ percentComplete: 12.5 }, { percentComplete: 33.33 }] },
  });
  expect(await plans.read(plan.id)).toEqual(second.plan);
});

test('does not change the version of the plan', async () => {
  expect((await record({ actionId: actionId(0, 0), percentComplete: 10 })).plan.version).toBe(plan.version);
});

test('is appended: a correction is a new entry, and the latest by when it occurred counts', async () => {
  const id = actionId(0, 0);
  const notes: string[] = [];
  const entry = async (percentComplete: number, occurredAt: string, note: string) => {
    service.clock.advance(1);
    notes.push(note);
    await record({ actionId: id, percentComplete, occurredAt, note });
  };
  await entry(60, '2026-11-20T10:00:00Z', 'third');
  await entry(100, '2026-11-10T12:00:00+02:00', 'late entry about the past');
  expect(await updatesOf(id)).toMatchObject({
    percentComplete: 60,
    status: 'IN_PROGRESS',
    latestUpdate: { note: 'third' },
  });
  await entry(40, '2026-11-20T10:00:00Z', 'correction at the same moment');
  const after = await updatesOf(id);
  expect(after).toMatchObject({ percentComplete: 40, latestUpdate: { note: 'correction at the same moment' } });
  expect(after.updates.nodes.map(({ note }: { note: string }) => note)).toEqual([
    'correction at the same moment',
    'third',
    'late entry about the past',
  ]);
});

test('of the last action suggests completion, and does not force it', async () => {
  const actions = plan.skills.flatMap((skill: typeof plan) => skill.actions);
  for (const [place, { id }] of actions.entries()) {
    const { plan: after } = await record({ actionId: id, percentComplete: 100 });
    expect(after.completionSuggested).toBe(place === actions.length - 1);
    expect(after.status).toBe('ACTIVE');
  }
  expect(await plans.read(plan.id)).toMatchObject({ percentComplete: 100, completionSuggested: true });
});

describe('is refused, and nothing is kept,', () => {
  test.each([
    ['below 0', { percentComplete: -1 }, 'PERCENT_OUT_OF_RANGE', 'percentComplete'],
    ['above 100', { percentComplete: 101 }, 'PERCENT_OUT_OF_RANGE', 'percentComplete'],
    ['done at 90', { percentComplete: 90, status: 'DONE' }, 'STATUS_DISAGREES', 'status'],
    ['in progress at 100', { percentComplete: 100, status: 'IN_PROGRESS' }, 'STATUS_DISAGREES', 'status'],
    ['not started at 5', { percentComplete: 5, status: 'NOT_STARTED' }, 'STATUS_DISAGREES', 'status'],
    ['cancelled', { status: 'CANCELLED' }, 'STATUS_NOT_ALLOWED', 'status'],
    ['without saying how far', {}, 'PROGRESS_INCOMPLETE', 'percentComplete'],
    ['in the future', { percentComplete: 5, occurredAt: '2026-11-23T09:01:01Z' }, 'OCCURRED_IN_FUTURE', 'occurredAt'],
    ['before 1970', { percentComplete: 5, occurredAt: '1969-12-31T23:59:59Z' }, 'OUT_OF_RANGE', 'occurredAt'],
    [
      'late, in progress, without a percent',
      { status: 'IN_PROGRESS', occurredAt: '2026-11-01T09:00:00Z' },
      'PROGRESS_INCOMPLETE',
      'percentComplete',
    ],
    ['with a long note', { percentComplete: 5, note: 'x'.repeat(2001) }, 'NOTE_TOO_LONG', 'note'],
    ['with a long key', { percentComplete: 5, idempotencyKey: 'x'.repeat(201) }, 'OUT_OF_RANGE', 'idempotencyKey'],
    [
      'for an unknown action',
      { actionId: 'action_01h455vb4pex5vsknk084sn02q', percentComplete: 5 },
      'NOT_FOUND',
      'actionId',
    ],
  ])('%s', async (_, input, code, field) => {
    const answer = await record({ actionId: actionId(0, 0), ...input });
    expect(answer).toMatchObject({ progressUpdate: null, action: null, plan: null });
    expect(answer.userErrors).toEqual([{ code, path: [field], message: expect.stringMatching(/.{15,}\.$/s) }]);
    expect((await updatesOf(actionId(0, 0))).updates.nodes).toEqual([]);
  });

  test('on a draft', async () => {
    const draft = (await plans.create(READY_PLAN)).plan;
    const { userErrors } = await record({ actionId: draft.skills[0].actions[0].id, percentComplete: 5 });
    expect(userErrors).toMatchObject([{ code: 'PLAN_NOT_ACTIVE', message: expect.stringContaining('DRAFT') }]);
  });

  test('on a cancelled action', async () => {
    const id = actionId(1, 2); // 4/1/1 without it
    const edits = [{ cancelAction: { actionId: id } }];
    expect((await plans.revise({ planId: plan.id, expectedVersion: plan.version, edits })).userErrors).toEqual([]);
    expect((await record({ actionId: id, percentComplete: 5 })).userErrors).toMatchObject([
      { code: 'ACTION_CANCELLED' },
    ]);
  });
});

describe('a retried entry', () => {
  test('with the same key and input is the first one, also at the same moment', async () => {
    const input = { actionId: actionId(0, 0), percentComplete: 20, idempotencyKey: 'progress-1' };
    const answers = await Promise.all(Array.from({ length: 6 }, () => record(input)));
    expect(new Set(answers.map(({ progressUpdate }) => progressUpdate.id)).size).toBe(1);
    expect((await updatesOf(actionId(0, 0))).updates.nodes).toHaveLength(1);
  });

  test('with another input is refused', async () => {
    await record({ actionId: actionId(0, 0), percentComplete: 20, idempotencyKey: 'progress-2' });
    const { userErrors } = await record({
      actionId: actionId(0, 0),
      percentComplete: 30,
      idempotencyKey: 'progress-2',
    });
    expect(userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });

  test("does not meet another person's key", async () => {
    const input = { actionId: actionId(0, 0), percentComplete: 20, idempotencyKey: 'progress-3' };
    const [first, second] = [await record(input), await record(input, MORGAN)];
    expect(first.progressUpdate.id).not.toBe(second.progressUpdate.id);
  });
});

test('entries of one action at the same time are all kept, and the latest counts', async () => {
  const id = actionId(0, 0);
  const percents = Array.from({ length: 20 }, (_, number) => number * 3);
  await Promise.all(
    percents.map((percentComplete, number) =>
      record({ actionId: id, percentComplete, occurredAt: new Date(Date.UTC(2026, 10, 1, 0, number)).toISOString() }),
    ),
  );
  const after = await updatesOf(id);
  expect(after.percentComplete).toBe(57);
  expect(after.updates.nodes.map(({ percentComplete }: { percentComplete: number }) => percentComplete)).toEqual(
    percents.toReversed(),
  );
});

test('progress on a skill that is taken out of the plan is kept, and in nobody’s way', async () => {
  const { progressUpdate } = await record({ actionId: actionId(0, 0), percentComplete: 20 });
  const edits = [
    { addSkill: { ...READY_PLAN.skills[0], skill: { externalId: 'S-SQL' } } },
    { removeSkill: { planSkill: { id: plan.skills[0].id } } },
  ];
  const { userErrors } = await plans.revise({ planId: plan.id, expectedVersion: plan.version, edits });
  expect(userErrors).toEqual([]);
  const query = 'query ($id: ID!) { node(id: $id) { ... on ProgressUpdate { percentComplete action { id } } } }';
  expect((await service.ask(query, { id: progressUpdate.id })).data.node).toEqual({
    percentComplete: 20,
    action: null,
  });
  const { userErrors: refused } = await record({ actionId: actionId(0, 0), percentComplete: 30 });
  expect(refused).toMatchObject([{ code: 'NOT_FOUND' }]);
});

test('two entries in one request each answer with what there is then', async () => {
  const mutation = `mutation ($first: RecordProgressInput!, $second: RecordProgressInput!) {
    first: recordProgress(input: $first) { ...Outcome }
    second: recordProgress(input: $second) { ...Outcome }
  }
  fragment Outcome on RecordProgressPayload {
    action { percentComplete latestUpdate { note } updates { nodes { note } } }
    plan { percentComplete skills { actions { smart { met } plan { percentComplete } } } }
  }`;
  const { data } = await service.ask(mutation, {
    first: { actionId: actionId(0, 0), percentComplete: 50, note: 'one' },
    second: { actionId: actionId(0, 0), percentComplete: 100, note: 'two' },
  });
  expect(data).toMatchObject({
    first: { action: { percentComplete: 50, latestUpdate: { note: 'one' } }, plan: { percentComplete: 6.25 } },
    second: {
      action: {
        percentComplete: 100,
        latestUpdate: { note: 'two' },
        updates: { nodes: [{ note: 'two' }, { note: 'one' }] },
      },
      plan: { percentComplete: 12.5 },
    },
  });
  expect(data.second.plan.skills[0].actions[0].plan.percentComplete).toBe(12.5);
});

test('an entry from a clock that runs ahead does not hide the next one', async () => {
  const id = actionId(0, 0);
  const ahead = await record({ actionId: id, percentComplete: 10, occurredAt: '2026-11-23T09:00:55Z' });
  expect(ahead.progressUpdate.occurredAt).toBe('2026-11-23T09:00:00.000Z');
  service.clock.advance(1);
  expect((await record({ actionId: id, status: 'DONE' })).action.status).toBe('DONE');
});

test('after any history an action is its latest entry by when it occurred, then by when it was written', async () => {
  const entries = fc.array(fc.record({ minute: fc.nat(3), percent: fc.nat(100) }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(entries, async (history) => {
      service.clock.set('2026-11-23T09:00:00.000Z');
      plan = await plans.createActive();
      const id = actionId(0, 0);
      for (const { minute, percent } of history) {
        service.clock.advance(1);
        await record({ actionId: id, percentComplete: percent, occurredAt: `2026-11-22T10:0${minute}:00Z` });
      }
      // Stated otherwise than in SQL: a stable sort keeps the order of writing among entries of the same minute.
      const inOrder = history.toSorted((one, other) => one.minute - other.minute).map(({ percent }) => percent);
      const after = await updatesOf(id);
      expect(after.percentComplete).toBe(inOrder.at(-1));
      expect(after.updates.nodes.map((update: { percentComplete: number }) => update.percentComplete)).toEqual(
        inOrder.toReversed(),
      );
      expect(after.latestUpdate.id).toBe(after.updates.nodes[0].id);
    }),
    { numRuns: 12 },
  );
});
