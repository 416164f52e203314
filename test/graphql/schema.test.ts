import { describe, expect, test } from '@jest/globals';
import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  validateSchema,
} from 'graphql';
import { buildSchema } from '../../src/graphql/build-schema.js';
import { resolvers } from '../../src/resolvers.js';

const schema = buildSchema(resolvers);
const types: GraphQLNamedType[] = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
);
const objects = types.filter(isObjectType);
const roots = [schema.getQueryType()!, schema.getMutationType()!];
const mutations = Object.values(schema.getMutationType()!.getFields());

function fieldsOf(name: string): Record<string, string> {
  const type = schema.getType(name);
  if (!isObjectType(type) && !isInputObjectType(type) && !isInterfaceType(type))
    throw new Error(`${name} has no fields.`);
  return Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, String(field.type)]));
}

test('it is one by the specification', () => {
  expect(validateSchema(schema)).toEqual([]);
});

describe('the documentation', () => {
  /** Everything that a client can name, with what is said about it. */
  const documented: [string, string | null | undefined][] = types.flatMap((type) => {
    const isRoot = roots.some((root) => root === type);
    const own: [string, string | null | undefined][] = isRoot ? [] : [[type.name, type.description]];
    if (isEnumType(type)) {
      return [
        ...own,
        ...type
          .getValues()
          .map((value): [string, string | null | undefined] => [`${type.name}.${value.name}`, value.description]),
      ];
    }
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return own;
    const fields = Object.values(type.getFields()).flatMap((field) => {
      const parameters = 'args' in field ? (field as GraphQLField<unknown, unknown>).args : [];
      const name = `${type.name}.${field.name}`;
      return [
        [name, field.description] as [string, string | null | undefined],
        ...parameters.map((parameter): [string, string | null | undefined] => [
          `${name}(${parameter.name})`,
          parameter.description,
        ]),
      ];
    });
    return [...own, ...fields];
  });

  test('says something of everything', () => {
    expect(documented.filter(([, description]) => !description).map(([name]) => name)).toEqual([]);
    expect(documented.length).toBeGreaterThan(300);
  });

  test('says more than a word, and ends like a sentence', () => {
    const poor = documented.filter(([, description]) => description && !/^[\s\S]{10,}[.!]$/.test(description.trim()));
    expect(poor).toEqual([]);
  });

  test('has no spaces around it, and no line that ends in one', () => {
    expect(documented.filter(([, description]) => description && /^\s|\s$|\s\n/.test(description))).toEqual([]);
  });

  test('of something deprecated names the day and what to use', () => {
    const reasons = types.flatMap((type) =>
      isObjectType(type) || isInputObjectType(type)
        ? Object.values(type.getFields()).map((field) => field.deprecationReason)
        : [],
    );
    for (const reason of reasons.filter((text) => text != null)) expect(reason).toMatch(/\d{4}-\d\d-\d\d.*`\w+`/);
  });
});

describe('identity', () => {
  test('what has an id is a Node, and a Node has an id', () => {
    const withId = objects.filter((type) => type.getFields()['id']).map(({ name }) => name);
    const nodes = objects
      .filter((type) => type.getInterfaces().some(({ name }) => name === 'Node'))
      .map(({ name }) => name);
    expect(nodes).toEqual(withId);
    expect(nodes.length).toBeGreaterThanOrEqual(10);
    for (const name of nodes) expect(fieldsOf(name)['id']).toBe('ID!');
  });

  test('objects refer to objects, not to ids; but an audit trail may name what is gone', () => {
    const references = objects.flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => /Ids?$/.test(field.name) && field.name !== 'externalId')
        .map((field) => `${type.name}.${field.name}`),
    );
    expect(references.sort()).toEqual(['EraseEmployeePayload.erasedEmployeeId', 'PlanChange.subjectId']);
  });
});

describe('connections', () => {
  const connections = objects.filter(({ name }) => name.endsWith('Connection'));

  test.each(connections.map(({ name }) => name.slice(0, -'Connection'.length)))('of %s are those of Relay', (name) => {
    expect(fieldsOf(`${name}Connection`)).toMatchObject({
      edges: `[${name}Edge!]!`,
      nodes: `[${name}!]!`,
      pageInfo: 'PageInfo!',
    });
    expect(fieldsOf(`${name}Edge`)).toMatchObject({ node: `${name}!`, cursor: 'String!' });
  });

  test('have the pages of Relay', () => {
    expect(connections.length).toBeGreaterThanOrEqual(7);
    expect(fieldsOf('PageInfo')).toEqual({
      hasNextPage: 'Boolean!',
      hasPreviousPage: 'Boolean!',
      startCursor: 'String',
      endCursor: 'String',
    });
  });

  test('take the arguments of Relay wherever they are', () => {
    const lists = objects.flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => /Connection!?$/.test(String(field.type)))
        .map((field) => ({ name: `${type.name}.${field.name}`, field })),
    );
    expect(lists.length).toBeGreaterThanOrEqual(10);
    for (const { name, field } of lists) {
      const parameters = Object.fromEntries(field.args.map((parameter) => [parameter.name, String(parameter.type)]));
      expect({ name, parameters }).toMatchObject({
        name,
        parameters: { first: 'Int', after: 'String', last: 'Int', before: 'String' },
      });
    }
  });
});

