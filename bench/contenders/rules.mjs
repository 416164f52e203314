/** The rules are the same for all contenders: what is compared is how each gets data to them, and answers out. */
export {
  countByCategory,
  judgeActionMix,
} from '../../dist/src/features/action-plans/domain/action-mix.rules.js';
export {
  isCompletionSuggested,
  percentCompleteOfPlan,
  percentCompleteOfSkill,
} from '../../dist/src/features/action-plans/domain/percent-complete.rules.js';
export { judgeReadiness } from '../../dist/src/features/action-plans/domain/plan-readiness.rules.js';
