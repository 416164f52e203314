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

describe("Ally's sample", () => {
  test('goes in as a draft, and what it lacks is named', async () => {
    const { plan, userErrors } = await plans.create(SAMPLE_PLAN);
    expect(userErrors).toEqual([]);
    expect(plan).toMatchObject({
      status: 'DRAFT',
      version: 1,
      employee: { externalId: 'ally.adventure' },
      targetRole: { externalId: 'R-MARKETING-ASSOCIATE' },
      percentComplete: 0,
    });
    expect(plan.id).toMatch(/^plan_[0-9a-hjkmnp-tv-z]{26}$/);
    const { readiness, mix } = plan;
    expect(readiness.ready).toBe(false);
    const rules = readiness.violations.map((violation: { rule: string; path: string[] }) => [
      violation.rule,
      violation.path.join('.'),
    ]);
    expect(rules).toEqual([
      ['SKILL_COUNT', 'skills'],
      ['ACTION_MIX', 'skills'],
      ...[0, 1, 2, 3, 4].flatMap((place) => {
        const action = `skills.0.actions.${place}`;
        return [
          ['SMART_MEASURABLE', `${action}.successMeasure`],
          ...(place === 4 ? [['SMART_ACTIONABLE', `${action}.title`]] : []),
          ['SMART_RELEVANT', `${action}.expectedOutcome`],
          ...(place === 2 ? [] : [['SMART_TIME_BOUND', `${action}.dueOn`]]),
        ];
      }),
    ]);
    expect(mix).toMatchObject({ total: 5, compliant: false, toComply: [{ category: 'EXPERIENCE', change: 2 }] });
  });

  test('is read again as it was written', async () => {
    const { plan } = await plans.create(SAMPLE_PLAN);
    expect(await plans.read(plan.id)).toEqual(plan);
    expect(plan.skills[0].actions.map(({ title }: { title: string }) => title)).toEqual(
      SAMPLE_PLAN.skills[0]!.actions.map(({ title }) => title),
    );
    expect(plan.revisions.nodes).toMatchObject([
      { version: 1, kind: 'CREATED', author: { externalId: 'ally.adventure' } },
    ]);
  });
});

test('a plan may be hardly more than a goal', async () => {
  const { plan } = await plans.create({ employee: { externalId: 'ally.adventure' }, goal: '  Find a direction  ' });
  expect(plan).toMatchObject({ goal: 'Find a direction', skills: [], status: 'DRAFT' });
});

