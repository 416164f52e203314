import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GraphQLInputObjectType } from 'graphql';
import { getNamedType } from 'graphql';
import { buildSchema } from '../../src/graphql/build-schema.js';
import type { TokenClaims } from '../../src/http/sign-in/development-token.js';
import { resolvers } from '../../src/resolvers.js';
import { encodeTypedId } from '../../src/shared/typed-id.js';
import { isForHrAlone } from '../support/for-hr-alone.js';
import { HR_ADMIN, startTestService, type TestService } from '../support/service.js';
import { type Ids, smallestInput } from './smallest-input.js';
import { dropDatabaseWall, LEAVER, startWorld, withOwner } from './world.js';

/**
 * Mutations on what the viewer may not see answer as on what does not exist, and change nothing. Made from the schema: each
 * id and each reference in the input of each mutation, in turn that of an unseen thing and of none at all.
 */

const schema = buildSchema(resolvers);
const mutations = Object.values(schema.getMutationType()!.getFields());
const SASHA: TokenClaims = { employee: 'sasha.trail', roles: [] };
const NOWHERE = '01900000-0000-7000-8000-00000000000f';

let world: TestService;
/** By prefix: the id of a thing that Sasha does not see, of Ally or, for a person, of somebody who has left. */
const unseen: Record<string, string> = {};

const idsOf = (choose: (prefix: string) => string): Ids =>
  Object.fromEntries(Object.keys(unseen).map((prefix) => [prefix, encodeTypedId(prefix, choose(prefix))]));

const fingerprint = (): Promise<string> =>
  withOwner(world.databaseUrl, async (owner) => {
    const tables = ['action_plan', 'plan_skill', 'action', 'plan_revision', 'progress_update', 'plan_policy'];
    const sums = await Promise.all(
      tables.map((table) =>
        owner.query(`select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${table} as t`),
      ),
    );
    return sums.map(({ rows }) => rows[0].sum).join();
  });

async function call(name: string, inputType: GraphQLInputObjectType, ids: Ids, as: TokenClaims | null) {
  const query = `mutation ($input: ${inputType.name}!) { ${name}(input: $input) { userErrors { __typename message path } } }`;
  const { status, data, errors } = await world.ask(query, { input: smallestInput(inputType, ids) }, as);
  return { status, data, errors };
}

