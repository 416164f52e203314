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

type UnionToIntersection<Union> = (Union extends unknown ? (one: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

/** The reads of every feature. */
const FEATURES = [
  departmentLoaders,
  roleLoaders,
  employeeLoaders,
  employeeExportLoaders,
  skillLoaders,
  planPolicyLoaders,
  actionPlanLoaders,
  planRevisionLoaders,
  progressUpdateLoaders,
];

export type Loaders = UnionToIntersection<ReturnType<(typeof FEATURES)[number]>>;

/** Of nobody, to find out what there is to read. */
const READS_NOTHING: Reader = {
  viewer: null,
  accessSettings: { indirectManagersReadPlans: false },
  audit: null,
  read: () => Promise.reject(new Error('Nothing is read in the name of nobody.')),
};

/** Makes the loaders of a feature when the first of them is asked for: most requests need those of one or two. */
class LoadersOnDemand {
  private readonly made: Record<string, unknown>[] = [];

  constructor(private readonly reader: Reader) {}

  find(feature: number, name: string): unknown {
    this.made[feature] ??= FEATURES[feature]!(this.reader);
    return this.made[feature][name];
  }
}

FEATURES.forEach((createLoadersOfFeature, feature) => {
  for (const name of Object.keys(createLoadersOfFeature(READS_NOTHING))) {
    Object.defineProperty(LoadersOnDemand.prototype, name, {
      get(this: LoadersOnDemand) {
        return this.find(feature, name);
      },
    });
  }
});

/** The reads of every feature. They batch and remember, so each request has its own. */
export const createLoaders = (reader: Reader): Loaders => new LoadersOnDemand(reader) as unknown as Loaders;
