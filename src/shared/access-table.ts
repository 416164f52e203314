/**
 * How somebody stands to the person whom something is about, or what their token grants beyond that. A viewer may have
 * several standings at once, and may do what any of them grants.
 */
export const STANDINGS = [
  'EMPLOYEE',
  'DIRECT_MANAGER',
  'INDIRECT_MANAGER',
  'OTHER_PARTICIPANT',
  'CONNECTED',
  'HR_ADMIN',
  'HRIS',
  'ANALYST',
  'EXPORTER',
  'COLLEAGUE',
  'NOBODY',
] as const;

export type Standing = (typeof STANDINGS)[number];

/** As people call them. */
export const STANDING_NAMES: Record<Standing, string> = {
  EMPLOYEE: 'the employee',
  DIRECT_MANAGER: 'the direct manager',
  INDIRECT_MANAGER: 'indirect managers',
  OTHER_PARTICIPANT: "a conversation's other participant",
  CONNECTED: 'a connected mentor or peer',
  HR_ADMIN: 'HR admins',
  HRIS: 'the HRIS service',
  ANALYST: 'analysts',
  EXPORTER: 'the export service',
  COLLEAGUE: 'other employees',
  NOBODY: 'nobody in particular',
};

/** ALWAYS, or only where the company's setting for indirect managers says so, or only the part that is their own. */
export type Grant = 'ALWAYS' | 'BY_SETTING' | 'OWN_PART';

export interface AccessRule {
  /** What is read or done, for the table in docs/permissions.md. */
  description: string;
  grants: Partial<Record<Standing, Grant>>;
  /** Reads by those whom only what their token grants lets read it are recorded in the audit trail. */
  recorded?: true;
  /** The thing does not exist yet; its rule does. */
  planned?: true;
}

const always = (...standings: Standing[]): Partial<Record<Standing, Grant>> =>
  Object.fromEntries(standings.map((standing) => [standing, 'ALWAYS']));

const people: Standing[] = [
  'EMPLOYEE',
  'DIRECT_MANAGER',
  'INDIRECT_MANAGER',
  'OTHER_PARTICIPANT',
  'CONNECTED',
  'COLLEAGUE',
];
const signedIn = STANDINGS.filter((standing) => standing !== 'NOBODY');
const planReaders = { ...always('EMPLOYEE', 'DIRECT_MANAGER', 'HR_ADMIN'), INDIRECT_MANAGER: 'BY_SETTING' as const };
const planWriters = always('EMPLOYEE', 'DIRECT_MANAGER');
const conversationWriters = always('EMPLOYEE', 'DIRECT_MANAGER', 'OTHER_PARTICIPANT');

/**
 * The one table of who may do what. Every object type, every field of one about people, and every
 * query and mutation names the row that it falls under (`@Access`); what names none does not start.
 */
export const ACCESS_TABLE = {
  SERVICE: {
    description: 'Health, the explorer in development, introspection where it is on',
    grants: always(...STANDINGS),
  },
  VIEWER: { description: 'Who one is, and what one may do', grants: always(...signedIn) },
  STRUCTURE: {
    description: "Departments, roles, skills, the company's rules for plans",
    grants: always(...signedIn),
  },
  DIRECTORY: {
    description: 'Who works here: name, job title, department, external id. Who has left only where employment is seen',
    grants: always(...people, 'HR_ADMIN', 'HRIS'),
  },
  EMPLOYMENT: {
    description: 'Work e-mail, role, manager, reports, first day, employment status',
    grants: always('EMPLOYEE', 'DIRECT_MANAGER', 'INDIRECT_MANAGER', 'HR_ADMIN', 'HRIS'),
  },
  ACTION_PLAN: {
    description: 'Action plans: skills, actions, mix, readiness, history',
    grants: planReaders,
    recorded: true,
  },
  PROGRESS: { description: 'Progress on actions', grants: planReaders, recorded: true },
  CREATE_PLAN: { description: 'Build a plan for somebody', grants: planWriters },
  CHANGE_PLAN: { description: 'Revise, activate, complete, archive a plan', grants: planWriters },
  RECORD_PROGRESS: { description: 'Record progress', grants: planWriters },
  CHANGE_PLAN_POLICY: { description: "Change the company's rules for plans", grants: always('HR_ADMIN') },
  EXPORT_PERSON: {
    description: 'All that is stored about a person, in one document',
    grants: always('EMPLOYEE', 'HR_ADMIN'),
    recorded: true,
  },
  ERASE_PERSON: { description: 'Erase a person', grants: always('HR_ADMIN') },
  PROFILE_SHARED: {
    description: 'Career profile: fields shared with managers',
    grants: always('EMPLOYEE', 'DIRECT_MANAGER', 'HR_ADMIN'),
    recorded: true,
    planned: true,
  },
  PROFILE_PRIVATE: {
    description: 'Career profile: private fields',
    grants: always('EMPLOYEE'),
    planned: true,
  },
  CHANGE_PROFILE: { description: 'Change a career profile', grants: always('EMPLOYEE'), planned: true },
  CONVERSATION: {
    description: 'A conversation: appointment, agenda, what was shared, follow-ups',
    grants: always('EMPLOYEE', 'DIRECT_MANAGER', 'OTHER_PARTICIPANT', 'HR_ADMIN'),
    recorded: true,
    planned: true,
  },
  PREPARATION: {
    description: 'Private notes, and preparations not yet shared',
    grants: { EMPLOYEE: 'OWN_PART', DIRECT_MANAGER: 'OWN_PART', OTHER_PARTICIPANT: 'OWN_PART' },
    planned: true,
  },
  HOLD_CONVERSATION: {
    description: 'Schedule, prepare, record, cancel a conversation',
    grants: conversationWriters,
    planned: true,
  },
  OFFER: {
    description: 'What somebody chose to offer: shadowing, mentoring, coaching',
    grants: always(...people, 'HR_ADMIN'),
    planned: true,
  },
  SYNC_PEOPLE: { description: 'Feed people and structure in', grants: always('HRIS'), planned: true },
  ANALYTICS: { description: 'Aggregates', grants: always('HR_ADMIN', 'ANALYST'), planned: true },
  BULK_EXPORT: { description: 'Bulk pulls for the warehouse', grants: always('EXPORTER'), planned: true },
} satisfies Record<string, AccessRule>;

export type AccessSubject = keyof typeof ACCESS_TABLE;

export const ruleOf = (subject: AccessSubject): AccessRule => ACCESS_TABLE[subject];
