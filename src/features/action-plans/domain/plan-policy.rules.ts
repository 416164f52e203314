import type { PlanPolicyTerms } from './plan-policy.js';

/** One thing that is wrong with the terms of a policy; the path is the field that it is about. */
export interface PlanPolicyProblem {
  path: string[];
  message: string;
}

/** The least and the most that each term may say, in the order in which problems are reported. */
const BOUNDS: Readonly<Record<keyof PlanPolicyTerms, { label: string; least: number; most: number }>> = {
  minSkills: { label: 'The fewest skills of a plan', least: 1, most: 3 },
  maxSkills: { label: 'The most skills of a plan', least: 1, most: 3 },
  minActionsPerSkill: { label: 'The fewest actions of a skill', least: 1, most: 10 },
  maxActionsPerSkill: { label: 'The most actions of a skill', least: 1, most: 10 },
  experiencePercent: { label: 'The share of EXPERIENCE', least: 0, most: 100 },
  exposurePercent: { label: 'The share of EXPOSURE', least: 0, most: 100 },
  educationPercent: { label: 'The share of EDUCATION', least: 0, most: 100 },
  slack: { label: 'The slack', least: 0, most: 10 },
};

/** Everything that is wrong with the terms of a policy; empty when nothing is. */
export function checkPlanPolicyTerms(terms: PlanPolicyTerms): PlanPolicyProblem[] {
  const outOfBounds = (Object.keys(BOUNDS) as (keyof PlanPolicyTerms)[]).filter(
    (field) => !isWithinBounds(terms, field),
  );
  const problems = outOfBounds.map((field): PlanPolicyProblem => {
    const { label, least, most } = BOUNDS[field];
    return { path: [field], message: `${label} must be a whole number from ${least} to ${most}, not ${terms[field]}.` };
  });
  // Comparing values that are wrong on their own would only repeat that.
  const areValid = (...fields: (keyof PlanPolicyTerms)[]) => !fields.some((field) => outOfBounds.includes(field));
  if (areValid('minSkills', 'maxSkills')) {
    problems.push(...checkRange(terms, 'minSkills', 'maxSkills', 'skills of a plan'));
  }
  if (areValid('minActionsPerSkill', 'maxActionsPerSkill')) {
    problems.push(...checkRange(terms, 'minActionsPerSkill', 'maxActionsPerSkill', 'actions of a skill'));
  }
  if (areValid('experiencePercent', 'exposurePercent', 'educationPercent')) {
    problems.push(...checkSumOfShares(terms));
  }
  return problems;
}

function isWithinBounds(terms: PlanPolicyTerms, field: keyof PlanPolicyTerms): boolean {
  const { least, most } = BOUNDS[field];
  return Number.isInteger(terms[field]) && terms[field] >= least && terms[field] <= most;
}

function checkRange(
  terms: PlanPolicyTerms,
  minField: keyof PlanPolicyTerms,
  maxField: keyof PlanPolicyTerms,
  noun: string,
): PlanPolicyProblem[] {
  const [min, max] = [terms[minField], terms[maxField]];
  if (min <= max) return [];
  const message = `The fewest ${noun}, ${min}, are more than the most, ${max}. Lower ${minField} or raise ${maxField}.`;
  return [{ path: [minField], message }];
}

function checkSumOfShares(terms: PlanPolicyTerms): PlanPolicyProblem[] {
  const sum = terms.experiencePercent + terms.exposurePercent + terms.educationPercent;
  if (sum === 100) return [];
  const change = sum < 100 ? `add ${100 - sum}` : `take away ${sum - 100}`;
  return [{ path: ['experiencePercent'], message: `The three shares sum to ${sum} percent, not to 100: ${change}.` }];
}
