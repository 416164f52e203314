import type { AccessSettings } from '../shared/access.js';
import type { Viewer } from '../shared/viewer.js';
import type { ViewerConfirmation } from '../shared/viewer-confirmation.js';

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

/** A statement that goes out before another, under the same Sync. */
export interface Scope {
  /** By which Postgres keeps it. */
  name: string;
  text: string;
  values: readonly string[];
}

/** It raises VE002 or VE003 where the viewer is not, or not any longer, who they are taken for; then nothing after it runs. */
const CONFIRMING_STATEMENT = `${SCOPE_STATEMENT}, confirm_viewer($9, $10, $11)`;

/** The scope of a read; one that is not confirmed yet asks Postgres to. */
export function scopeWith(values: readonly string[], confirmation: ViewerConfirmation | null): Scope {
  if (!confirmation?.isOpen) return { name: 'viewer_scope', text: SCOPE_STATEMENT, values };
  const { match, value, employeeId } = confirmation.remembered;
  return { name: 'viewer_scope_confirmed', text: CONFIRMING_STATEMENT, values: [...values, match, value, employeeId] };
}
