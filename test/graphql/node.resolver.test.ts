import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isObjectType } from 'graphql';
import { buildSchema } from '../../src/graphql/build-schema.js';
import { resolvers } from '../../src/resolvers.js';
import { encodeTypedId } from '../../src/shared/typed-id.js';
import { ALLY, HRIS, startTestService, type TestService } from '../support/service.js';

const action = (kind: string, title: string) => ({
  kind,
  title,
  successMeasure: 'Five customers have answered in writing',
  dueOn: '2027-03-31',
});

const PLAN = {
  employee: { externalId: 'ally.adventure' },
  goal: 'Move into a marketing role',
  targetOn: '2027-06-30',
  skills: [
    {
      skill: { externalId: 'S-PRODUCT-MESSAGING' },
      outcome: 'Writes messages that customers answer',
      actions: [action('SPECIAL_PROJECT', 'Write the messages for the spring campaign')],
    },
    {
      skill: { externalId: 'S-PUBLIC-SPEAKING' },
      outcome: 'Speaks without notes',
      actions: [action('STRETCH_ASSIGNMENT', 'Present the spring range to the whole sales team')],
    },
  ],
};

let service: TestService;
/** An id of something of each type, by the type. */
let idOf: Record<string, string>;

async function ask(query: string, variables?: object, as = ALLY) {
  const { data, errors } = await service.ask(query, variables, as);
  expect(errors).toBeUndefined();
  return data;
}

beforeAll(async () => {
  service = await startTestService();
  const { createActionPlan } = await ask(
    `mutation ($input: CreateActionPlanInput!) {
      createActionPlan(input: $input) {
        plan {
          id version employee { id department { id } role { id } }
          skills { id skill { id } actions { id } } policy { id } revisions(first: 1) { nodes { id } }
        }
        userErrors { message }
      }
    }`,
    { input: PLAN },
  );
  expect(createActionPlan.userErrors).toEqual([]);
  const { plan } = createActionPlan;
  const activated = await ask(
    'mutation ($input: ActivateActionPlanInput!) { activateActionPlan(input: $input) { plan { status } userErrors { message } } }',
    { input: { planId: plan.id, expectedVersion: plan.version } },
  );
  expect(activated.activateActionPlan).toEqual({ plan: { status: 'ACTIVE' }, userErrors: [] });
  const { recordProgress } = await ask(
    'mutation ($input: RecordProgressInput!) { recordProgress(input: $input) { progressUpdate { id } userErrors { message } } }',
    { input: { actionId: plan.skills[0].actions[0].id, percentComplete: 10 } },
  );
  expect(recordProgress.userErrors).toEqual([]);
  idOf = {
    Employee: plan.employee.id,
    Department: plan.employee.department.id,
    Role: plan.employee.role.id,
    Skill: plan.skills[0].skill.id,
    ActionPlan: plan.id,
    PlanSkill: plan.skills[0].id,
    Action: plan.skills[0].actions[0].id,
    PlanPolicy: plan.policy.id,
    PlanRevision: plan.revisions.nodes[0].id,
    ProgressUpdate: recordProgress.progressUpdate.id,
  };
});
afterAll(() => service.close());

const NODE = 'query ($id: ID!) { node(id: $id) { __typename id } }';
const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';

/** A well-formed id of the same type, of something that is not there. */
const unknownLike = (id: string): string =>
  encodeTypedId(id.slice(0, id.lastIndexOf('_')), '01900000-0000-7000-8000-0000000000ff');

const typesWithIdentity = Object.values(buildSchema(resolvers).getTypeMap())
  .filter(isObjectType)
  .filter((type) => type.getInterfaces().some(({ name }) => name === 'Node'))
  .map(({ name }) => name);

