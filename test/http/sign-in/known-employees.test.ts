import { expect, test } from '@jest/globals';
import { KnownEmployees } from '../../../src/http/sign-in/known-employees.js';

const remembered = (employeeId: string) => ({ employeeId, match: 'external_id', value: employeeId });

test('the same value is another name where it is looked for elsewhere', () => {
  const employees = new KnownEmployees();
  employees.remember({ match: 'external_id', value: 'x' }, remembered('1'));
  expect(employees.recall({ match: 'work_email', value: 'x' })).toBeNull();
  employees.forget({ match: 'work_email', value: 'x' });
  expect(employees.recall({ match: 'external_id', value: 'x' })).toEqual(remembered('1'));
  employees.forget({ match: 'external_id', value: 'x' });
  expect(employees.recall({ match: 'external_id', value: 'x' })).toBeNull();
});

test('25,000 people are remembered; who was not here for the longest time is forgotten', () => {
  const employees = new KnownEmployees();
  const name = (place: number) => ({ match: 'external_id' as const, value: String(place) });
  for (let place = 0; place < 25_000; place++) employees.remember(name(place), remembered(String(place)));
  employees.recall(name(0));
  employees.remember(name(25_000), remembered('25000'));
  expect(employees.recall(name(1))).toBeNull();
  for (const place of [0, 2, 25_000]) expect(employees.recall(name(place))).toEqual(remembered(String(place)));
});
