import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  type FieldNode,
  type GraphQLObjectType,
  getNamedType,
  isIntrospectionType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { buildSchema } from '../../src/graphql/build-schema.js';
import { resolvers } from '../../src/resolvers.js';
import type { TestService } from '../support/service.js';
import type { Call } from './calls.js';
import { callsFor, findPool } from './sweep-calls.js';
import { CASES } from './sweep-cases.js';
import { startWorld } from './world.js';

/**
 * A field that is null for everybody is not swept, whoever may see it. Between them these two see all that anybody sees of a
 * person; a field that is for neither of them needs one more who may see it.
 */
const VIEWERS = ['an HR admin', 'the employee'];

const OF_MUTATIONS = 'only mutations answer with it: denied-mutations.test.ts asks them of what is unseen';

/** Types and fields that no answer of the sweep tells, with the reason. One that is not needed fails. */
const UNTOLD: Record<string, string> = {
  Mutation: 'the sweep asks queries; denied-mutations.test.ts asks mutations of what is unseen',
  ActivateActionPlanPayload: OF_MUTATIONS,
  ArchiveActionPlanPayload: OF_MUTATIONS,
  CompleteActionPlanPayload: OF_MUTATIONS,
  CreateActionPlanPayload: OF_MUTATIONS,
  EraseEmployeePayload: OF_MUTATIONS,
  RecordProgressPayload: OF_MUTATIONS,
  ReviseActionPlanPayload: OF_MUTATIONS,
  UpdatePlanPolicyPayload: OF_MUTATIONS,
  ActionPlanError: OF_MUTATIONS,
  EmployeeError: OF_MUTATIONS,
  ProgressError: OF_MUTATIONS,
};

const schema = buildSchema(resolvers);

let world: TestService;
beforeAll(async () => {
  world = await startWorld({ indirectManagersReadPlans: true });
}, 60_000);
afterAll(() => world.close());

type Value = Record<string, unknown>;
const isTold = (value: unknown): boolean =>
  value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);

/** Notes every field that an answer says something in. */
function noteTold(told: Set<string>, type: GraphQLObjectType, selections: SelectionSetNode, value: Value): void {
  for (const selection of selections.selections) {
    if (selection.kind === Kind.INLINE_FRAGMENT && selection.typeCondition?.name.value === type.name)
      noteTold(told, type, selection.selectionSet, value);
    if (selection.kind === Kind.FIELD) noteField(told, type, selection, value);
  }
}

function noteField(told: Set<string>, type: GraphQLObjectType, node: FieldNode, parent: Value): void {
  const field = type.getFields()[node.name.value];
  const value = parent[(node.alias ?? node.name).value];
  if (!field || !isTold(value)) return;
  told.add(`${type.name}.${field.name}`);
  if (!node.selectionSet) return;
  for (const item of [value].flat(3) as (Value | null)[]) {
    if (item === null) continue;
    const named = getNamedType(field.type);
    const actual = isObjectType(named) ? named : schema.getType(item['__typename'] as string);
    noteTold(told, actual as GraphQLObjectType, node.selectionSet, item);
  }
}

const documents = new Map<string, SelectionSetNode>();
function selectionsOf({ query }: Call): SelectionSetNode {
  const known = documents.get(query);
  if (known) return known;
  const [operation] = parse(query).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`Not an operation: ${query.slice(0, 100)}`);
  documents.set(query, operation.selectionSet);
  return operation.selectionSet;
}

test('every field says something to somebody who may see it, or is excepted with a reason', async () => {
  const told = new Set<string>();
  const pool = await findPool(world.databaseUrl);
  for (const { claims } of CASES.filter(({ who }) => VIEWERS.includes(who))) {
    for (const call of callsFor(claims, pool)) {
      const { data } = await world.ask(call.query, call.variables, claims);
      if (data) noteTold(told, schema.getQueryType()!, selectionsOf(call), data);
    }
  }
  const fields = Object.values(schema.getTypeMap())
    .filter((type): type is GraphQLObjectType => isObjectType(type) && !isIntrospectionType(type))
    .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
  const untold = fields.filter((field) => !told.has(field));
  const isExcepted = (field: string): boolean => field in UNTOLD || field.split('.')[0]! in UNTOLD;
  const needless = Object.keys(UNTOLD).filter((name) => {
    const meant = fields.filter((field) => field === name || field.startsWith(`${name}.`));
    return meant.length === 0 || meant.some((field) => told.has(field));
  });
  expect([
    ...untold
      .filter((field) => !isExcepted(field))
      .map(
        (field) =>
          `${field} is null or empty in every answer of the sweep, so nobody knows who sees it: give it a value in test/permissions/world.ts, or a reason in UNTOLD of sweep-fields.test.ts.`,
      ),
    ...needless.map(
      (field) => `${field} is told, or is neither a type nor a field: take it out of UNTOLD in sweep-fields.test.ts.`,
    ),
  ]).toEqual([]);
}, 120_000);
