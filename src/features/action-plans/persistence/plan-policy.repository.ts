import type { EntityManager } from 'typeorm';
import type { HeldStatement } from '../../../database/held-statement.js';
import { hold, withoutWaiting } from '../../../database/holding.js';
import type { PlanPolicy } from '../domain/plan-policy.js';
import { policyDocument, revivePolicy } from './action-plan.document.js';
import { PlanPolicyRow } from './plan-policy.row.js';

const POLICY_IN_FORCE = `select ${policyDocument} as policy from plan_policy order by version desc limit 1`;

interface PolicyFound {
  policy: PlanPolicy;
}

/** The policy in force. */
export const currentPolicy = async (manager: EntityManager): Promise<PlanPolicy> =>
  policyIn((await manager.query(POLICY_IN_FORCE)) as PolicyFound[]);

/** The same, with the next statement; afterwards `heldPolicy` has it. */
export const holdCurrentPolicy = (manager: EntityManager): Promise<HeldStatement<PolicyFound>> =>
  hold(manager, POLICY_IN_FORCE);

export const heldPolicy = ({ rows }: HeldStatement<PolicyFound>): PlanPolicy => policyIn(rows);

function policyIn([found]: PolicyFound[]): PlanPolicy {
  if (!found) throw new Error('There is no plan policy: the migrations put the first one there.');
  return revivePolicy(found.policy);
}

/** Adds the next version. Two at once end in a violation of `plan_policy_version_key` for the slower one. */
export const addPolicy = (manager: EntityManager, policy: PlanPolicy, authorId: string | null): Promise<void> =>
  withoutWaiting(manager, () => manager.insert(PlanPolicyRow, { ...policy, authorId }));
