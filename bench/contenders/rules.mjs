/** The rules are the same for all contenders: what is compared is how each gets data to them, and answers out. */
import { countByCategory, judgeActionMix } from '../../dist/src/features/action-plans/domain/action-mix.rules.js';
import { planDifference } from '../../dist/src/features/action-plans/domain/plan-difference.js';
import { applyEdits } from '../../dist/src/features/action-plans/domain/plan-edit.rules.js';
import { checkPlanLimits } from '../../dist/src/features/action-plans/domain/plan-limits.rules.js';
import { judgeReadiness } from '../../dist/src/features/action-plans/domain/plan-readiness.rules.js';
import { checkProgress, completeProgress } from '../../dist/src/features/progress/domain/progress.rules.js';

export {
  isCompletionSuggested,
  percentCompleteOfPlan,
  percentCompleteOfSkill,
} from '../../dist/src/features/action-plans/domain/percent-complete.rules.js';
export { newIdentifier } from '../../dist/src/shared/identifier.js';

const today = () => new Date().toISOString().slice(0, 10);

/** All actions of a plan count: no workload cancels one. */
export const mixOf = (plan) =>
  judgeActionMix(countByCategory(plan.skills.flatMap(({ actions }) => actions)), plan.policy);

/** A plan that runs may have due dates that have passed. */
export const readinessOf = (plan) =>
  judgeReadiness(plan, plan.policy, () => (plan.status === 'DRAFT' ? today() : null));

/** The entry that an input makes, or the problems with it. */
export function judgeProgress(input, now) {
  const state = completeProgress(input);
  if (!state.ok) return { problems: state.problems };
  const entry = { ...state.value, note: input.note ?? null, occurredAt: input.occurredAt ?? now };
  return { entry, problems: checkProgress(entry, now) };
}

export const NO_SUCH_ACTION = {
  code: 'NOT_FOUND',
  message: 'There is no such action in a plan that is ACTIVE.',
  path: ['actionId'],
};

export const versionConflict = (input) => ({
  code: 'VERSION_CONFLICT',
  message: `The plan is no longer at version ${input.expectedVersion}.`,
  path: ['expectedVersion'],
});

function toEdit(edit) {
  if (edit.changePlan) return { kind: 'changePlan', ...edit.changePlan };
  const { actionId, ...content } = edit.changeAction;
  return { kind: 'changeAction', actionId, content };
}

/**
 * The active plan as the input makes it, judged by the policy in force.
 * @returns the plan afterwards and what differs, or the problems with it
 */
export function judgeRevision(before, policyInForce, input) {
  if (before.version !== input.expectedVersion) return { problems: [versionConflict(input)] };
  const edited = applyEdits(before, input.edits.map(toEdit));
  if (!edited.ok) return { problems: edited.problems };
  const after = { ...edited.value, policy: policyInForce };
  const limits = checkPlanLimits(after);
  if (limits.length > 0) return { problems: limits };
  const dueOnBefore = new Map(before.skills.flatMap(({ actions }) => actions).map(({ id, dueOn }) => [id, dueOn]));
  const { ready, violations } = judgeReadiness(after, policyInForce, ({ id, dueOn }) =>
    dueOnBefore.get(id) === dueOn ? null : today(),
  );
  if (!ready) return { problems: violations.map(({ rule, message, path }) => ({ code: rule, message, path })) };
  const changes = planDifference(before, after);
  const version = changes.length === 0 ? before.version : before.version + 1;
  return { after: { ...after, version }, changes, problems: [] };
}
