import type { ViewerRole } from '../../shared/viewer.js';

/** What a scope grants to a service account. To a person scopes grant nothing. */
export const SCOPE_ROLES: ReadonlyMap<string, ViewerRole> = new Map([
  ['hris:write', 'hris'],
  ['analytics:read', 'analyst'],
  ['export:read', 'exporter'],
]);
