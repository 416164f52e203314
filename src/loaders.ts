import type { Reader } from './database/reader.js';
import { actionPlanLoaders } from './features/action-plans/persistence/action-plan.loaders.js';
import { planPolicyLoaders } from './features/action-plans/persistence/plan-policy.loaders.js';
import { planRevisionLoaders } from './features/action-plans/persistence/plan-revision.loaders.js';
import { departmentLoaders } from './features/people/persistence/department.loaders.js';
import { employeeLoaders } from './features/people/persistence/employee.loaders.js';
import { employeeExportLoaders } from './features/people/persistence/employee-export.loaders.js';
import { roleLoaders } from './features/people/persistence/role.loaders.js';
import { progressUpdateLoaders } from './features/progress/persistence/progress-update.loaders.js';
import { skillLoaders } from './features/skills/persistence/skill.loaders.js';

/** The reads of every feature. They batch and remember, so each request has its own. */
export function createLoaders(reader: Reader) {
  return {
    ...departmentLoaders(reader),
    ...roleLoaders(reader),
    ...employeeLoaders(reader),
    ...employeeExportLoaders(reader),
    ...skillLoaders(reader),
    ...planPolicyLoaders(reader),
    ...actionPlanLoaders(reader),
    ...planRevisionLoaders(reader),
    ...progressUpdateLoaders(reader),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;
