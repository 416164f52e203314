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
      `select plan_policy.id as key, ${policyDocument} as item from plan_policy where id = any ($1)`,
      revivePolicy,
    ),
    /** The policy in force. */
    currentPlanPolicy: () => current.load('current'),
  };
}