describe('mutations', () => {
  test.each(mutations.map((field) => [field.name, field] as const))(
    '%s takes one input, and says what became of it',
    (_, field) => {
      expect(field.args.map(({ name }) => name)).toEqual(['input']);
      const [input] = field.args;
      expect(isNonNullType(input!.type) && isInputObjectType(input!.type.ofType)).toBe(true);
      if (!isNonNullType(field.type)) throw new Error(`${field.name} may return null.`);
      const payload = field.type.ofType as GraphQLObjectType;
      expect(payload.name).toMatch(/Payload$/);
      const { userErrors, ...things } = payload.getFields();
      expect(String(userErrors!.type)).toMatch(/^\[\w+Error!\]!$/);
      expect(Object.keys(things).length).toBeGreaterThan(0);
      for (const thing of Object.values(things))
        expect({ [thing.name]: isNonNullType(thing.type) }).toEqual({ [thing.name]: false });
    },
  );

  test('name their errors by a code, a sentence and a path', () => {
    const errors = objects.filter(({ name }) => name.endsWith('Error'));
    expect(errors.length).toBeGreaterThanOrEqual(2);
    for (const { name } of errors) {
      expect(fieldsOf(name)).toMatchObject({ code: `${name}Code!`, message: 'String!', path: '[String!]!' });
    }
  });
});

test('references are by exactly one of id and external id', () => {
  const references = types
    .filter(isInputObjectType)
    .filter(({ name }) => /^(Employee|Department|Role|Skill)Ref$/.test(name));
  expect(references).toHaveLength(4);
  for (const reference of references) {
    expect(reference.isOneOf).toBe(true);
    expect(fieldsOf(reference.name)).toEqual({ id: 'ID', externalId: 'String' });
  }
});

test('no list has entries that may be null, but for nodes', () => {
  const loose = objects.flatMap((type) =>
    Object.values(type.getFields())
      .filter(({ type: fieldType }) => {
        const list = isNonNullType(fieldType) ? fieldType.ofType : fieldType;
        return isListType(list) && !isNonNullType(list.ofType);
      })
      .map((field) => `${type.name}.${field.name}`),
  );
  expect(loose).toEqual(['Query.nodes']);
});

