import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { pino } from 'pino';
import { startTestService, type TestService } from '../support/service.js';

const lines: { incidentId?: string; err?: { message: string }; requestId?: string }[] = [];
const log = pino(
  { base: null },
  new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  }),
);

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
  ['while a field is resolved', 'table role', '{ roles { nodes { title } } }', /^relation "role" does not exist$/],
  [
    'while somebody signs in',
    'function find_employee_for_sign_in',
    '{ me { permissions } }',
    /^function find_employee_for_sign_in\(.*\) does not exist$/,
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
  expect(line?.err?.message).toMatch(reason);
  expect((await service.ask(query)).errors).toBeUndefined();
});

test('no token gets into the log', async () => {
  await service.ask('{ me { permissions } }');
  expect(lines.length).toBeGreaterThan(0);
  expect(JSON.stringify(lines)).not.toMatch(/Bearer|eyJ/);
});
