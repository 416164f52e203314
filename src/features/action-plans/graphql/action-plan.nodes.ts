import type { NodeKind } from '../../../graphql/node.js';
import { findAction } from '../domain/action-plan.js';
import { ACTION_PREFIX, PLAN_PREFIX, PLAN_SKILL_PREFIX } from './action-plan.type.js';
import { POLICY_PREFIX } from './plan-policy.type.js';
import { REVISION_PREFIX } from './plan-revision.type.js';
import { rankedSkill } from './ranked-skill.js';

/** What `node(id:)` finds of this feature. */
export const actionPlanNodes: NodeKind[] = [
  {
    typename: 'ActionPlan',
    prefix: PLAN_PREFIX,
    subject: 'ACTION_PLAN',
    load: (id, { loaders }) => loaders.wholeActionPlan.load(id),
  },
  {
    typename: 'PlanSkill',
    prefix: PLAN_SKILL_PREFIX,
    subject: 'ACTION_PLAN',
    load: async (id, { loaders }) => {
      const plan = await loaders.planOfPlanSkill.load(id);
      return plan && rankedSkill(plan, id);
    },
  },
  {
    typename: 'Action',
    prefix: ACTION_PREFIX,
    subject: 'ACTION_PLAN',
    load: async (id, { loaders }) => {
      const plan = await loaders.planOfAction.load(id);
      return plan && findAction(plan, id);
    },
  },
  {
    typename: 'PlanRevision',
    prefix: REVISION_PREFIX,
    subject: 'ACTION_PLAN',
    load: (id, { loaders }) => loaders.planRevision.load(id),
  },
  {
    typename: 'PlanPolicy',
    prefix: POLICY_PREFIX,
    subject: 'STRUCTURE',
    load: (id, { loaders }) => loaders.planPolicy.load(id),
  },
];
