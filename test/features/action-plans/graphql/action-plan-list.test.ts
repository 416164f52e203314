import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { planMutations, READY_PLAN } from '../../../support/plans.js';
import { ALLY, HR_ADMIN, MORGAN, SASHA, startTestService, type TestService } from '../../../support/service.js';

let service: TestService;
const made: Record<string, string> = {};

beforeAll(async () => {
  service = await startTestService();
  const plans = planMutations(service);
  const create = async (name: string, change: object = {}, as = ALLY) => {
    service.clock.advance(1);
    const { plan } = await planMutations(service, as).create({ ...READY_PLAN, ...change });
    made[name] = plan.id;
    return plan;
  };
  await create("Ally's draft");
  const active = await create("Ally's active plan");
  await plans.activate({ planId: active.id, expectedVersion: 1 });
  const old = await create("Ally's old plan", { targetRole: { externalId: 'R-SALES-MANAGER' } });
  await plans.archive({ planId: old.id, expectedVersion: 1 });
  const morgans = { employee: { externalId: 'morgan.summit' }, skills: [{ skill: { externalId: 'S-SQL' } }] };
  await create("Morgan's draft", morgans, MORGAN);
  const sashas = { employee: { externalId: 'sasha.trail' }, skills: [], targetRole: null };
  await create("Sasha's plan without anything", sashas, SASHA);
});
afterAll(() => service.close());

const nameOf = (id: string) => Object.keys(made).find((name) => made[name] === id);
const list = async (filter: object | null, page: object = {}) => {
  const query = `query ($filter: ActionPlanFilter, $first: Int, $after: String, $last: Int, $before: String) {
    actionPlans(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } } }`;
  const { data } = await service.ask(query, { filter, ...page }, HR_ADMIN);
  return { ...data.actionPlans, names: data.actionPlans.nodes.map(({ id }: { id: string }) => nameOf(id)) };
};
const ALL = [
  "Sasha's plan without anything",
  "Morgan's draft",
  "Ally's old plan",
  "Ally's active plan",
  "Ally's draft",
];

test('lists plans, the newest first', async () => {
  expect((await list(null)).names).toEqual(ALL);
});

test('lists them page by page, both ways', async () => {
  const first = await list(null, { first: 2 });
  expect(first.names).toEqual(ALL.slice(0, 2));
  expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  const second = await list(null, { first: 3, after: first.pageInfo.endCursor });
  expect(second.names).toEqual(ALL.slice(2));
  expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  const back = await list(null, { last: 1, before: second.pageInfo.startCursor });
  expect(back.names).toEqual(ALL.slice(1, 2));
  expect(back.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
});

describe('filters', () => {
  test.each<[string, object, string[]]>([
    ['by employee', { employee: { externalId: 'ally.adventure' } }, ALL.slice(2)],
    ['by manager', { manager: { externalId: 'morgan.summit' } }, ALL.slice(2)],
    ['by target role', { targetRole: { externalId: 'R-SALES-MANAGER' } }, ["Ally's old plan"]],
    ['by skill', { skill: { externalId: 'S-SQL' } }, ["Morgan's draft"]],
    ['by status', { statuses: ['ACTIVE', 'ARCHIVED'] }, ["Ally's old plan", "Ally's active plan"]],
    ['by no status', { statuses: [] }, []],
    [
      'by all at once',
      { employee: { externalId: 'ally.adventure' }, statuses: ['DRAFT'], skill: { externalId: 'S-PUBLIC-SPEAKING' } },
      ["Ally's draft"],
    ],
    ['by somebody unknown', { employee: { externalId: 'nobody' } }, []],
  ])('%s', async (_, filter, names) => {
    expect((await list(filter)).names).toEqual(names);
  });
});

test('a person has all their plans, and the active one', async () => {
  const query =
    '{ employee(ref: { externalId: "ally.adventure" }) { actionPlans { nodes { id } } activeActionPlan { id } } }';
  const { employee } = (await service.ask(query)).data;
  expect(employee.actionPlans.nodes.map(({ id }: { id: string }) => nameOf(id))).toEqual(ALL.slice(2));
  expect(nameOf(employee.activeActionPlan.id)).toBe("Ally's active plan");
});
