import * as myPlan from './my-plan.mjs';
import * as recordProgress from './record-progress.mjs';
import * as revisePlan from './revise-plan.mjs';
import * as teamPage from './team-page.mjs';

/** In the order in which they run: those that change something come last, and undo it. */
export const workloads = [myPlan, teamPage, recordProgress, revisePlan];
