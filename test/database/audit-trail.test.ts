import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type GraphQLInputObjectType, getNamedType } from 'graphql';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { type AuditCheckpoint, verifyAuditTrail } from '../../src/database/verify-audit-trail.js';
import { buildSchema } from '../../src/graphql/build-schema.js';
import type { TokenClaims } from '../../src/http/sign-in/development-token.js';
import { resolvers } from '../../src/resolvers.js';
import { connectForMigration } from '../../src/service.js';
import { smallestInput } from '../permissions/smallest-input.js';
import { planMutations, READY_PLAN } from '../support/plans.js';
import { ALLY, HR_ADMIN, HRIS, MORGAN, SASHA, startTestService, type TestService } from '../support/service.js';
import { statementsOf } from '../support/statement-counter.js';
import { asServiceRole } from '../support/test-database.js';

/** What is recorded of what is done and seen, and that nobody changes it unnoticed. */

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

describe('verification', () => {
  const verify = (checkpoint: AuditCheckpoint = {}) => verifyAuditTrail(owner, checkpoint);
  const findings = async (checkpoint?: AuditCheckpoint) => (await verify(checkpoint)).findings;

  test('finds nothing wrong after many mutations at the same time', async () => {
    const before = (await verify()).entries;
    await Promise.all(
      Array.from({ length: 120 }, (_, place) => record({ percentComplete: place % 90 }, [ALLY, MORGAN][place % 2]!)),
    );
    const { entries, findings: found } = await verify();
    expect(found).toEqual([]);
    expect(entries).toBe(before + 120);
  });

  /** The chain with the most entries, and one in its middle. */
  async function middle(): Promise<{ chain: number; position: number; last: number }> {
    const [found] = await owner.query(
      'select chain, max(position)::integer as last from audit_entry group by chain order by last desc limit 1',
    );
    return { chain: found.chain, position: Math.floor(found.last / 2), last: found.last };
  }

  /** Does what an administrator of the database could, looks, and puts everything back. */
  async function afterTampering(statement: (at: { chain: number; position: number; last: number }) => string) {
    const at = await middle();
    const { checkpoint } = await verify();
    const client = owner.createQueryRunner();
    const tables = ['audit_entry', 'audit_party', 'audit_origin'];
    for (const table of tables) await client.query(`create table kept_${table} as select * from ${table}`);
    await client.query('set session_replication_role = replica');
    await client.query(statement(at));
    const found = { alone: await findings(), withCheckpoint: await findings(checkpoint), at };
    for (const table of tables) {
      await client.query(`delete from ${table}`);
      await client.query(`insert into ${table} select * from kept_${table}`);
      await client.query(`drop table kept_${table}`);
    }
    await client.query('set session_replication_role = origin');
    await client.release();
    expect(await findings(checkpoint)).toEqual([]);
    return found;
  }

  const where = ({ chain, position }: { chain: number; position: number }) =>
    `where chain = ${chain} and position = ${position}`;

  test.each([
    ['actor', `actor = (select key from audit_party where key <> actor limit 1)`],
    ['action', `action = 'read'`],
    ['person', `person = (select key from audit_party where key is distinct from person limit 1)`],
    ['thing', `thing = 'plan_01h455vb4pex5vsknk084sn02q'`],
    ['outcome', `outcome = 'FAILED'`],
    ['codes', `codes = 'OTHER'`],
    ['time', `occurred_at = occurred_at + interval '1 microsecond'`],
    ['origin', `origin_id = gen_random_uuid()`],
    ['digest of the origin', `origin_digest = sha256('other')`],
    ['hash', `hash = sha256('other')`],
  ])('finds an entry with another %s', async (_, change) => {
    const { alone, at } = await afterTampering((place) => `update audit_entry set ${change} ${where(place)}`);
    expect(alone[0]).toContain(`of chain ${at.chain}`);
  });

  test('finds a gap', async () => {
    const { alone, at } = await afterTampering((place) => `delete from audit_entry ${where(place)}`);
    expect(alone).toEqual([`Chain ${at.chain} has no entries ${at.position} to ${at.position}.`]);
  });

  test('finds a gap that was closed again', async () => {
    const { alone } = await afterTampering(
      (place) => `delete from audit_entry ${where(place)};
        update audit_entry set position = position + 1000000 where chain = ${place.chain} and position > ${place.position};
        update audit_entry set position = position - 1000001 where chain = ${place.chain} and position > 1000000`,
    );
    expect(alone[0]).toContain('was changed');
  });

  test('finds, against a checkpoint, that the end was cut off', async () => {
    const { alone, withCheckpoint, at } = await afterTampering(
      ({ chain, last }) => `delete from audit_entry where chain = ${chain} and position = ${last}`,
    );
    expect(alone).toEqual([]);
    expect(withCheckpoint).toEqual([
      `Chain ${at.chain} ends at entry ${at.last - 1}; at the checkpoint it went to ${at.last}.`,
    ]);
  });

  test('finds, against a checkpoint, a whole chain that is gone', async () => {
    const { withCheckpoint } = await afterTampering(({ chain }) => `delete from audit_entry where chain = ${chain}`);
    expect(withCheckpoint[0]).toContain('ends at entry 0');
  });

  test('finds, against a checkpoint, a last entry that was written anew with a hash that fits', async () => {
    const at = await middle();
    const [last] = await owner.query(
      `select chain, position, encode(hash, 'hex') as hash, (extract(epoch from occurred_at) * 1000000)::bigint as time,
         encode(actor, 'hex') as actor, encode(person, 'hex') as person, thing, origin_id, encode(origin_digest, 'hex') as digest
       from audit_entry where chain = ${at.chain} and position = ${at.last}`,
    );
    const [before] = await owner.query(
      `select encode(hash, 'hex') as hash from audit_entry where chain = ${at.chain} and position = ${at.last - 1}`,
    );
    const text = [
      at.chain,
      at.last,
      last.time,
      last.actor,
      'activateActionPlan',
      '-',
      last.person ?? '-',
      last.thing ?? '-',
      'DONE',
      '-',
      last.origin_id,
      last.digest,
    ].join('|');
    const hash = createHash('sha256').update(Buffer.from(before.hash, 'hex')).update(text).digest('hex');
    const { alone, withCheckpoint } = await afterTampering(
      () => `update audit_entry set action = 'activateActionPlan', subject = null, outcome = 'DONE', codes = null,
        hash = decode('${hash}', 'hex') where chain = ${at.chain} and position = ${at.last}`,
    );
    expect(alone).toEqual([]);
    expect(withCheckpoint).toEqual([`Entry ${at.last} of chain ${at.chain} is another one than at the checkpoint.`]);
  });

  test('finds a party that was given another identity, and one that was taken away', async () => {
    const other = await afterTampering(
      () => `update audit_party set identity = 'x' where identity = (select min(identity) from audit_party)`,
    );
    expect(other.alone[0]).toContain('is somebody else now');
    const silent = await afterTampering(
      () =>
        `update audit_party set identity = null, salt = null, erased_at = now() where identity = (select min(identity) from audit_party)`,
    );
    expect(silent.alone.join()).toContain('was erased, and no entry says so');
    const gone = await afterTampering(
      () => `delete from audit_party where identity = (select min(identity) from audit_party)`,
    );
    expect(gone.alone[0]).toContain('names a party that is not there');
  });

  test('finds what the constraints of the tables would not let in, were they there', async () => {
    const drop = `alter table audit_party drop constraint audit_party_erased_check, drop constraint audit_party_identity_key;
      alter table audit_entry drop constraint audit_entry_subject_check;`;
    await owner.query(drop);
    const swapped = await afterTampering(
      () => `update audit_party set salt = null, identity = case when identity = (select min(identity) from audit_party)
          then (select max(identity) from audit_party) else (select min(identity) from audit_party) end
        where identity in ((select min(identity) from audit_party), (select max(identity) from audit_party))`,
    );
    expect(swapped.alone.join()).toContain('is somebody else now');
    const dash = await afterTampering(() => `update audit_entry set subject = '-' where subject is null`);
    expect(dash.alone.join()).toContain('was changed');
    const elsewhere = await afterTampering(
      () => 'update audit_entry set chain = -1 where chain = (select min(chain) from audit_entry)',
    );
    expect(elsewhere.alone.join()).toContain('There is no chain -1');
    const endless = await afterTampering((at) => `update audit_entry set occurred_at = 'infinity' ${where(at)}`);
    expect(endless.alone.join()).toContain('was changed');
  });

  test('finds an origin that was changed, and one that was taken away', async () => {
    const changed = await afterTampering(() => `update audit_origin set address = '10.0.0.1'`);
    expect(changed.alone[0]).toContain('came from elsewhere than it says now');
    const gone = await afterTampering(() => 'delete from audit_origin');
    expect(gone.alone[0]).toContain('has lost from where it came');
  });
});