describe('an absurd plan is refused, and nothing of it is kept', () => {
  const skill = (externalId: string, actions: object[] = []) => ({ skill: { externalId }, actions });
  const action = { kind: 'COURSE', title: 'Take a course' };
  const four = ['S-SQL', 'S-NEGOTIATION', 'S-STORYTELLING', 'S-PUBLIC-SPEAKING'].map((id) => skill(id));
  test.each([
    ['a fourth skill', { skills: four }, 'TOO_MANY_SKILLS', ['skills', '3']],
    ['a skill twice', { skills: [skill('S-SQL'), skill('S-SQL')] }, 'DUPLICATE_SKILL', ['skills', '1', 'skill']],
    [
      'an end before its start',
      { skills: [skill('S-SQL', [{ ...action, startOn: '2027-02-01', dueOn: '2027-01-31' }])] },
      'END_BEFORE_START',
      ['skills', '0', 'actions', '0', 'dueOn'],
    ],
    ['31 actions', { skills: [skill('S-SQL', Array(31).fill(action))] }, 'TOO_MANY_ACTIONS', ['skills']],
    ['no goal', { goal: ' \n ' }, 'TEXT_REQUIRED', ['goal']],
    ['a long goal', { goal: 'x'.repeat(501) }, 'TEXT_TOO_LONG', ['goal']],
    [
      'an action without a title',
      { skills: [skill('S-SQL', [{ kind: 'COURSE', title: '' }])] },
      'TEXT_REQUIRED',
      ['skills', '0', 'actions', '0', 'title'],
    ],
    ['an unknown employee', { employee: { externalId: 'nobody' } }, 'NOT_FOUND', ['employee']],
    ['an unknown role', { targetRole: { externalId: 'R-NONE' } }, 'NOT_FOUND', ['targetRole']],
    ['an unknown skill', { skills: [skill('S-SQL'), skill('S-NONE')] }, 'NOT_FOUND', ['skills', '1', 'skill']],
  ])('%s', async (_, change, code, path) => {
    const count = async () =>
      (await service.ask('{ actionPlans(first: 100) { nodes { id } } }')).data.actionPlans.nodes;
    const before = await count();
    const { plan, userErrors } = await plans.create({ ...READY_PLAN, ...change });
    expect(plan).toBeNull();
    expect(userErrors).toEqual([{ code, path, message: expect.stringMatching(/.{15,}\.$/s), currentVersion: null }]);
    expect(await count()).toEqual(before);
  });

  test('everything that is wrong is told at once', async () => {
    const { userErrors } = await plans.create({
      employee: { externalId: 'nobody' },
      goal: '',
      targetRole: { externalId: 'R-NONE' },
      skills: [skill('S-NONE', [{ kind: 'COURSE', title: '' }])],
    });
    expect(userErrors.map(({ code, path }) => [code, path.join('.')])).toEqual([
      ['NOT_FOUND', 'employee'],
      ['NOT_FOUND', 'targetRole'],
      ['NOT_FOUND', 'skills.0.skill'],
      ['TEXT_REQUIRED', 'goal'],
      ['TEXT_REQUIRED', 'skills.0.actions.0.title'],
    ]);
  });

  test('30 actions and three skills are allowed', async () => {
    const ten = Array.from({ length: 10 }, (_, place) => ({ ...action, title: `Take course number ${place}` }));
    const skills = ['S-SQL', 'S-NEGOTIATION', 'S-STORYTELLING'].map((id) => skill(id, ten));
    expect((await plans.create({ ...READY_PLAN, skills })).userErrors).toEqual([]);
  });
});

describe('a retried call', () => {
  test('with the same key and input returns the first plan', async () => {
    const input = { ...READY_PLAN, idempotencyKey: 'retry-1' };
    const first = await plans.create(input);
    const second = await plans.create(input);
    expect(second.plan).toEqual(first.plan);
  });

  test('at the same moment creates one plan', async () => {
    const input = { ...READY_PLAN, goal: 'Created at once', idempotencyKey: 'retry-2' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => plans.create(input)));
    expect(new Set(answers.map(({ plan }) => plan.id)).size).toBe(1);
  });

  test('with another input is refused', async () => {
    await plans.create({ ...READY_PLAN, idempotencyKey: 'retry-3' });
    const { plan, userErrors } = await plans.create({ ...READY_PLAN, goal: 'Another', idempotencyKey: 'retry-3' });
    expect(plan).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED', path: ['idempotencyKey'] }]);
  });

  test('may leave out what it gave as null', async () => {
    const first = await plans.create({ ...READY_PLAN, targetRole: null, idempotencyKey: 'retry-5' });
    const { targetRole: _, ...without } = READY_PLAN;
    expect((await plans.create({ ...without, idempotencyKey: 'retry-5' })).plan.id).toBe(first.plan.id);
  });

  test('may have a key of 200 characters, whatever they are', async () => {
    expect((await plans.create({ ...READY_PLAN, idempotencyKey: '\u{1F331}'.repeat(200) })).userErrors).toEqual([]);
  });

  test('after a refusal may use the key again', async () => {
    const refused = await plans.create({ ...READY_PLAN, goal: '', idempotencyKey: 'retry-4' });
    expect(refused.userErrors).toHaveLength(1);
    expect((await plans.create({ ...READY_PLAN, idempotencyKey: 'retry-4' })).userErrors).toEqual([]);
  });

  test.each([[''], ['x'.repeat(201)]])('with a key out of bounds is refused', async (idempotencyKey) => {
    const { userErrors } = await plans.create({ ...READY_PLAN, idempotencyKey });
    expect(userErrors).toMatchObject([{ code: 'OUT_OF_RANGE', path: ['idempotencyKey'] }]);
  });
});
