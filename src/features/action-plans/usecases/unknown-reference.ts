import type { ActionPlanProblem } from '../domain/action-plan-problem.js';

export const unknownEmployee = (path: string[]): ActionPlanProblem => ({
  code: 'NOT_FOUND',
  message: 'There is no such employee.',
  path,
});

export const unknownRole = (path: string[]): ActionPlanProblem => ({
  code: 'NOT_FOUND',
  message: 'There is no such role.',
  path,
});

export const unknownSkill = (path: string[]): ActionPlanProblem => ({
  code: 'NOT_FOUND',
  message: 'The skill catalogue has no such skill. Search it with the query "skills".',
  path,
});
