import { type AccessSubject, ruleOf, STANDINGS, type Standing } from './access-table.js';
import type { Identifier } from './identifier.js';
import type { Viewer, ViewerRole } from './viewer.js';

/** What the company may decide about access. */
export interface AccessSettings {
  /** Whether those above the direct manager read plans and progress. */
  indirectManagersReadPlans: boolean;
}

/** How far above a person a viewer is in the reporting line: 1 for the direct manager; null when not at all. */
export type ReportingDepth = number | null;

const STANDING_OF_ROLE: Record<ViewerRole, Standing> = {
  hr_admin: 'HR_ADMIN',
  hris: 'HRIS',
  analyst: 'ANALYST',
  exporter: 'EXPORTER',
};

const PERSONAL_STANDINGS: Standing[] = [
  'EMPLOYEE',
  'DIRECT_MANAGER',
  'INDIRECT_MANAGER',
  'OTHER_PARTICIPANT',
  'CONNECTED',
  'COLLEAGUE',
];

/** The standings that come with a token, towards everybody. */
export const roleStandings = (viewer: Viewer): Standing[] => viewer.roles.map((role) => STANDING_OF_ROLE[role]);

/** Every standing that a viewer could have towards somebody. */
export function possibleStandings(viewer: Viewer | null): Standing[] {
  if (viewer === null) return ['NOBODY'];
  return [...(viewer.employeeId === null ? [] : PERSONAL_STANDINGS), ...roleStandings(viewer)];
}

/** The standings of a viewer towards one person. */
export function standingsTowards(viewer: Viewer, employeeId: Identifier, depth: ReportingDepth): Standing[] {
  if (viewer.employeeId === null) return roleStandings(viewer);
  const personal: Standing[] = ['COLLEAGUE'];
  if (viewer.employeeId === employeeId) personal.push('EMPLOYEE');
  if (depth !== null) personal.push(depth === 1 ? 'DIRECT_MANAGER' : 'INDIRECT_MANAGER');
  return [...personal, ...roleStandings(viewer)];
}

/** Whether one of the standings grants what the subject stands for. */
export function isGranted(subject: AccessSubject, standings: readonly Standing[], settings: AccessSettings): boolean {
  const { grants } = ruleOf(subject);
  return standings.some((standing) => {
    const grant = grants[standing];
    return grant === 'BY_SETTING' ? settings.indirectManagersReadPlans : grant !== undefined;
  });
}

/** Whether a viewer has to account for reading what the subject stands for, of others: their token alone lets them. */
export const hasToAccountFor = (subject: AccessSubject, viewer: Viewer, settings: AccessSettings): boolean =>
  ruleOf(subject).recorded === true && isGranted(subject, roleStandings(viewer), settings);

/** Who may do it at all, always or as far as a setting or their own part goes. */
export const standingsGranted = (subject: AccessSubject): Standing[] =>
  STANDINGS.filter((standing) => ruleOf(subject).grants[standing] !== undefined);

/** Whether there can be anybody towards whom the viewer may do it. */
export const isConceivable = (subject: AccessSubject, viewer: Viewer | null): boolean =>
  possibleStandings(viewer).some((standing) => ruleOf(subject).grants[standing] !== undefined);