describe.each([
  ['both walls', async () => {}],
  ['the wall of the API alone', dropDatabaseWall],
])('with %s', (_, prepare) => {
  beforeAll(async () => {
    world = await startWorld({ indirectManagersReadPlans: true });
    await prepare(world.databaseUrl);
    await withOwner(world.databaseUrl, async (owner) => {
      const ally = `(select id from employee where external_id = 'ally.adventure')`;
      for (const [prefix, table] of [
        ['plan', 'action_plan'],
        ['plan_skill', 'plan_skill'],
        ['action', 'action'],
        ['progress', 'progress_update'],
      ] as const) {
        const { rows } = await owner.query(`select id from ${table} where employee_id = ${ally} order by id limit 1`);
        unseen[prefix] = rows[0].id;
      }
      const { rows } = await owner.query('select id from employee where external_id = $1', [LEAVER]);
      unseen['employee'] = rows[0].id;
    });
  }, 60_000);
  afterAll(() => world.close());

  describe.each(mutations.map((mutation) => [mutation.name, mutation] as const))('%s', (name, mutation) => {
    const inputType = getNamedType(mutation.args[0]!.type) as GraphQLInputObjectType;
    const ofUnseen = () => idsOf((prefix) => unseen[prefix]!);
    const ofNothing = () => idsOf(() => NOWHERE);

    test.each<[string, TokenClaims | null]>([
      ['a colleague', SASHA],
      ['the HRIS', { employee: null, roles: ['hris'] }],
      ['an analyst', { employee: null, roles: ['analyst'] }],
      ['nobody', null],
    ])('answers %s alike for what they may not see and for what is not there', async (_, as) => {
      const before = await fingerprint();
      const denied = await call(name, inputType, ofUnseen(), as);
      expect(denied).toEqual(await call(name, inputType, ofNothing(), as));
      expect(JSON.stringify(denied)).not.toContain('INTERNAL_SERVER_ERROR');
      expect(await fingerprint()).toBe(before);
    });

    test('tells those who may read but not change so, and changes nothing', async () => {
      const before = await fingerprint();
      // What HR alone may do is refused to all others as a whole, and is tested elsewhere.
      const readers = [...(isForHrAlone(mutation) ? [] : [HR_ADMIN]), { employee: 'riley.ridge', roles: [] }];
      for (const as of readers) {
        const { status, errors } = await call(name, inputType, ofUnseen(), as);
        expect({ status, errors }).toMatchObject({
          status: 403,
          errors: [{ message: expect.stringMatching(/ It is for: [\w ,]+\.$/), extensions: { code: 'FORBIDDEN' } }],
        });
      }
      expect(await fingerprint()).toBe(before);
    });
  });

  describe('a change of manager counts from the next request on', () => {
    const plans = (as: TokenClaims) =>
      world.ask('{ actionPlans(first: 50) { nodes { employee { externalId } } } }', {}, as);
    const teamOf = async (as: TokenClaims): Promise<string[]> =>
      (await plans(as)).data.actionPlans.nodes.map(
        ({ employee }: { employee: { externalId: string } }) => employee.externalId,
      );
    const morgan: TokenClaims = { employee: 'morgan.summit', roles: [] };
    const moveAlly = (manager: string) =>
      withOwner(world.databaseUrl, (owner) =>
        owner.query(
          `update employee set manager_id = (select id from employee where external_id = $1) where external_id = 'ally.adventure'`,
          [manager],
        ),
      );

    test('for reading, for writing, and for repeating a call that was answered before', async () => {
      expect(await teamOf(morgan)).toContain('ally.adventure');
      expect(await teamOf(SASHA)).not.toContain('ally.adventure');
      const record = `mutation ($input: RecordProgressInput!) { recordProgress(input: $input) {
      progressUpdate { note } userErrors { code } } }`;
      const input = {
        actionId: encodeTypedId('action', unseen['action']!),
        percentComplete: 50,
        note: 'Met',
        idempotencyKey: 'k',
      };
      const recorded = { progressUpdate: { note: 'Met' }, userErrors: [] };
      const notFound = { progressUpdate: null, userErrors: [{ code: 'NOT_FOUND' }] };
      expect((await world.ask(record, { input }, morgan)).data.recordProgress).toEqual(recorded);
      await moveAlly('sasha.trail');
      expect(await teamOf(morgan)).not.toContain('ally.adventure');
      expect(await teamOf(SASHA)).toContain('ally.adventure');
      expect((await world.ask(record, { input }, morgan)).data.recordProgress).toEqual(notFound);
      expect(
        (await world.ask(record, { input: { ...input, idempotencyKey: 'other' } }, morgan)).data.recordProgress,
      ).toEqual(notFound);
      expect((await world.ask(record, { input }, SASHA)).data.recordProgress).toEqual(recorded);
      await moveAlly('morgan.summit');
      expect((await world.ask(record, { input }, morgan)).data.recordProgress).toEqual(recorded);
    });
  });
});

test('indirect managers read no plans where the company does not want it', async () => {
  const service = await startTestService({ accessSettings: { indirectManagersReadPlans: false } });
  const riley: TokenClaims = { employee: 'riley.ridge', roles: [] };
  const query = `mutation { createActionPlan(input: { employee: { externalId: "ally.adventure" }, goal: "x" }) { plan { id } } }`;
  const { data } = await service.ask(query);
  const { id } = data.createActionPlan.plan;
  const read = (as: TokenClaims) => service.ask('query ($id: ID!) { actionPlan(id: $id) { id } }', { id }, as);
  expect((await read(riley)).data.actionPlan).toBeNull();
  expect((await read({ employee: 'morgan.summit', roles: [] })).data.actionPlan).toEqual({ id });
  await service.close();
});
