import { expect, test } from '@jest/globals';
import { openSource } from '../../src/database/source.js';
import { ACCESS_TABLE, type AccessSubject } from '../../src/shared/access-table.js';

const reader = {
  viewer: {
    subject: 'x',
    employeeId: '01900000-0000-7000-8000-000000000009',
    roles: ['hr_admin', 'hris', 'analyst', 'exporter'] as const,
  },
  accessSettings: { indirectManagersReadPlans: true },
  audit: null,
  read: async () => [],
};
const open = (visibility: { subject: AccessSubject; employee?: string }) =>
  openSource({ item: '1', from: 'somewhere', visibility }, reader as never);

test.each(Object.keys(ACCESS_TABLE) as AccessSubject[])(
  'rows of %s are read without saying whose they are only where they are about nobody',
  (subject) => {
    if (['SERVICE', 'VIEWER', 'STRUCTURE'].includes(subject)) expect(() => open({ subject })).not.toThrow();
    else if (subject !== 'PREPARATION') expect(() => open({ subject })).toThrow('is about people');
  },
);

test('what has to be recorded is not read without a trail', () => {
  expect(() => open({ subject: 'ACTION_PLAN', employee: 'action_plan.employee_id' })).toThrow(
    'give the reader an audit trail',
  );
});
