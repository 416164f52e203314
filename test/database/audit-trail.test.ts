import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type GraphQLInputObjectType, getNamedType } from 'graphql';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { buildSchema } from '../../src/graphql/build-schema.js';
import type { TokenClaims } from '../../src/http/sign-in/development-token.js';
import { resolvers } from '../../src/resolvers.js';
import { connectForMigration } from '../../src/service.js';
import { smallestInput } from '../permissions/smallest-input.js';
import { planMutations, READY_PLAN } from '../support/plans.js';
import { ALLY, HR_ADMIN, HRIS, MORGAN, SASHA, startTestService, type TestService } from '../support/service.js';
import { statementsOf } from '../support/statement-counter.js';
import { asServiceRole } from '../support/test-database.js';

/** What is recorded of what is done and seen. That nobody changes it unnoticed is in verify-audit-trail.test.ts. */

let service: TestService;
let owner: DataSource;
let planId: string;
let actionId: string;

const HR_WITHOUT_REPORTS: TokenClaims = { employee: 'sasha.trail', roles: ['hr_admin'] };

interface Entry {
  actor: string;
  action: string;
  subject: string | null;
  person: string | null;
  thing: string | null;
  outcome: string;
  codes: string | null;
  address: string;
  request_id: string;
}

/** People by their external ids, services by their names. */
const ENTRIES = `
  select coalesce(actor_person.external_id, actor.identity) as actor, action, subject, person_row.external_id as person, thing,
    outcome, codes, address, request_id
  from audit_entry
  join audit_party as actor on actor.key = audit_entry.actor
  left join employee as actor_person on actor_person.id::text = actor.identity
  left join audit_party as person on person.key = audit_entry.person
  left join employee as person_row on person_row.id::text = person.identity
  left join audit_origin on audit_origin.id = origin_id
  order by occurred_at, chain, position`;

/** What the work added to the trail. */
async function recorded(work: () => Promise<unknown>): Promise<Entry[]> {
  const before = ((await owner.query(ENTRIES)) as Entry[]).length;
  await work();
  return ((await owner.query(ENTRIES)) as Entry[]).slice(before);
}

const record = (input: object, as: TokenClaims) =>
  service.ask(
    'mutation ($input: RecordProgressInput!) { recordProgress(input: $input) { userErrors { code } } }',
    { input: { actionId, percentComplete: 10, ...input } },
    as,
  );

beforeAll(async () => {
  service = await startTestService();
  owner = await connectForMigration(service.databaseUrl);
  const plan = await planMutations(service).createActive();
  planId = plan.id;
  actionId = plan.skills[0].actions[0].id;
  await record({}, ALLY);
});
afterAll(async () => {
  await owner.destroy();
  await service.close();
});

