/** The verdict on one S.M.A.R.T. criterion. */
export interface SmartCriterion {
  met: boolean;
  /** Why the criterion is met, or what to change so that it is. */
  message: string;
}

/** How an action stands against the S.M.A.R.T. criteria. */
export interface SmartReview {
  /** True when all five criteria are met. */
  met: boolean;
  specific: SmartCriterion;
  measurable: SmartCriterion;
  actionable: SmartCriterion;
  relevant: SmartCriterion;
  timeBound: SmartCriterion;
}
