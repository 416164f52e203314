import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { captureLog } from '../support/captured-log.js';
import { startTestService, type TestService } from '../support/service.js';

const { log, lines } = captureLog<{ incidentId?: string; err?: { message: string }; requestId?: string }>();

let service: TestService;
let client: pg.Client;
beforeAll(async () => {
  service = await startTestService({ log });
  client = new pg.Client({ connectionString: service.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await service.close();
});

test.each([
  [
    'while a field is resolved',
    'table role',
    '{ roles { nodes { title } } }',
    { code: '42P01', message: 'relation "…" does not exist' },
  ],
  [
    'while somebody signs in',
    'function find_employee_for_sign_in',
    '{ me { permissions } }',
    { code: '42883', message: expect.stringMatching(/^function find_employee_for_sign_in\(.*\) does not exist$/) },
  ],
])('a failure %s is masked, and the log knows the incident', async (_, thing, query, reason) => {
  await client.query(`alter ${thing} rename to out_of_order`);
  const { errors } = await service.ask(query);
  const [kind, name] = thing.split(' ');
  await client.query(`alter ${kind} out_of_order rename to ${name}`);
  expect(errors).toHaveLength(1);
  const { message, extensions } = errors![0]!;
  expect(message).not.toMatch(/relation|exist|select|function/);
  expect(extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', incidentId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  const line = lines.find(({ incidentId }) => incidentId === extensions['incidentId']);
  expect(line?.err).toMatchObject(reason);
  expect((await service.ask(query)).errors).toBeUndefined();
});

test('no token gets into the log', async () => {
  await service.ask('{ me { permissions } }');
  expect(lines.length).toBeGreaterThan(0);
  expect(JSON.stringify(lines)).not.toMatch(/Bearer|eyJ/);
});
