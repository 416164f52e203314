import type { ActionCategory } from './action-kind.js';

/** How many actions there are of each category, whole numbers from 0. */
export type MixCounts = Record<ActionCategory, number>;

/** Where one category stands within a mix. */
export interface MixShare {
  category: ActionCategory;
  /** Actions of the category. */
  count: number;
  /** Share of all actions in percent, rounded to two decimals; 0 when there are no actions. */
  percent: number;
  /** Share that the policy asks for, in whole percent. */
  targetPercent: number;
  /** Fewest and most actions of the category that comply, for this many actions in all. */
  allowedMin: number;
  allowedMax: number;
}

/** A change to the number of actions of one category; never 0. */
export interface MixAdjustment {
  category: ActionCategory;
  /** Actions more (positive) or fewer (negative). */
  change: number;
}

/** How a number of actions per category compares with the policy, and the smallest changes that meet it. */
export interface ActionMix {
  total: number;
  compliant: boolean;
  /** One per category, in the order of ACTION_CATEGORIES. */
  shares: MixShare[];
  /** The fewest actions to add; empty when the mix complies, and when no number of additions ever would. */
  toComply: MixAdjustment[];
  /** The same total with the fewest actions moved; changes sum to 0; empty when the mix complies. */
  toRebalance: MixAdjustment[];
}
