import { ACTION_CATEGORIES, type ActionCategory } from './action-kind.js';
import type { MixAdjustment, MixCounts } from './action-mix.js';
import {
  allowedMaximum,
  allowedMinimum,
  type MixPolicy,
  mapCounts,
  targetPercentOf,
  totalOf,
} from './mix-quota.rules.js';

/** The fewest actions to add so that the mix complies; empty when it does already, or never can by adding. */
export function fewestAdditions(counts: MixCounts, policy: MixPolicy): MixAdjustment[] {
  const last = lastTotal(counts, policy);
  for (let total = firstTotal(counts, policy); total <= last; total++) {
    const needed = mapCounts((category) => Math.max(counts[category], allowedMinimum(category, total, policy)));
    if (totalOf(needed) <= total) {
      return changesBetween(counts, approachTargets(needed, total, policy));
    }
  }
  return [];
}

/** The fewest actions to move between categories so that the mix complies with the same total. */
export function fewestMoves(counts: MixCounts, policy: MixPolicy): MixAdjustment[] {
  const total = totalOf(counts);
  const nearest = mapCounts((category) =>
    Math.min(
      Math.max(counts[category], allowedMinimum(category, total, policy)),
      allowedMaximum(category, total, policy),
    ),
  );
  return changesBetween(counts, approachTargets(nearest, total, policy));
}

/** The first total from which on no category is over its maximum; infinite when one without a share always is. */
function firstTotal(counts: MixCounts, policy: MixPolicy): number {
  const totals = ACTION_CATEGORIES.map((category) => {
    const beyondSlack = counts[category] - policy.slack;
    const percent = targetPercentOf(category, policy);
    if (beyondSlack <= 0) return 0;
    return percent === 0 ? Number.POSITIVE_INFINITY : Math.floor((100 * (beyondSlack - 1)) / percent) + 1;
  });
  return Math.max(totalOf(counts), ...totals);
}

/**
 * The last total worth trying. Once every category with a share needs additions, 100 actions more raise all quotas by
 * exactly the shares, so what has not complied within these 100 totals never will.
 */
function lastTotal(counts: MixCounts, policy: MixPolicy): number {
  const totals = ACTION_CATEGORIES.map((category) => {
    const percent = targetPercentOf(category, policy);
    return percent === 0 ? 0 : Math.ceil((100 * (counts[category] + policy.slack)) / percent);
  });
  return Math.max(totalOf(counts), ...totals) + 100;
}

/**
 * Adds or takes single actions until the counts sum to `total`, within the allowed range of each category: adds where
 * the category is furthest below its target, takes where it is furthest above, and favours the earlier category in a tie.
 */
function approachTargets(start: MixCounts, total: number, policy: MixPolicy): MixCounts {
  const counts = { ...start };
  const shortfall = (category: ActionCategory) => targetPercentOf(category, policy) * total - 100 * counts[category];
  for (let missing = total - totalOf(counts); missing > 0; missing--) {
    const open = ACTION_CATEGORIES.filter((category) => counts[category] < allowedMaximum(category, total, policy));
    const receiver = open.reduce((best, category) => (shortfall(category) > shortfall(best) ? category : best));
    counts[receiver]++;
  }
  for (let surplus = totalOf(counts) - total; surplus > 0; surplus--) {
    const open = ACTION_CATEGORIES.filter((category) => counts[category] > allowedMinimum(category, total, policy));
    const giver = open.reduce((best, category) => (shortfall(category) <= shortfall(best) ? category : best));
    counts[giver]--;
  }
  return counts;
}

function changesBetween(before: MixCounts, after: MixCounts): MixAdjustment[] {
  return ACTION_CATEGORIES.map((category) => ({ category, change: after[category] - before[category] })).filter(
    ({ change }) => change !== 0,
  );
}
