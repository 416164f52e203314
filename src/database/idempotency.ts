import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Identifier } from '../shared/identifier.js';
import { failure, type Result } from '../shared/result.js';
import type { Viewer } from '../shared/viewer.js';
import { IdempotencyRecordRow } from './idempotency-record.row.js';

const MAXIMUM_KEY_LENGTH = 200;

export interface IdempotentCall {
  viewer: Viewer;
  /** The mutation's name: the same key for another mutation is another key. */
  operation: string;
  /** What the caller gave; without a key every call is the first. */
  key: string | null | undefined;
  input: object;
  /** The id that the call is about to give to what it creates. */
  resultId: Identifier;
}

export interface IdempotencyProblem {
  code: 'IDEMPOTENCY_KEY_REUSED' | 'OUT_OF_RANGE';
  message: string;
  path: string[];
}

const problem = (code: IdempotencyProblem['code'], message: string): IdempotencyProblem => ({
  code,
  message,
  path: ['idempotencyKey'],
});

const sortKeys = (_key: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, part]) => part !== null)
          .sort(([first], [second]) => (first < second ? -1 : 1)),
      )
    : value;

/** In every input that creates something a field that is null means the same as one that is left out. */
const digest = (input: object): string => createHash('sha256').update(JSON.stringify(input, sortKeys)).digest('hex');

/**
 * Does what a call asks for when it is the first with its key; hands out what the first one created when it is repeated.
 * Key and effect are kept in the same transaction, so together or not at all. A second call with the same key waits
 * here until the first one has ended.
 */
export async function onlyOnce<Value, Problem>(
  manager: EntityManager,
  { viewer, operation, key, input, resultId }: IdempotentCall,
  first: () => Promise<Result<Value, Problem>>,
  again: (resultId: Identifier) => Promise<Result<Value, Problem>>,
): Promise<Result<Value, Problem | IdempotencyProblem>> {
  if (key == null) return first();
  if (key === '' || [...key].length > MAXIMUM_KEY_LENGTH) {
    return failure([problem('OUT_OF_RANGE', `The idempotency key must have 1 to ${MAXIMUM_KEY_LENGTH} characters.`)]);
  }
  const identity = { subject: viewer.subject, operation, key };
  const inputDigest = digest(input);
  const inserted = await manager
    .createQueryBuilder()
    .insert()
    .into(IdempotencyRecordRow)
    .values({ ...identity, inputDigest, resultId })
    .orIgnore()
    .returning('key')
    .execute();
  if ((inserted.raw as unknown[]).length === 1) return first();
  const record = await manager.findOneByOrFail(IdempotencyRecordRow, identity);
  if (record.inputDigest === inputDigest) return again(record.resultId);
  const message = 'This idempotency key was used for another input. Take a new key for a new call.';
  return failure([problem('IDEMPOTENCY_KEY_REUSED', message)]);
}
