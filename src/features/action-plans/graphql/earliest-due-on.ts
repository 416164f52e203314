import type { RequestContext } from '../../../graphql/context.js';
import type { CalendarDay } from '../../../shared/clock.js';
import type { ActionPlanSummary } from '../domain/action-plan.js';

/** The first day on which an action of the plan may be due: a draft must not start late, a running plan may. */
export const earliestDueOn = (plan: ActionPlanSummary, { clock }: RequestContext): CalendarDay | null =>
  plan.status === 'DRAFT' ? clock.today() : null;
