import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';

/** How far each chain of the audit trail went at some moment. Kept elsewhere, it shows later what has been cut off since. */
export type AuditCheckpoint = Record<string, { position: number; hash: string }>;

export interface AuditVerification {
  /** How many entries there are. */
  entries: number;
  /** What is wrong, a sentence each; the first hundred. */
  findings: string[];
  checkpoint: AuditCheckpoint;
}

/** An entry with whom and what it names, as text, since its hash is over text. */
interface StoredEntry {
  chain: number;
  position: string;
  microseconds: string;
  actor: string;
  action: string;
  subject: string | null;
  person: string | null;
  thing: string | null;
  outcome: string;
  codes: string | null;
  originId: string;
  originDigest: string;
  hash: string;
  /** What `audit_origin` has of it now; null when it is not there. */
  origin: string | null;
  actorIsKnown: boolean;
  actorIsErased: boolean;
  personIsKnown: boolean;
}

const PAGE = 10_000;

/** Connections append to these, from 0 on; what stands in another was put there by somebody else. */
const CHAINS = 32;

/** Before whatever can stand in the table: the smallest numbers of its columns. */
const BEFORE_ALL = { chain: -32_768, position: '-9223372036854775808' };

const MAXIMUM_FINDINGS = 100;

/** In the order of the chains, from behind the entry in `$1` and `$2` on. */
const ENTRIES = `
  select entry.chain, entry.position,
    case when isfinite(entry.occurred_at) then (extract(epoch from entry.occurred_at) * 1000000)::bigint else 0 end
      as microseconds,
    encode(entry.actor, 'hex') as actor, entry.action, entry.subject, encode(entry.person, 'hex') as person, entry.thing,
    entry.outcome, entry.codes, entry.origin_id as "originId", encode(entry.origin_digest, 'hex') as "originDigest",
    encode(entry.hash, 'hex') as hash, origin.salt || '|' || origin.address || '|' || origin.request_id as origin,
    actor.key is not null as "actorIsKnown", actor.erased_at is not null as "actorIsErased",
    entry.person is null or person.key is not null as "personIsKnown"
  from audit_entry as entry
  left join audit_origin as origin on origin.id = entry.origin_id
  left join audit_party as actor on actor.key = entry.actor
  left join audit_party as person on person.key = entry.person
  where (entry.chain, entry.position) > ($1, $2) order by entry.chain, entry.position limit ${PAGE}`;

/** Parties whose key is not the digest that it should be, and those that no entry says the erasure of. */
const PARTIES = `
  select encode(key, 'hex') as key, salt, identity, erased_at is not null as "isErased",
    erased_at is not null and not exists (select from audit_entry
      where person = audit_party.key and action = 'eraseEmployee' and outcome = 'DONE') as "erasedSilently"
  from audit_party`;

/** The digest over a salt and a text: whoever does not know the salt cannot find the text by trying. */
const saltedDigest = (salt: string, text: string): string =>
  createHash('sha256')
    .update(Buffer.from(salt.replaceAll('-', ''), 'hex'))
    .update(text)
    .digest('hex');

function hashOf(before: string, entry: StoredEntry): string {
  const parts = [
    entry.chain,
    entry.position,
    entry.microseconds,
    entry.actor,
    entry.action,
    entry.subject ?? '-',
    entry.person ?? '-',
    entry.thing ?? '-',
    entry.outcome,
    entry.codes ?? '-',
    entry.originId,
    entry.originDigest,
  ];
  return createHash('sha256').update(Buffer.from(before, 'hex')).update(parts.join('|')).digest('hex');
}

function originDigest(origin: string): string {
  const end = origin.indexOf('|');
  return saltedDigest(origin.slice(0, end), origin.slice(end + 1));
}

/** Walks over the chains, entry by entry. */
class Verifier {
  entries = 0;
  readonly findings: string[] = [];
  readonly checkpoint: AuditCheckpoint = {};

  constructor(private readonly expected: AuditCheckpoint) {}

  find(finding: string): void {
    if (this.findings.length < MAXIMUM_FINDINGS) this.findings.push(finding);
  }

  read(entry: StoredEntry): void {
    this.entries++;
    const position = Number(entry.position);
    const name = `Entry ${position} of chain ${entry.chain}`;
    if (entry.chain < 0 || entry.chain >= CHAINS) this.find(`There is no chain ${entry.chain}.`);
    const last = this.checkpoint[entry.chain] ?? { position: 0, hash: '' };
    const isNext = position === last.position + 1;
    if (!isNext) this.find(`Chain ${entry.chain} has no entries ${last.position + 1} to ${position - 1}.`);
    // After a gap the entry before is not there to go on from.
    else if (hashOf(last.hash, entry) !== entry.hash) this.find(`${name} was changed, or the one before was.`);
    this.readParts(name, entry);
    const wanted = this.expected[entry.chain];
    if (wanted?.position === position && wanted.hash !== entry.hash)
      this.find(`${name} is another one than at the checkpoint.`);
    this.checkpoint[entry.chain] = { position, hash: entry.hash };
  }

  private readParts(name: string, entry: StoredEntry): void {
    // In a hash it stands for nothing.
    if ([entry.subject, entry.thing, entry.codes].includes('-')) this.find(`${name} was changed.`);
    if (!entry.actorIsKnown || !entry.personIsKnown) this.find(`${name} names a party that is not there.`);
    if (entry.origin === null && !entry.actorIsErased) this.find(`${name} has lost from where it came.`);
    if (entry.origin !== null && originDigest(entry.origin) !== entry.originDigest)
      this.find(`${name} came from elsewhere than it says now.`);
  }

  end(): void {
    for (const [chain, { position }] of Object.entries(this.expected)) {
      const found = this.checkpoint[chain]?.position ?? 0;
      if (found < position)
        this.find(`Chain ${chain} ends at entry ${found}; at the checkpoint it went to ${position}.`);
    }
  }
}

interface StoredParty {
  key: string;
  salt: string | null;
  identity: string | null;
  isErased: boolean;
  erasedSilently: boolean;
}

async function verifyParties(owner: DataSource, verifier: Verifier): Promise<void> {
  const parties: StoredParty[] = await owner.query(PARTIES);
  for (const { key, salt, identity, isErased, erasedSilently } of parties) {
    const isWhole = isErased ? salt === null && identity === null : salt !== null && identity !== null;
    if (!isWhole || (!isErased && saltedDigest(salt!, identity!) !== key))
      verifier.find(`The party ${key} is somebody else now.`);
    if (erasedSilently) verifier.find(`The party ${key} was erased, and no entry says so.`);
  }
}

/**
 * Compares the audit trail with its hashes, and with a checkpoint that was taken before: finds what was changed, added
 * between, taken out or cut off since.
 * @param owner the owner of the schema: nobody else may read the trail
 */
export async function verifyAuditTrail(owner: DataSource, expected: AuditCheckpoint): Promise<AuditVerification> {
  const verifier = new Verifier(expected);
  let last: Pick<StoredEntry, 'chain' | 'position'> = BEFORE_ALL;
  for (;;) {
    const page: StoredEntry[] = await owner.query(ENTRIES, [last.chain, last.position]);
    for (const entry of page) verifier.read(entry);
    if (page.length < PAGE) break;
    last = page.at(-1)!;
  }
  verifier.end();
  await verifyParties(owner, verifier);
  const { entries, findings, checkpoint } = verifier;
  return { entries, findings, checkpoint };
}
