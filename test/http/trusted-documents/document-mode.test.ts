import { expect, test } from '@jest/globals';
import { type DocumentModes, modeOf } from '../../../src/http/trusted-documents/document-mode.js';
import type { Identifier } from '../../../src/shared/identifier.js';
import type { Viewer, ViewerRole } from '../../../src/shared/viewer.js';

const MODES: DocumentModes = { employee: 'only', hr_admin: 'prefer', hris: 'only', analyst: 'prefer', exporter: 'all' };
const person = (...roles: ViewerRole[]): Viewer => ({ subject: 'x', employeeId: 'x' as Identifier, roles });
const account = (...roles: ViewerRole[]): Viewer => ({ subject: 'service:x', employeeId: null, roles });

test.each([
  ['nobody', null, 'only'],
  ['a person', person(), 'only'],
  ['an HR admin', person('hr_admin'), 'prefer'],
  ['a service account', account('hris'), 'only'],
  ['a service account of two roles', account('hris', 'analyst'), 'prefer'],
  ['a service account of three roles', account('hris', 'analyst', 'exporter'), 'all'],
] as const)('%s has the most generous mode of all that they are', (_, viewer, mode) => {
  expect(modeOf(MODES, viewer)).toBe(mode);
});

test('a service account gets nothing from the mode of people, and a role takes nothing from it', () => {
  const modes: DocumentModes = { ...MODES, employee: 'all', hr_admin: 'only' };
  expect(modeOf(modes, account('hris'))).toBe('only');
  expect(modeOf(modes, person('hr_admin'))).toBe('all');
});
