import type { Identifier } from './identifier.js';

export const VIEWER_ROLES = ['hr_admin', 'hris', 'analyst', 'exporter'] as const;

/** What a token may grant beyond being an employee. */
export type ViewerRole = (typeof VIEWER_ROLES)[number];

/** Who is asking: an employee, a service, or both a person and a role. */
export interface Viewer {
  /** The id of the employee, or `service:` and the name of a service account: never a text that a person is called by. */
  subject: string;
  /** The employee that the subject names; null for a service. */
  employeeId: Identifier | null;
  roles: readonly ViewerRole[];
}
