import { batchLoader } from '../../../database/batch-loader.js';
import { ChildPages } from '../../../database/child-pages.js';
import { Conditions } from '../../../database/conditions.js';
import { type List, readPage } from '../../../database/page.js';
import type { Reader } from '../../../database/reader.js';
import { referenceCondition } from '../../../database/reference-condition.js';
import { mapPage, type PageRequest } from '../../../shared/page.js';
import type { Reference } from '../../../shared/reference.js';
import type { ActionPlan, ActionPlanSummary, PlanStatus } from '../domain/action-plan.js';
import {
  actionIdsOfPlan,
  type PlanDocument,
  partsOfPlan,
  planDocument,
  planSummaryDocument,
  revivePlan,
  revivePlanSummary,
} from './action-plan.document.js';

const visibility = { subject: 'ACTION_PLAN', employee: 'action_plan.employee_id' } as const;

const links = {
  id: 'action_plan.id',
  employee: 'action_plan.employee_id',
  targetRole: 'action_plan.target_role_id',
};

/** Newest first: ids sort by the time of their creation. */
const newestFirst: List = {
  name: 'actionPlans',
  item: planSummaryDocument,
  from: 'action_plan',
  visibility,
  order: [{ sql: 'action_plan.id', type: 'uuid' }],
  descending: true,
  links,
};

const wholePlans = {
  item: planDocument,
  from: `action_plan ${partsOfPlan}`,
  visibility,
  links,
  sets: { actions: actionIdsOfPlan },
  holds: ['wholeActionPlan'],
};

export interface ActionPlanFilter {
  employee?: Reference;
  /** Plans of the direct reports of this person. */
  manager?: Reference;
  targetRole?: Reference;
  skill?: Reference;
  statuses?: PlanStatus[];
}

function planConditions(filter: ActionPlanFilter): Conditions {
  const conditions = new Conditions();
  if (filter.employee) {
    conditions.add(referenceCondition(conditions, 'action_plan.employee_id', 'employee', filter.employee));
  }
  if (filter.manager) {
    const reports = referenceCondition(conditions, 'employment.manager_id', 'employee', filter.manager);
    conditions.add(`action_plan.employee_id in (select employment.employee_id from employment where ${reports})`);
  }
  if (filter.targetRole) {
    conditions.add(referenceCondition(conditions, 'action_plan.target_role_id', 'role', filter.targetRole));
  }
  if (filter.skill) {
    const skill = referenceCondition(conditions, 'plan_skill.skill_id', 'skill', filter.skill);
    conditions.add(`exists (select from plan_skill
      where plan_skill.plan_id = action_plan.id and plan_skill.rank is not null and ${skill})`);
  }
  if (filter.statuses) conditions.add(`action_plan.status = any (${conditions.value(filter.statuses)})`);
  return conditions;
}

export function actionPlanLoaders(reader: Reader) {
  const wholeActionPlan = batchLoader<ActionPlan, PlanDocument>(
    reader,
    { ...wholePlans, key: 'action_plan.id' },
    revivePlan,
  );
  const reviveAndRemember = (document: PlanDocument): ActionPlan => {
    const plan = revivePlan(document);
    wholeActionPlan.prime(plan.id, plan);
    return plan;
  };
  return {
    wholeActionPlan,
    /** Without skills and actions: a reader that needs them takes `wholeActionPlan`. */
    actionPlanSummary: batchLoader<ActionPlanSummary>(
      reader,
      { ...newestFirst, key: 'action_plan.id' },
      revivePlanSummary,
    ),
    /** By the id of one of the actions. */
    planOfAction: batchLoader<ActionPlan, PlanDocument>(
      reader,
      {
        ...wholePlans,
        from: `action join action_plan on action_plan.id = action.plan_id ${partsOfPlan}`,
        key: 'action.id',
      },
      reviveAndRemember,
    ),
    /** By the id of one of the plan's skills. */
    planOfPlanSkill: batchLoader<ActionPlan, PlanDocument>(
      reader,
      {
        ...wholePlans,
        from: `plan_skill as planned join action_plan on action_plan.id = planned.plan_id ${partsOfPlan}`,
        key: 'planned.id',
      },
      reviveAndRemember,
    ),
    /** By the id of the employee. */
    activeActionPlan: batchLoader<ActionPlan, PlanDocument>(
      reader,
      { ...wholePlans, key: 'action_plan.employee_id', where: `action_plan.status = 'ACTIVE'` },
      reviveAndRemember,
    ),
    actionPlans: async (filter: ActionPlanFilter, request: PageRequest) =>
      mapPage(
        await readPage<ActionPlanSummary>(reader, newestFirst, planConditions(filter), request),
        revivePlanSummary,
      ),
    actionPlansOfEmployee: new ChildPages<ActionPlanSummary>(
      reader,
      { ...newestFirst, name: 'actionPlansOfEmployee' },
      'action_plan.employee_id',
      revivePlanSummary,
    ),
  };
}
