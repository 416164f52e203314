import type { Viewer } from './viewer.js';

/** What a signed-in viewer may do in principle; each root field of the API names the one it needs. */
export const PERMISSIONS = ['READ_PEOPLE', 'READ_ACTION_PLANS', 'WRITE_ACTION_PLANS', 'UPDATE_PLAN_POLICY'] as const;

export type Permission = (typeof PERMISSIONS)[number];

const isPerson = (viewer: Viewer): boolean => viewer.employeeId !== null;
const isHrAdmin = (viewer: Viewer): boolean => viewer.roles.includes('hr_admin');

/** The one place where permissions are decided. A service reads people and structure, and nothing of plans. */
const GRANTED_TO: Record<Permission, (viewer: Viewer) => boolean> = {
  READ_PEOPLE: () => true,
  READ_ACTION_PLANS: (viewer) => isPerson(viewer) || isHrAdmin(viewer),
  WRITE_ACTION_PLANS: (viewer) => isPerson(viewer) || isHrAdmin(viewer),
  UPDATE_PLAN_POLICY: isHrAdmin,
};

export const permissionsOf = (viewer: Viewer): Permission[] =>
  PERMISSIONS.filter((permission) => GRANTED_TO[permission](viewer));
