export type PhaseNumbers = Record<string, number>;
export type WorkloadNumbers = Record<string, PhaseNumbers>;

export interface MeasuredBudgets {
  node: number;
  workloads: Record<string, WorkloadNumbers>;
}

export interface RecordedBudgets extends MeasuredBudgets {
  tolerances: Record<string, number>;
}

export interface BudgetProblem {
  workload: string;
  phase: string | null;
  text: string;
}

export function compareBudgets(recorded: RecordedBudgets, measured: MeasuredBudgets): BudgetProblem[];
