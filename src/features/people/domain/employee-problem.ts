/** Why nothing was done about a person. */
export const EMPLOYEE_PROBLEM_CODES = ['NOT_FOUND', 'CANNOT_ERASE_YOURSELF'] as const;

export type EmployeeProblemCode = (typeof EMPLOYEE_PROBLEM_CODES)[number];

export interface EmployeeProblem {
  code: EmployeeProblemCode;
  /** A sentence that a person can act on. */
  message: string;
  /** Where in the input. */
  path: string[];
}
