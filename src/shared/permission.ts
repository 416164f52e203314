import { isConceivable } from './access.js';
import type { AccessSubject } from './access-table.js';
import type { Viewer } from './viewer.js';

/** What a viewer may do in principle, for a frontend to decide what to offer. What they may do to one thing depends on the thing. */
export const PERMISSIONS = [
  'READ_PEOPLE',
  'READ_ACTION_PLANS',
  'WRITE_ACTION_PLANS',
  'UPDATE_PLAN_POLICY',
  'ERASE_EMPLOYEES',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

const SUBJECT_OF_PERMISSION: Record<Permission, AccessSubject> = {
  READ_PEOPLE: 'DIRECTORY',
  READ_ACTION_PLANS: 'ACTION_PLAN',
  WRITE_ACTION_PLANS: 'CHANGE_PLAN',
  UPDATE_PLAN_POLICY: 'CHANGE_PLAN_POLICY',
  ERASE_EMPLOYEES: 'ERASE_PERSON',
};

export const permissionsOf = (viewer: Viewer): Permission[] =>
  PERMISSIONS.filter((permission) => isConceivable(SUBJECT_OF_PERMISSION[permission], viewer));
