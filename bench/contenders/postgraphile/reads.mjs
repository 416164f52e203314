import { lambda } from 'postgraphile/grafast';
import { parse } from 'postgraphile/graphql';
import { extendSchema } from 'postgraphile/utils';
import { isCompletionSuggested, mixOf, percentCompleteOfPlan, percentCompleteOfSkill, readinessOf } from '../rules.mjs';
import { planSteps } from './steps.mjs';
import { wholePlanStep } from './whole-plan.mjs';

const typeDefs = parse(`
  extend type Employee {
    reports(first: Int!): [Employee!]!
    activeActionPlan: ActionPlan
  }
  extend type ActionPlan {
    skills: [PlanSkill!]!
    percentComplete: Float!
    completionSuggested: Boolean!
    mix: ActionMix!
    readiness: PlanReadiness!
  }
  extend type PlanSkill {
    skill: Skill!
    actions: [Action!]!
    percentComplete: Float!
  }
  extend type Action {
    planSkill: PlanSkill!
    updates(first: Int!): [ProgressUpdate!]!
  }
  type ActionMix {
    total: Int!
    compliant: Boolean!
    shares: [MixShare!]!
  }
  type MixShare {
    category: String!
    count: Int!
    percent: Float!
  }
  type PlanReadiness {
    ready: Boolean!
    violations: [RuleViolation!]!
  }
  type RuleViolation {
    rule: String!
    message: String!
    path: [String!]!
  }
`);

const percentOfOneSkill = ([plan, id]) => percentCompleteOfSkill(plan.skills.find((skill) => skill.id === id));

/** The fields that a team adds to what PostGraphile makes of the tables. */
export const readsPlugin = extendSchema((build) => {
  const { pgResources } = build;
  const steps = planSteps(pgResources);
  const wholePlan = wholePlanStep(pgResources.action_plan.executor);
  const judged = (rule) => ($plan) => lambda(wholePlan($plan.get('id')), rule, true);
  return {
    typeDefs,
    objects: {
      Employee: {
        plans: {
          reports($employee, { $first }) {
            const $reports = pgResources.employee.find({ manager_id: $employee.get('id') });
            $reports.orderBy({ attribute: 'name', direction: 'ASC' });
            $reports.orderBy({ attribute: 'id', direction: 'ASC' });
            $reports.setOrderIsUnique();
            $reports.setFirst($first);
            return $reports;
          },
          activeActionPlan: steps.activePlanOf,
        },
      },
      ActionPlan: {
        plans: {
          skills: steps.skillsOf,
          percentComplete: judged(percentCompleteOfPlan),
          completionSuggested: judged(isCompletionSuggested),
          mix: judged(mixOf),
          readiness: judged(readinessOf),
        },
      },
      PlanSkill: {
        plans: {
          skill: steps.skillOf,
          actions: steps.actionsOf,
          percentComplete: ($planSkill) =>
            lambda([wholePlan($planSkill.get('plan_id')), $planSkill.get('id')], percentOfOneSkill, true),
        },
      },
      Action: {
        plans: {
          planSkill: ($action) => pgResources.plan_skill.get({ id: $action.get('plan_skill_id') }),
          updates: ($action, { $first }) => steps.updatesOf($action, $first),
        },
      },
    },
  };
});
