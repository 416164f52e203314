import type { ActionCategory } from './action-kind.js';
import type { ActionMix, MixAdjustment } from './action-mix.js';
import type { PlanPolicyTerms } from './plan-policy.js';

type MixAdvicePolicy = Pick<PlanPolicyTerms, 'maxSkills' | 'maxActionsPerSkill'>;

/** Says how a mix that does not comply misses the rule, and the smallest changes that meet it. */
export function describeMixProblem(mix: ActionMix, policy: MixAdvicePolicy): string {
  const counts = joined(mix.shares.map(({ category, count }) => `${count} ${category}`));
  const targets = mix.shares.map(({ targetPercent }) => targetPercent).join('/');
  const room = policy.maxSkills * policy.maxActionsPerSkill - mix.total;
  const added = mix.toComply.reduce((sum, { change }) => sum + change, 0);
  const moves = describeMoves(mix.toRebalance);
  const problem = `The plan has ${counts} actions, which does not fit the shares of ${targets} percent.`;
  if (added === 0) {
    return `${problem} Change ${moves}.`;
  }
  const additions = joined(mix.toComply.map(({ category, change }) => actions(change, category)));
  return added <= room
    ? `${problem} Add ${additions}, or change ${moves}.`
    : `${problem} Change ${moves}. Adding alone would take ${additions}, more than the plan has room for.`;
}

function describeMoves(changes: MixAdjustment[]): string {
  const taken = changes.filter(({ change }) => change < 0).map(({ category, change }) => actions(-change, category));
  const given = changes.filter(({ change }) => change > 0).map(({ category, change }) => actions(change, category));
  return `${joined(taken)} into ${joined(given)}`;
}

function actions(count: number, category: ActionCategory): string {
  return `${count} ${category} ${count === 1 ? 'action' : 'actions'}`;
}

function joined(parts: string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