describe('a mutation', () => {
  test('that is done is recorded: who, what, whose, from where', async () => {
    const [entry, ...others] = await recorded(() => record({}, MORGAN));
    expect(others).toEqual([]);
    expect(entry).toEqual({
      actor: 'morgan.summit',
      action: 'recordProgress',
      subject: null,
      person: 'ally.adventure',
      thing: actionId,
      outcome: 'DONE',
      codes: null,
      address: expect.stringMatching(/127\.0\.0\.1|::1/),
      request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test('that is refused is recorded with the codes of its errors', async () => {
    const stale = () => planMutations(service).activate({ planId, expectedVersion: 99 });
    expect(await recorded(stale)).toMatchObject([
      {
        action: 'activateActionPlan',
        person: 'ally.adventure',
        thing: planId,
        outcome: 'REFUSED',
        codes: 'VERSION_CONFLICT',
      },
    ]);
  });

  test('that the viewer may not do to this person is recorded as forbidden', async () => {
    expect(await recorded(() => record({}, HR_WITHOUT_REPORTS))).toMatchObject([
      { actor: 'sasha.trail', action: 'recordProgress', person: 'ally.adventure', outcome: 'FORBIDDEN' },
    ]);
  });

  test('that the viewer may do to nobody is recorded as forbidden, also within a fragment', async () => {
    const document = `mutation { ...F } fragment F on Mutation { ... { recordProgress(input: { actionId: "${actionId}" }) { userErrors { code } } } }`;
    const attempt = () => service.ask(document, {}, HRIS);
    expect(await recorded(attempt)).toMatchObject([
      { actor: 'service:hris', action: 'recordProgress', person: null, outcome: 'FORBIDDEN' },
    ]);
  });

  test('on what the viewer does not see is recorded, with nobody as whose', async () => {
    expect(await recorded(() => record({}, SASHA))).toMatchObject([
      { actor: 'sasha.trail', action: 'recordProgress', person: null, outcome: 'REFUSED', codes: 'NOT_FOUND' },
    ]);
  });

  test('that ends in a failure of ours is recorded', async () => {
    await owner.query('alter table progress_update rename to out_of_order');
    const entries = await recorded(() => record({}, ALLY));
    await owner.query('alter table out_of_order rename to progress_update');
    expect(entries).toMatchObject([{ action: 'recordProgress', person: 'ally.adventure', outcome: 'FAILED' }]);
  });

  test('that cannot be recorded is not done', async () => {
    const count = async () => (await owner.query('select count(*)::integer as count from progress_update'))[0].count;
    const before = await count();
    await owner.query('alter function append_audit_entries rename to out_of_order');
    const { status, errors } = await record({}, ALLY);
    await owner.query('alter function out_of_order rename to append_audit_entries');
    expect({ status, errors }).toMatchObject({
      status: 500,
      errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
    expect(await count()).toBe(before);
  });

  test('is recorded one by one when several come in one document', async () => {
    const two = `mutation { a: recordProgress(input: { actionId: "${actionId}", percentComplete: 11 }) { userErrors { code } }
      b: archiveActionPlan(input: { planId: "${planId}", expectedVersion: 99 }) { userErrors { code } } }`;
    expect(await recorded(() => service.ask(two))).toMatchObject([
      { action: 'recordProgress', outcome: 'DONE' },
      { action: 'archiveActionPlan', outcome: 'REFUSED' },
    ]);
  });

  const mutations = Object.values(buildSchema(resolvers).getMutationType()!.getFields());
  test.each(mutations.map((mutation) => [mutation.name, mutation] as const))(
    '%s is recorded',
    async (name, mutation) => {
      const type = getNamedType(mutation.args[0]!.type) as GraphQLInputObjectType;
      const nowhere = '01h455vb4pex5vsknk084sn02q';
      const ids = Object.fromEntries(
        ['plan', 'plan_skill', 'action', 'employee', 'role', 'skill'].map((prefix) => [prefix, `${prefix}_${nowhere}`]),
      );
      const document = `mutation ($input: ${type.name}!) { ${name}(input: $input) { __typename } }`;
      const entries = await recorded(() => service.ask(document, { input: smallestInput(type, ids) }, ALLY));
      expect(entries).toMatchObject([{ actor: 'ally.adventure', action: name }]);
      expect(entries[0]!.outcome).not.toBe('FAILED');
    },
  );
});

test('whom an entry is about is looked up, however many the trail knows', async () => {
  const runner = owner.createQueryRunner();
  await runner.startTransaction();
  await runner.query(`insert into audit_party (key, salt, identity)
    select sha256(convert_to(number::text, 'UTF8')), gen_random_uuid(), 'made up ' || number from generate_series(1, 3000) as number`);
  await runner.query(`select set_config('viewer.subject', 'made up 7', true)`);
  const read = 'select seq_tup_read::integer as read from pg_stat_xact_user_tables where relname = $1';
  const [before] = await runner.query(read, ['audit_party']);
  for (const employeeId of ['made up 8', 'made up 9', null]) {
    const entry = { action: 'read', subject: 'ACTION_PLAN', employeeId, outcome: 'DONE' };
    await runner.query(`select append_audit_entries('a', 'r', $1)`, [JSON.stringify([entry])]);
  }
  const [after] = await runner.query(read, ['audit_party']);
  const [entries] = await runner.query(`select count(person)::integer as named, count(*)::integer from audit_entry
    where actor = (select key from audit_party where identity = 'made up 7')`);
  await runner.rollbackTransaction();
  await runner.release();
  expect(after.read - before.read).toBe(0);
  expect(entries).toEqual({ named: 2, count: 3 });
});

describe('a read', () => {
  const PLANS = '{ actionPlans(first: 50) { nodes { goal skills { actions { latestUpdate { note } } } } } }';

  test('that only a role grants is recorded: each person and each kind of thing, once', async () => {
    const entries = await recorded(() => service.ask(PLANS, {}, HR_WITHOUT_REPORTS));
    const seen = { actor: 'sasha.trail', action: 'read', person: 'ally.adventure', outcome: 'DONE' };
    expect(entries.sort((one, other) => (one.subject! < other.subject! ? -1 : 1))).toMatchObject([
      { ...seen, subject: 'ACTION_PLAN' },
      { ...seen, subject: 'PROGRESS' },
    ]);
  });

  test('costs one statement more for it, however many people it is about', async () => {
    await planMutations(service, MORGAN).create({ ...READY_PLAN, employee: { externalId: 'morgan.summit' } });
    const query = '{ actionPlans(first: 50) { nodes { goal } } }';
    const sent = await statementsOf(async () => {
      expect(await recorded(() => service.ask(query, {}, HR_WITHOUT_REPORTS))).toHaveLength(2);
    });
    expect(sent.filter((text) => text.includes('append_audit_entries'))).toHaveLength(1);
  });

  test.each([
    ['node', (id: string) => `{ node(id: "${id}") { ... on ActionPlan { goal } } }`],
    ['a query by id', (id: string) => `{ actionPlan(id: "${id}") { goal } }`],
    ['the person', () => '{ employee(ref: { externalId: "ally.adventure" }) { activeActionPlan { goal } } }'],
    [
      'the list of the person',
      () => '{ employee(ref: { externalId: "ally.adventure" }) { actionPlans { nodes { id } } } }',
    ],
  ])('is recorded on the way through %s', async (_, query) => {
    expect(await recorded(() => service.ask(query(planId), {}, HR_WITHOUT_REPORTS))).toMatchObject([
      { action: 'read', subject: 'ACTION_PLAN', person: 'ally.adventure' },
    ]);
  });

  test.each([
    ['of one’s own', ALLY],
    ['by the manager', MORGAN],
  ])('%s is not recorded', async (_, as) => {
    expect(await recorded(() => service.ask(PLANS, {}, as))).toEqual([]);
  });

  test('of what an earlier call created is recorded, too', async () => {
    const asHr: TokenClaims = { employee: 'morgan.summit', roles: ['hr_admin'] };
    const input = { ...READY_PLAN, employee: { externalId: 'ally.adventure' }, idempotencyKey: 'once' };
    const progress = { percentComplete: 20, idempotencyKey: 'once' };
    await planMutations(service, asHr).create(input);
    await record(progress, asHr);
    const manage = (manager: string) =>
      owner.query(
        `update employee set manager_id = (select id from employee where external_id = $1) where external_id = 'ally.adventure'`,
        [manager],
      );
    await manage('sasha.trail'); // from here on, Morgan is nothing to Ally but HR
    const entries = await recorded(async () => {
      await planMutations(service, asHr).create(input);
      await record(progress, asHr);
    });
    await manage('morgan.summit');
    const sight = { actor: 'morgan.summit', action: 'read', person: 'ally.adventure' };
    expect(entries).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...sight, subject: 'ACTION_PLAN' }),
        expect.objectContaining({ ...sight, subject: 'PROGRESS' }),
      ]),
    );
  });

  test('of structure and of the directory is not recorded', async () => {
    const query = '{ skills { nodes { name } } employees { nodes { name workEmail } } }';
    expect(await recorded(() => service.ask(query, {}, HR_ADMIN))).toEqual([]);
  });

  test('that cannot be recorded is not shown', async () => {
    await owner.query('alter function append_audit_entries rename to out_of_order');
    const { status, data, errors } = await service.ask(PLANS, {}, HR_WITHOUT_REPORTS);
    await owner.query('alter function out_of_order rename to append_audit_entries');
    expect({ status, data }).toEqual({ status: 500, data: undefined });
    expect(errors).toMatchObject([
      { extensions: { code: 'INTERNAL_SERVER_ERROR', incidentId: expect.stringMatching(/^[0-9a-f-]{36}$/) } },
    ]);
  });
});

test('nothing of the contents is recorded, nor an id that is none of this service', async () => {
  const mark = 'marker-of-contents';
  await record({ note: mark, idempotencyKey: mark }, ALLY);
  await planMutations(service).create({ ...READY_PLAN, goal: mark });
  await service.ask(
    `mutation { archiveActionPlan(input: { planId: "marker_01h455vb4pex5vsknk084sn02q", expectedVersion: 1 }) { userErrors { code } } }`,
  );
  for (const table of ['audit_entry', 'audit_party', 'audit_origin']) {
    const rows: object[] = await owner.query(`select to_jsonb(${table}) as row from ${table}`);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain('marker');
  }
});

test('the role of the service can neither read, change nor take away what is recorded, nor add in another’s name', async () => {
  const client = new pg.Client({ connectionString: asServiceRole(service.databaseUrl) });
  await client.connect();
  for (const table of ['audit_entry', 'audit_party', 'audit_origin']) {
    for (const statement of [
      `select from ${table}`,
      `insert into ${table} select * from ${table}`,
      `update ${table} set ${table === 'audit_party' ? 'key' : table === 'audit_entry' ? 'action' : 'address'} = null`,
      `delete from ${table}`,
      `truncate ${table}`,
      `alter table ${table} disable trigger all`,
    ]) {
      await expect(client.query(statement)).rejects.toThrow(/permission denied|must be owner/);
    }
  }
  // Without a viewer there is no actor, and nothing is added; who the viewer is, the id says and no other name.
  const append = `select append_audit_entries('x', 'y', '[{"action":"read","outcome":"DONE"}]')`;
  await expect(client.query(append)).rejects.toThrow('nobody acts');
  const [{ id }] = await owner.query(`select id from employee where external_id = 'sasha.trail'`);
  const entries = await recorded(async () => {
    await client.query('begin');
    await client.query(
      `select set_config('viewer.employee_id', $1, true), set_config('viewer.subject', 'somebody', true)`,
      [id],
    );
    await client.query(append);
    await client.query('commit');
  });
  expect(entries).toMatchObject([{ actor: 'sasha.trail' }]);
  await client.end();
});
