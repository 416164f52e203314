import { ACTION_CATEGORIES } from './action-kind.js';
import type { ActionMix, MixCounts, MixShare } from './action-mix.js';
import type { Action } from './action-plan.js';
import { fewestAdditions, fewestMoves } from './mix-changes.rules.js';
import { allowedMaximum, allowedMinimum, type MixPolicy, targetPercentOf, totalOf } from './mix-quota.rules.js';

/** How many actions there are of each category; cancelled ones do not count. */
export function countByCategory(actions: Iterable<Pick<Action, 'category' | 'status'>>): MixCounts {
  const counts: MixCounts = { EXPERIENCE: 0, EXPOSURE: 0, EDUCATION: 0 };
  for (const action of actions) {
    if (action.status !== 'CANCELLED') counts[action.category]++;
  }
  return counts;
}

/**
 * Judges a mix by the quota rule of apportionment: of n actions, a category with the share s complies with at least
 * floor(s·n) and at most ceil(s·n) actions, give or take the policy's slack. No actions at all comply.
 *
 * @param counts whole numbers from 0.
 * @param policy shares in whole percent that sum to 100, slack in whole actions.
 */
export function judgeActionMix(counts: MixCounts, policy: MixPolicy): ActionMix {
  const total = totalOf(counts);
  const shares = ACTION_CATEGORIES.map(
    (category): MixShare => ({
      category,
      count: counts[category],
      percent: total === 0 ? 0 : Math.round((10_000 * counts[category]) / total) / 100,
      targetPercent: targetPercentOf(category, policy),
      allowedMin: allowedMinimum(category, total, policy),
      allowedMax: allowedMaximum(category, total, policy),
    }),
  );
  const compliant = shares.every(({ count, allowedMin, allowedMax }) => allowedMin <= count && count <= allowedMax);
  return {
    total,
    compliant,
    shares,
    toComply: compliant ? [] : fewestAdditions(counts, policy),
    toRebalance: compliant ? [] : fewestMoves(counts, policy),
  };
}
