import type { AccessSubject } from '../shared/access-table.js';
import type { Identifier } from '../shared/identifier.js';

/** What became of it: kept; refused with errors that a caller can act on; not permitted; ended by an error. */
export type AuditOutcome = 'DONE' | 'REFUSED' | 'FORBIDDEN' | 'FAILED';

/** Sends a statement in the name of the viewer. */
export type Send = (text: string, values: unknown[]) => Promise<unknown>;

/** From where a request came. */
export interface Origin {
  address: string;
  requestId: string;
}

/** What is recorded of something that was done or seen. Never what it said. */
interface AuditEntry {
  /** The name of the mutation; `read` for a read. */
  action: string;
  /** The row of the access table that was read. */
  subject: AccessSubject | null;
  /** Whose it is. */
  employeeId: Identifier | null;
  /** The id of the thing that a mutation was about, as the client gave it. */
  thing: string | null;
  outcome: AuditOutcome;
  /** Why it was not done, between spaces. */
  codes: string | null;
}

const APPEND_STATEMENT = 'select append_audit_entries($1, $2, $3)';

/** What one request does and sees, as far as it has to be accounted for later. See docs/adr/0012. */
export class AuditTrail {
  private mutation: { action: string; thing: string | null; employeeId: Identifier | null } | null = null;
  private isRecorded = false;
  private readonly sights = new Map<string, AuditEntry>();

  /** @param send sends statements outside of any transaction, in the viewer's name */
  constructor(
    private readonly origin: Origin,
    private readonly send: Send,
  ) {}

  /** A mutation begins; those of a request follow one another. */
  begin(action: string, thing: string | null = null): void {
    this.mutation = { action, thing, employeeId: null };
    this.isRecorded = false;
  }

  /** Whether a mutation has begun: else what was refused was refused before anything ran. */
  get hasBegun(): boolean {
    return this.mutation !== null;
  }

  /** Whether what became of the mutation is recorded. */
  get isSettled(): boolean {
    return this.isRecorded;
  }

  /** The person whom the mutation is about, as soon as that is known. */
  about(employeeId: Identifier): void {
    if (this.mutation) this.mutation.employeeId = employeeId;
  }

  /** Something about a person was read that has to be accounted for. */
  saw(subject: AccessSubject, employeeId: Identifier): void {
    const sight: AuditEntry = { action: 'read', subject, employeeId, thing: null, outcome: 'DONE', codes: null };
    this.sights.set(`${subject} ${employeeId}`, sight);
  }

  /** What a transaction recorded is gone with it: the next attempt records anew. */
  restart(): void {
    this.isRecorded = false;
  }

  /**
   * Records, within the transaction that does it, that the mutation is done: both are kept, or none.
   * @throws when no mutation has begun: nothing is written that nobody could account for
   */
  async recordDone(send: Send): Promise<void> {
    if (!this.mutation) throw new Error('Nothing may be written outside of a mutation: call begin() first.');
    if (this.isRecorded) return;
    this.isRecorded = true;
    await this.append(send, [{ ...this.mutation, subject: null, outcome: 'DONE', codes: null }]);
  }

  /** Records that the mutation was not done. One that is recorded as done stays so: its effects are kept. */
  async recordNotDone(outcome: AuditOutcome, codes: readonly string[]): Promise<void> {
    if (!this.mutation || this.isRecorded) return;
    this.isRecorded = true;
    const given = [...new Set(codes)].join(' ') || null;
    await this.append(this.send, [{ ...this.mutation, subject: null, outcome, codes: given }]);
  }

  /** Records what was read, in one statement. What cannot be recorded must not be shown. */
  async recordSights(): Promise<void> {
    if (this.sights.size === 0) return;
    const sights = [...this.sights.values()];
    this.sights.clear();
    await this.append(this.send, sights);
  }

  private append(send: Send, entries: AuditEntry[]): Promise<unknown> {
    const { address, requestId } = this.origin;
    return send(APPEND_STATEMENT, [address, requestId, JSON.stringify(entries)]);
  }
}
