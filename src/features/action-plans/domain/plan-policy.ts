/** The company's rules for action plans. Each change is a new version; the versions before it are kept. */
export interface PlanPolicy {
  id: string;
  /** 1 for the first policy, one more with each change. */
  version: number;
  /** Skills that an active plan builds, 1 to 3. */
  minSkills: number;
  maxSkills: number;
  /** Actions of each skill that are not cancelled, 1 to 10. */
  minActionsPerSkill: number;
  maxActionsPerSkill: number;
  /** Shares of the actions in whole percent; they sum to 100. */
  experiencePercent: number;
  exposurePercent: number;
  educationPercent: number;
  /** Whole actions by which a category may miss its quota on either side, 0 to 10. */
  slack: number;
  createdAt: Date;
}

/** What a plan policy says, without its identity. */
export type PlanPolicyTerms = Omit<PlanPolicy, 'id' | 'version' | 'createdAt'>;

/** The 70/20/10 rule with two to three skills, the terms that every company starts with. */
export const DEFAULT_PLAN_POLICY_TERMS: PlanPolicyTerms = {
  minSkills: 2,
  maxSkills: 3,
  minActionsPerSkill: 1,
  maxActionsPerSkill: 5,
  experiencePercent: 70,
  exposurePercent: 20,
  educationPercent: 10,
  slack: 0,
};
