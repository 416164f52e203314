import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DEFAULT_PLAN_POLICY_TERMS } from '../../../../src/features/action-plans/domain/plan-policy.js';
import { planMutations, SAMPLE_PLAN } from '../../../support/plans.js';
import { ALLY, HR_ADMIN, startTestService, type TestService } from '../../../support/service.js';

let service: TestService;
beforeEach(async () => {
  await service?.close();
  service = await startTestService();
});
afterAll(() => service.close());

const TERMS = `version minSkills maxSkills minActionsPerSkill maxActionsPerSkill
  experiencePercent exposurePercent educationPercent slack`;
const UPDATE = `mutation ($input: UpdatePlanPolicyInput!) { updatePlanPolicy(input: $input) {
  planPolicy { id ${TERMS} } userErrors { code message path currentVersion } } }`;

const policy = async () => (await service.ask(`{ planPolicy { id ${TERMS} } }`)).data.planPolicy;
const update = async (input: object) => (await service.ask(UPDATE, { input }, HR_ADMIN)).data.updatePlanPolicy;

test('starts as the 70/20/10 rule for two to three skills', async () => {
  expect(await policy()).toEqual({
    id: expect.stringMatching(/^policy_/),
    version: 1,
    minSkills: 2,
    maxSkills: 3,
    minActionsPerSkill: 1,
    maxActionsPerSkill: 5,
    experiencePercent: 70,
    exposurePercent: 20,
    educationPercent: 10,
    slack: 0,
  });
});

test('starts with the terms that the domain names as the default', async () => {
  expect(await policy()).toMatchObject(DEFAULT_PLAN_POLICY_TERMS);
});

test('changes what is given, as a new version, and keeps the old one', async () => {
  const first = await policy();
  const { planPolicy, userErrors } = await update({
    expectedVersion: 1,
    experiencePercent: 60,
    exposurePercent: 30,
    slack: null,
  });
  expect(userErrors).toEqual([]);
  expect(planPolicy).toEqual({ ...first, id: planPolicy.id, version: 2, experiencePercent: 60, exposurePercent: 30 });
  expect(await policy()).toEqual(planPolicy);
  const query = `query ($id: ID!) { node(id: $id) { ... on PlanPolicy { id ${TERMS} } } }`;
  expect((await service.ask(query, { id: first.id })).data.node).toEqual(first);
});

test('stays as it is when nothing of it changes', async () => {
  const { planPolicy, userErrors } = await update({ expectedVersion: 1, slack: 0 });
  expect(userErrors).toEqual([]);
  expect(planPolicy).toEqual(await policy());
  expect(planPolicy.version).toBe(1);
});

test('judges drafts and the live meter at once', async () => {
  const plans = planMutations(service);
  const { plan } = await plans.create(SAMPLE_PLAN);
  await update({ expectedVersion: 1, minSkills: 1, experiencePercent: 40, exposurePercent: 40, educationPercent: 20 });
  const after = await plans.read(plan.id);
  expect(after.mix.compliant).toBe(true);
  expect(after.readiness.violations.map(({ rule }: { rule: string }) => rule)).not.toContain('SKILL_COUNT');
  const query = '{ checkActionMix(experience: 2, exposure: 2, education: 1) { compliant shares { targetPercent } } }';
  expect((await service.ask(query)).data.checkActionMix).toEqual({
    compliant: true,
    shares: [{ targetPercent: 40 }, { targetPercent: 40 }, { targetPercent: 20 }],
  });
});

describe('refuses', () => {
  test.each([
    ['shares that do not sum to 100', { experiencePercent: 71 }, ['experiencePercent']],
    ['a share above 100', { experiencePercent: 101 }, ['experiencePercent']],
    ['a share below 0', { educationPercent: -1 }, ['educationPercent']],
    ['a fourth skill', { maxSkills: 4 }, ['maxSkills']],
    ['no skill', { minSkills: 0 }, ['minSkills']],
    ['fewer at most than at least', { maxSkills: 1 }, ['minSkills']],
    ['eleven actions for a skill', { maxActionsPerSkill: 11 }, ['maxActionsPerSkill']],
    ['a slack of eleven', { slack: 11 }, ['slack']],
  ])('%s', async (_, change, path) => {
    const before = await policy();
    const { planPolicy, userErrors } = await update({ expectedVersion: 1, ...change });
    expect(planPolicy).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'OUT_OF_RANGE', path }]);
    expect(await policy()).toEqual(before);
  });

  test('everybody but HR admins', async () => {
    const { status, errors } = await service.ask(UPDATE, { input: { expectedVersion: 1, slack: 1 } }, ALLY);
    expect(status).toBe(403);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  test('all but one of many changes at the same time', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map((slack) => update({ expectedVersion: 1, slack })));
    const kept = answers.filter(({ planPolicy }) => planPolicy);
    expect(kept).toHaveLength(1);
    for (const { userErrors } of answers.filter(({ planPolicy }) => !planPolicy)) {
      expect(userErrors).toMatchObject([{ code: 'VERSION_CONFLICT', currentVersion: 2, path: ['expectedVersion'] }]);
    }
    expect(await policy()).toEqual(kept[0].planPolicy);
  });
});
