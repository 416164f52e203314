import 'reflect-metadata';
import type { NonEmptyArray } from 'type-graphql';
import { ActionResolver, PlanSkillResolver } from './features/action-plans/graphql/action.resolver.js';
import { actionPlanNodes } from './features/action-plans/graphql/action-plan.nodes.js';
import { ActionPlanResolver } from './features/action-plans/graphql/action-plan.resolver.js';
import {
  ActionPlanListResolver,
  EmployeeActionPlanResolver,
} from './features/action-plans/graphql/action-plan-list.resolver.js';
import { ActivateActionPlanMutation } from './features/action-plans/graphql/activate-action-plan.mutation.js';
import { ArchiveActionPlanMutation } from './features/action-plans/graphql/archive-action-plan.mutation.js';
import { CompleteActionPlanMutation } from './features/action-plans/graphql/complete-action-plan.mutation.js';
import { CreateActionPlanMutation } from './features/action-plans/graphql/create-action-plan.mutation.js';
import { PlanPolicyResolver } from './features/action-plans/graphql/plan-policy.resolver.js';
import {
  ActionPlanRevisionResolver,
  PlanChangeResolver,
  PlanRevisionResolver,
} from './features/action-plans/graphql/plan-revision.resolver.js';
import { ReviseActionPlanMutation } from './features/action-plans/graphql/revise-action-plan.mutation.js';
import { UpdatePlanPolicyMutation } from './features/action-plans/graphql/update-plan-policy.mutation.js';
import { DepartmentResolver } from './features/people/graphql/department.resolver.js';
import { EmployeeResolver } from './features/people/graphql/employee.resolver.js';
import { EmployeeExportResolver } from './features/people/graphql/employee-export.resolver.js';
import { EraseEmployeeMutation } from './features/people/graphql/erase-employee.mutation.js';
import { peopleNodes } from './features/people/graphql/people.nodes.js';
import { RoleResolver } from './features/people/graphql/role.resolver.js';
import { ViewerResolver } from './features/people/graphql/viewer.resolver.js';
import { progressUpdateNodes } from './features/progress/graphql/progress-update.nodes.js';
import {
  ActionProgressResolver,
  ProgressUpdateResolver,
} from './features/progress/graphql/progress-update.resolver.js';
import { RecordProgressMutation } from './features/progress/graphql/record-progress.mutation.js';
import { skillNodes } from './features/skills/graphql/skill.nodes.js';
import { RequiredSkillResolver, RoleSkillResolver, SkillResolver } from './features/skills/graphql/skill.resolver.js';
import { nodeResolver } from './graphql/node.resolver.js';

/** Everything that the API resolves. A new feature adds its resolvers and its nodes here. */
export const resolvers: NonEmptyArray<new () => object> = [
  nodeResolver([...peopleNodes, ...skillNodes, ...actionPlanNodes, ...progressUpdateNodes]),
  ViewerResolver,
  EmployeeResolver,
  EmployeeExportResolver,
  EraseEmployeeMutation,
  DepartmentResolver,
  RoleResolver,
  SkillResolver,
  RoleSkillResolver,
  RequiredSkillResolver,
  PlanPolicyResolver,
  ActionPlanResolver,
  ActionPlanListResolver,
  EmployeeActionPlanResolver,
  PlanSkillResolver,
  ActionResolver,
  ActionPlanRevisionResolver,
  PlanRevisionResolver,
  PlanChangeResolver,
  CreateActionPlanMutation,
  ReviseActionPlanMutation,
  ActivateActionPlanMutation,
  CompleteActionPlanMutation,
  ArchiveActionPlanMutation,
  UpdatePlanPolicyMutation,
  ActionProgressResolver,
  ProgressUpdateResolver,
  RecordProgressMutation,
];