describe.each(typesWithIdentity)('%s', (typename) => {
  test('is found by its id', async () => {
    const id = idOf[typename]!;
    expect((await ask(NODE, { id })).node).toEqual({ __typename: typename, id });
  });

  test('is null for an id of nothing', async () => {
    expect((await ask(NODE, { id: unknownLike(idOf[typename]!) })).node).toBeNull();
  });
});

test('the ids of different types begin differently', () => {
  const prefixes = Object.values(idOf).map((id) => id.slice(0, id.lastIndexOf('_')));
  expect(new Set(prefixes).size).toBe(typesWithIdentity.length);
});

test('a node has all fields of its type', async () => {
  const { node } = await ask(
    `query ($id: ID!) {
      node(id: $id) {
        id
        ... on ActionPlan { goal skills { rank skill { name } actions { title latestUpdate { percentComplete } } } percentComplete }
      }
    }`,
    { id: idOf['ActionPlan'] },
  );
  expect(node).toEqual({
    id: idOf['ActionPlan'],
    goal: 'Move into a marketing role',
    percentComplete: 5,
    skills: [
      {
        rank: 1,
        skill: { name: 'Product messaging' },
        actions: [{ title: 'Write the messages for the spring campaign', latestUpdate: { percentComplete: 10 } }],
      },
      {
        rank: 2,
        skill: { name: 'Public speaking' },
        actions: [{ title: 'Present the spring range to the whole sales team', latestUpdate: null }],
      },
    ],
  });
});

test('what lies within a plan leads back to it', async () => {
  const { nodes } = await ask(
    `query ($ids: [ID!]!) {
      nodes(ids: $ids) { ... on Action { plan { id } planSkill { id } } ... on PlanSkill { plan { id } } ... on ProgressUpdate { action { id plan { id } } } }
    }`,
    { ids: [idOf['Action'], idOf['PlanSkill'], idOf['ProgressUpdate']] },
  );
  const plan = { id: idOf['ActionPlan'] };
  expect(nodes).toEqual([
    { plan, planSkill: { id: idOf['PlanSkill'] } },
    { plan },
    { action: { id: idOf['Action'], plan } },
  ]);
});

describe('nodes', () => {
  test('come in the order of their ids, null where there is nothing, twice where asked for twice', async () => {
    const known = Object.entries(idOf).reverse();
    const expected = known.flatMap(([__typename, id]) => [{ __typename, id }, null, { __typename, id }]);
    const ids = known.flatMap(([, id]) => [id, unknownLike(id), id]);
    expect((await ask(NODES, { ids })).nodes).toEqual(expected);
  });

  test('may be none', async () => {
    expect((await ask(NODES, { ids: [] })).nodes).toEqual([]);
  });

  test('are 100 at most', async () => {
    const id = idOf['Employee']!;
    expect((await ask(NODES, { ids: Array.from({ length: 100 }, () => id) })).nodes).toHaveLength(100);
    const { errors } = await service.ask(NODES, { ids: Array.from({ length: 101 }, () => id) });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', inputPath: ['ids'] } }]);
  });

  test('tell which id is none', async () => {
    const { errors } = await service.ask(NODES, { ids: [idOf['Employee'], 'nonsense'] });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', inputPath: ['ids', '1'] } }]);
  });
});

test.each(['', 'employee', 'unknown_01h455vb4pex5vsknk084sn02q', '01890a5d-ac96-774b-bcce-b302099a8057'])(
  '%j is no id',
  async (id) => {
    const { errors } = await service.ask(NODE, { id });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', inputPath: ['id'] } }]);
  },
);

test('what one may not see does not exist', async () => {
  const forPlans = ['ActionPlan', 'PlanSkill', 'Action', 'PlanRevision', 'ProgressUpdate'];
  const { nodes } = await ask(NODES, { ids: forPlans.map((typename) => idOf[typename]) }, HRIS);
  expect(nodes).toEqual(forPlans.map(() => null));
  expect((await ask(NODE, { id: idOf['Employee'] }, HRIS)).node).toMatchObject({ __typename: 'Employee' });
});
