import * as myPlan from './my-plan.mjs';
import * as teamPage from './team-page.mjs';

/** In the order in which they run. */
export const workloads = [myPlan, teamPage];
