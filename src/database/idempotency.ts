import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Identifier } from '../shared/identifier.js';
import type { Viewer } from '../shared/viewer.js';
import { IdempotencyRecordRow } from './idempotency-record.row.js';

export interface IdempotentCall {
  viewer: Viewer;
  /** The mutation's name: the same key for another mutation is another key. */
  operation: string;
  key: string;
  input: object;
  /** The id that the call is about to give to what it creates. */
  resultId: Identifier;
}

export type Claim =
  | { outcome: 'FIRST' }
  /** The same call was made before, and created this. */
  | { outcome: 'REPEATED'; resultId: Identifier }
  /** The key was used with another input. */
  | { outcome: 'REUSED' };

const sortKeys = (_key: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date)
    ? Object.fromEntries(Object.entries(value).sort(([first], [second]) => (first < second ? -1 : 1)))
    : value;

const digest = (input: object): string => createHash('sha256').update(JSON.stringify(input, sortKeys)).digest('hex');

/**
 * Claims an idempotency key within the transaction of the call, so that key and effect are kept together or not at all.
 * A second call with the same key waits here until the first one has ended.
 */
export async function claimIdempotencyKey(manager: EntityManager, call: IdempotentCall): Promise<Claim> {
  const identity = { subject: call.viewer.subject, operation: call.operation, key: call.key };
  const inputDigest = digest(call.input);
  const inserted = await manager
    .createQueryBuilder()
    .insert()
    .into(IdempotencyRecordRow)
    .values({ ...identity, inputDigest, resultId: call.resultId })
    .orIgnore()
    .returning('key')
    .execute();
  if ((inserted.raw as unknown[]).length === 1) return { outcome: 'FIRST' };
  const first = await manager.findOneByOrFail(IdempotencyRecordRow, identity);
  return first.inputDigest === inputDigest ? { outcome: 'REPEATED', resultId: first.resultId } : { outcome: 'REUSED' };
}
