import { expect, test } from '@jest/globals';
import { buildSchema, graphql } from 'graphql';
import { AuditTrail } from '../../src/database/audit-trail.js';
import { auditMutations } from '../../src/graphql/audited-mutation.js';

const schema = buildSchema(`type Query { a: Int } type Mutation { write: Payload }
  type Payload { userErrors: [Problem!]! } type Problem { code: String! }`);
auditMutations(schema);

/** What comes of a mutation whose resolver answers so, and what is recorded of it. */
async function outcomeOf(write: (audit: AuditTrail) => Promise<object>) {
  const recorded: string[] = [];
  const send = async (_: string, [, , entries]: unknown[]) => {
    recorded.push(...(JSON.parse(entries as string) as { outcome: string }[]).map(({ outcome }) => outcome));
  };
  const audit = new AuditTrail({ address: '', requestId: '' }, send);
  const { errors } = await graphql({
    schema,
    source: 'mutation { write { userErrors { code } } }',
    rootValue: { write: () => write(audit) },
    contextValue: { audit },
  });
  return { errors: errors?.map(({ message }) => message), recorded };
}

test('a mutation that answers with errors is recorded as refused', async () => {
  expect(await outcomeOf(async () => ({ userErrors: [{ code: 'NOT_FOUND' }] }))).toEqual({ recorded: ['REFUSED'] });
});

test('a mutation that says it is done must have recorded that it is', async () => {
  const done = async (audit: AuditTrail) => {
    await audit.recordDone(async () => {});
    return { userErrors: [] };
  };
  expect(await outcomeOf(done)).toEqual({ recorded: [] });
  expect(await outcomeOf(async () => ({ userErrors: [] }))).toEqual({
    errors: ['write changed something outside of inTransaction.'],
    recorded: ['FAILED'],
  });
});
