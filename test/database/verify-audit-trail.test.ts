import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { type AuditCheckpoint, verifyAuditTrail } from '../../src/database/verify-audit-trail.js';
import type { TokenClaims } from '../../src/http/sign-in/development-token.js';
import { connectForMigration } from '../../src/service.js';
import { planMutations } from '../support/plans.js';
import { ALLY, HR_ADMIN, MORGAN, startTestService, type TestService } from '../support/service.js';

/** That nobody changes what is recorded unnoticed, not even who administers the database. */

let service: TestService;
let owner: DataSource;
let actionId: string;

const record = (percentComplete: number, as: TokenClaims) =>
  service.ask(
    'mutation ($input: RecordProgressInput!) { recordProgress(input: $input) { userErrors { code } } }',
    { input: { actionId, percentComplete } },
    as,
  );

const recordMany = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, place) => record(place % 90, [ALLY, MORGAN][place % 2]!)));

beforeAll(async () => {
  service = await startTestService();
  owner = await connectForMigration(service.databaseUrl);
  const plan = await planMutations(service).createActive();
  actionId = plan.skills[0].actions[0].id;
  await recordMany(60);
  await service.ask('{ actionPlans(first: 50) { nodes { goal } } }', {}, HR_ADMIN);
});
afterAll(async () => {
  await owner.destroy();
  await service.close();
});

const verify = (checkpoint: AuditCheckpoint = {}) => verifyAuditTrail(owner, checkpoint);
const findings = async (checkpoint?: AuditCheckpoint) => (await verify(checkpoint)).findings;

test('finds nothing wrong after many mutations at the same time', async () => {
  const before = (await verify()).entries;
  await recordMany(90);
  const { entries, findings: found } = await verify();
  expect(found).toEqual([]);
  expect(entries).toBe(before + 90);
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
