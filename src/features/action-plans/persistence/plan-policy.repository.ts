import type { EntityManager } from 'typeorm';
import type { PlanPolicy } from '../domain/plan-policy.js';
import { PlanPolicyRow } from './plan-policy.row.js';

/** The policy in force. */
export async function currentPolicy(manager: EntityManager): Promise<PlanPolicy> {
  const [policy] = await manager.find(PlanPolicyRow, { order: { version: 'DESC' }, take: 1 });
  if (!policy) throw new Error('There is no plan policy: the migrations put the first one there.');
  return policy;
}

/** Adds the next version. Two at once end in a violation of `plan_policy_version_key` for the slower one. */
export async function addPolicy(manager: EntityManager, policy: PlanPolicy, authorId: string | null): Promise<void> {
  await manager.insert(PlanPolicyRow, { ...policy, authorId });
}
