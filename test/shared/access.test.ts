import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isConceivable, isGranted, standingsTowards } from '../../src/shared/access.js';
import { ACCESS_TABLE, type AccessSubject } from '../../src/shared/access-table.js';
import { NotPermittedError } from '../../src/shared/not-permitted.js';
import { PERMISSIONS, permissionsOf } from '../../src/shared/permission.js';
import { VIEWER_ROLES, type Viewer } from '../../src/shared/viewer.js';

const person = (employeeId: string | null, roles: Viewer['roles'] = []): Viewer => ({
  subject: 'x',
  employeeId,
  roles,
});
const settings = fc.record({ indirectManagersReadPlans: fc.boolean() });
const roles = fc.subarray([...VIEWER_ROLES]);
const ids = fc.constantFrom('a', 'b', 'c');
const depths = fc.option(fc.integer({ min: 1, max: 12 }));
const subjects = fc.constantFrom(...(Object.keys(ACCESS_TABLE) as AccessSubject[]));

/** What the issue of permissions says of what exists, in ifs instead of a table. */
function told(
  subject: AccessSubject,
  viewer: Viewer,
  employeeId: string,
  depth: number | null,
  indirectManagersReadPlans: boolean,
): boolean | null {
  const isSelf = viewer.employeeId === employeeId;
  const isManager = viewer.employeeId !== null && depth === 1;
  const isAbove = viewer.employeeId !== null && depth !== null;
  const isHrAdmin = viewer.roles.includes('hr_admin');
  const isHris = viewer.roles.includes('hris');
  switch (subject) {
    case 'STRUCTURE':
      return viewer.employeeId !== null || viewer.roles.length > 0;
    case 'DIRECTORY':
      return viewer.employeeId !== null || isHrAdmin || isHris;
    case 'EMPLOYMENT':
      return isSelf || isAbove || isHrAdmin || isHris;
    case 'ACTION_PLAN':
    case 'PROGRESS':
      return isSelf || isManager || isHrAdmin || (isAbove && indirectManagersReadPlans);
    case 'CREATE_PLAN':
    case 'CHANGE_PLAN':
    case 'RECORD_PROGRESS':
      return isSelf || isManager;
    case 'CHANGE_PLAN_POLICY':
    case 'ERASE_PERSON':
      return isHrAdmin;
    case 'EXPORT_PERSON':
      return isSelf || isHrAdmin;
    default:
      return null;
  }
}

test('the table grants what the rules tell, whoever asks about whomever', () => {
  fc.assert(
    fc.property(
      subjects,
      fc.option(ids),
      roles,
      ids,
      depths,
      settings,
      (subject, viewerId, held, employeeId, depth, set) => {
        const viewer = person(viewerId, held);
        const expected = told(subject, viewer, employeeId, depth, set.indirectManagersReadPlans);
        if (expected === null) return;
        expect(isGranted(subject, standingsTowards(viewer, employeeId, depth), set)).toBe(expected);
      },
    ),
    { numRuns: 5000 },
  );
});

test('what is granted is conceivable', () => {
  fc.assert(
    fc.property(
      subjects,
      fc.option(ids),
      roles,
      ids,
      depths,
      settings,
      (subject, viewerId, held, employeeId, depth, set) => {
        const viewer = person(viewerId, held);
        if (isGranted(subject, standingsTowards(viewer, employeeId, depth), set)) {
          expect(isConceivable(subject, viewer)).toBe(true);
        }
      },
    ),
    { numRuns: 5000 },
  );
});

describe('what is not conceivable', () => {
  test.each<[string, Viewer | null, AccessSubject[]]>([
    ['nobody', null, ['VIEWER', 'STRUCTURE', 'DIRECTORY', 'ACTION_PLAN']],
    ['the HRIS', person(null, ['hris']), ['ACTION_PLAN', 'PROGRESS', 'CHANGE_PLAN', 'CONVERSATION', 'ANALYTICS']],
    ['an analyst', person(null, ['analyst']), ['DIRECTORY', 'EMPLOYMENT', 'ACTION_PLAN', 'BULK_EXPORT']],
    ['an employee', person('a'), ['CHANGE_PLAN_POLICY', 'ERASE_PERSON', 'SYNC_PEOPLE', 'ANALYTICS', 'BULK_EXPORT']],
    ['HR', person(null, ['hr_admin']), ['PROFILE_PRIVATE', 'PREPARATION', 'CHANGE_PLAN', 'SYNC_PEOPLE']],
  ])('for %s', (_, viewer, denied) => {
    expect(denied.filter((subject) => isConceivable(subject, viewer))).toEqual([]);
  });
});

test('who may see something and not change it is told who may', () => {
  expect(new NotPermittedError('RECORD_PROGRESS').message).toBe(
    'You may see this, but not do it (Record progress). It is for: the employee, the direct manager.',
  );
});

test('docs/api.md says of each permission which row it stands for', () => {
  const text = fs.readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'api.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `([A-Z_]+)` \| ([A-Z_]+) \|/gm)].map(([, permission, row]) => [permission, row]);
  expect(rows.map(([permission]) => permission)).toEqual([...PERMISSIONS]);
  const viewers = [person('a'), ...VIEWER_ROLES.flatMap((role) => [person('a', [role]), person(null, [role])])];
  for (const viewer of viewers) {
    const conceivable = rows.filter(([, row]) => isConceivable(row as AccessSubject, viewer));
    expect(permissionsOf(viewer)).toEqual(conceivable.map(([permission]) => permission));
  }
});
