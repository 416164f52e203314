import { ACTION_CATEGORIES, type ActionCategory } from './action-kind.js';
import type { MixCounts } from './action-mix.js';
import type { PlanPolicyTerms } from './plan-policy.js';

/** The part of a plan policy that the mix is judged by. The shares are whole percents that sum to 100. */
export type MixPolicy = Pick<PlanPolicyTerms, 'experiencePercent' | 'exposurePercent' | 'educationPercent' | 'slack'>;

/** The share of the actions that the policy asks of a category, in whole percent. */
export function targetPercentOf(category: ActionCategory, policy: MixPolicy): number {
  switch (category) {
    case 'EXPERIENCE':
      return policy.experiencePercent;
    case 'EXPOSURE':
      return policy.exposurePercent;
    case 'EDUCATION':
      return policy.educationPercent;
  }
}

/** The fewest actions of a category that comply when a plan has `total` actions, 0 to `total`. */
export function allowedMinimum(category: ActionCategory, total: number, policy: MixPolicy): number {
  // Products of whole numbers divided once are exact at the whole numbers, unlike a sum of 0.7, 0.2 and 0.1.
  return Math.max(0, Math.floor((targetPercentOf(category, policy) * total) / 100) - policy.slack);
}

/** The most actions of a category that comply when a plan has `total` actions, 0 to `total`. */
export function allowedMaximum(category: ActionCategory, total: number, policy: MixPolicy): number {
  return Math.min(total, Math.ceil((targetPercentOf(category, policy) * total) / 100) + policy.slack);
}

/** All actions of a mix together. */
export function totalOf(counts: MixCounts): number {
  return ACTION_CATEGORIES.reduce((total, category) => total + counts[category], 0);
}

/** Counts worked out category by category. */
export function mapCounts(count: (category: ActionCategory) => number): MixCounts {
  return { EXPERIENCE: count('EXPERIENCE'), EXPOSURE: count('EXPOSURE'), EDUCATION: count('EDUCATION') };
}
