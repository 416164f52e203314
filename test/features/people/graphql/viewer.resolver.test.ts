import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ALLY, HR_ADMIN, HRIS, startTestService, type TestService } from '../../../support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

test.each([
  ['an employee', ALLY, 'Ally Adventure', ['READ_PEOPLE', 'READ_ACTION_PLANS', 'WRITE_ACTION_PLANS']],
  [
    'an HR admin',
    HR_ADMIN,
    'Jordan Lake',
    ['READ_PEOPLE', 'READ_ACTION_PLANS', 'WRITE_ACTION_PLANS', 'UPDATE_PLAN_POLICY', 'ERASE_EMPLOYEES'],
  ],
  ['a service', HRIS, undefined, ['READ_PEOPLE']],
])('%s is told who is asking, and what they may do', async (_, claims, name, permissions) => {
  const { data } = await service.ask('{ me { employee { name } permissions } }', {}, claims);
  expect(data.me).toEqual({ employee: name ? { name } : null, permissions });
});
