import DataLoader from 'dataloader';
import { batchLoader } from '../../../database/batch-loader.js';
import type { Reader } from '../../../database/reader.js';
import type { PlanPolicy } from '../domain/plan-policy.js';
import { policyDocument, revivePolicy } from './action-plan.document.js';

export function planPolicyLoaders(reader: Reader) {
  const current = new DataLoader<'current', PlanPolicy>(async (keys) => {
    const [row] = await reader.read<{ item: PlanPolicy }>(
      `select ${policyDocument} as item from plan_policy order by version desc limit 1`,
      [],
    );
    return keys.map(() => revivePolicy(row!.item));
  });
  return {
    planPolicy: batchLoader<PlanPolicy>(
      reader,
      { item: policyDocument, from: 'plan_policy', visibility: { subject: 'STRUCTURE' }, key: 'plan_policy.id' },
      revivePolicy,
    ),
    /** The policy in force. */
    currentPlanPolicy: () => current.load('current'),
  };
}