describe('the names that clients rely on', () => {
  test('queries', () => {
    expect(fieldsOf('Query')).toMatchObject({
      me: 'Viewer!',
      node: 'Node',
      nodes: '[Node]!',
      employee: 'Employee',
      employees: 'EmployeeConnection!',
      departments: 'DepartmentConnection!',
      roles: 'RoleConnection!',
      skills: 'SkillConnection!',
      actionPlan: 'ActionPlan',
      actionPlans: 'ActionPlanConnection!',
      planPolicy: 'PlanPolicy!',
      checkActionMix: 'ActionMix!',
    });
  });

  test.each([
    ['employee', { ref: 'EmployeeRef!' }],
    ['node', { id: 'ID!' }],
    ['nodes', { ids: '[ID!]!' }],
    ['skills', { search: 'String' }],
    ['actionPlan', { id: 'ID!' }],
    ['actionPlans', { filter: 'ActionPlanFilter' }],
    ['checkActionMix', { experience: 'Int!', exposure: 'Int!', education: 'Int!' }],
  ])('the arguments of %s', (name, expected) => {
    const { args } = schema.getQueryType()!.getFields()[name]!;
    expect(Object.fromEntries(args.map((parameter) => [parameter.name, String(parameter.type)]))).toMatchObject(
      expected,
    );
  });

  test('mutations', () => {
    expect(mutations.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'createActionPlan',
        'reviseActionPlan',
        'activateActionPlan',
        'completeActionPlan',
        'archiveActionPlan',
        'recordProgress',
        'updatePlanPolicy',
      ]),
    );
  });

  test.each([
    ['Viewer', { employee: 'Employee', permissions: '[Permission!]!' }],
    [
      'ActionPlan',
      {
        id: 'ID!',
        employee: 'Employee!',
        goal: 'String!',
        targetRole: 'Role',
        targetOn: 'Date',
        status: 'PlanStatus!',
        version: 'Int!',
        skills: '[PlanSkill!]!',
        mix: 'ActionMix!',
        readiness: 'PlanReadiness!',
        percentComplete: 'Float!',
        revisions: 'PlanRevisionConnection!',
        createdAt: 'DateTime!',
        updatedAt: 'DateTime!',
        activatedAt: 'DateTime',
        completedAt: 'DateTime',
      },
    ],
    [
      'PlanSkill',
      { skill: 'Skill!', rank: 'Int!', outcome: 'String', actions: '[Action!]!', percentComplete: 'Float!' },
    ],
    [
      'Action',
      {
        category: 'ActionCategory!',
        kind: 'ActionKind!',
        title: 'String!',
        description: 'String',
        successMeasure: 'String',
        startOn: 'Date',
        dueOn: 'Date',
        timeFrame: 'String',
        status: 'ActionStatus!',
        percentComplete: 'Int!',
        smart: 'SmartReview!',
        latestUpdate: 'ProgressUpdate',
        updates: 'ProgressUpdateConnection!',
      },
    ],
    [
      'ProgressUpdate',
      {
        action: 'Action',
        author: 'Employee',
        percentComplete: 'Int!',
        status: 'ActionStatus!',
        note: 'String',
        occurredAt: 'DateTime!',
      },
    ],
    [
      'ActionMix',
      {
        total: 'Int!',
        compliant: 'Boolean!',
        shares: '[MixShare!]!',
        toComply: '[MixAdjustment!]!',
        toRebalance: '[MixAdjustment!]!',
      },
    ],
    [
      'MixShare',
      {
        category: 'ActionCategory!',
        count: 'Int!',
        percent: 'Float!',
        targetPercent: 'Int!',
        allowedMin: 'Int!',
        allowedMax: 'Int!',
      },
    ],
    ['MixAdjustment', { category: 'ActionCategory!', change: 'Int!' }],
    ['PlanReadiness', { ready: 'Boolean!', violations: '[RuleViolation!]!' }],
    ['RuleViolation', { rule: 'PlanRule!', message: 'String!', path: '[String!]!' }],
    ['Employee', { externalId: 'String!' }],
    ['Department', { externalId: 'String!' }],
    ['Role', { externalId: 'String!' }],
    ['Skill', { externalId: 'String!' }],
    [
      'CreateActionPlanInput',
      {
        employee: 'EmployeeRef!',
        goal: 'String!',
        targetRole: 'RoleRef',
        targetOn: 'Date',
        skills: '[PlanSkillInput!]',
        idempotencyKey: 'String',
      },
    ],
    ['PlanSkillInput', { skill: 'SkillRef!', outcome: 'String', actions: '[ActionInput!]' }],
    [
      'ActionInput',
      {
        kind: 'ActionKind!',
        title: 'String!',
        description: 'String',
        successMeasure: 'String',
        startOn: 'Date',
        dueOn: 'Date',
        timeFrame: 'String',
      },
    ],
    ['ActivateActionPlanInput', { planId: 'ID!', expectedVersion: 'Int!' }],
    ['ReviseActionPlanInput', { planId: 'ID!', expectedVersion: 'Int!' }],
    ['CompleteActionPlanInput', { planId: 'ID!', expectedVersion: 'Int!' }],
    ['ArchiveActionPlanInput', { planId: 'ID!', expectedVersion: 'Int!' }],
    ['UpdatePlanPolicyInput', { expectedVersion: 'Int!' }],
    [
      'RecordProgressInput',
      {
        actionId: 'ID!',
        percentComplete: 'Int',
        status: 'ActionStatus',
        note: 'String',
        occurredAt: 'DateTime',
        idempotencyKey: 'String',
      },
    ],
    ['RecordProgressPayload', { progressUpdate: 'ProgressUpdate', action: 'Action', plan: 'ActionPlan' }],
  ])('fields of %s', (name, fields) => {
    expect(fieldsOf(name)).toMatchObject(fields);
  });

  test.each([
    ['PlanStatus', 'DRAFT ACTIVE COMPLETED ARCHIVED'],
    ['ActionCategory', 'EXPERIENCE EXPOSURE EDUCATION'],
    ['ActionStatus', 'NOT_STARTED IN_PROGRESS DONE CANCELLED'],
    [
      'PlanRule',
      'SKILL_COUNT ACTIONS_PER_SKILL ACTION_MIX SMART_SPECIFIC SMART_MEASURABLE SMART_ACTIONABLE SMART_RELEVANT SMART_TIME_BOUND',
    ],
    [
      'ActionKind',
      [
        'NEW_ASSIGNMENT SPECIAL_PROJECT STRETCH_ASSIGNMENT EXPANDED_RESPONSIBILITY BUILD_OR_IMPROVE TEAM_LEADERSHIP',
        'COVER_FOR_COLLEAGUE MENTORING PEER_COACHING JOB_SHADOWING NETWORKING INFORMATIONAL_INTERVIEW SOCIAL_LEARNING',
        'COMMITTEE CONFERENCE COURSE WEB_RESOURCE EDUCATION_ASSISTANCE READING',
      ].join(' '),
    ],
  ])('values of %s', (name, values) => {
    const type = schema.getType(name);
    expect(isEnumType(type) && type.getValues().map((value) => value.name)).toEqual(values.split(' '));
  });
});
