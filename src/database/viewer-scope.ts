import type { AccessSettings } from '../shared/access.js';
import type { Viewer } from '../shared/viewer.js';

/** How long Postgres may take over something, in milliseconds. */
export interface Timeouts {
  statement: number;
  lock: number;
  idleInTransaction: number;
}

/** Deeper than any company. */
const EVERY_LEVEL = 32_767;

/**
 * Tells Postgres who asks, for row-level security, and how long it may take, until the transaction ends. Nothing of it
 * outlives the transaction, so connections may be shared, by a pool or by pgbouncer in transaction mode.
 */
export const SCOPE_STATEMENT = `select set_config('viewer.employee_id', $1, true), set_config('viewer.subject', $2, true),
  set_config('viewer.roles', $3, true), set_config('viewer.reporting_depth', $4, true),
  set_config('statement_timeout', $5, true), set_config('lock_timeout', $6, true),
  set_config('idle_in_transaction_session_timeout', $7, true), set_config('plan_cache_mode', $8, true)`;

/**
 * How Postgres plans a statement that it keeps. ONCE is right where the same plan is, whatever the values are: to look up keys
 * takes less time than to plan how. BY_VALUES leaves it to Postgres, which may plan anew each time.
 */
export type Planning = 'ONCE' | 'BY_VALUES';

/** The values of `SCOPE_STATEMENT`. Without a viewer Postgres shows nothing that is about a person. */
export const scopeValues = (
  viewer: Viewer | null,
  settings: AccessSettings,
  timeouts: Timeouts,
  planning: Planning,
): string[] => [
  viewer?.employeeId ?? '',
  viewer?.subject ?? '',
  viewer?.roles.join(' ') ?? '',
  String(settings.indirectManagersReadPlans ? EVERY_LEVEL : 1),
  String(timeouts.statement),
  String(timeouts.lock),
  String(timeouts.idleInTransaction),
  planning === 'ONCE' ? 'force_generic_plan' : 'auto',
];
