import { once } from 'node:events';
import net from 'node:net';
import { expect, test } from '@jest/globals';
import pg from 'pg';
import { ALLY, startTestService } from '../support/service.js';

test('a request that has come half holds nothing up', async () => {
  const service = await startTestService();
  const { hostname, port } = new URL(service.url);
  const socket = net.connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"q');
  await service.ask('{ __typename }'); // by then the service has seen it
  const ended = once(socket, 'close');
  await service.close();
  await ended;
}, 15_000);

test('a request in flight is answered, and its connection is not offered for another', async () => {
  const service = await startTestService();
  const owner = new pg.Client({ connectionString: service.databaseUrl });
  await owner.connect();
  await owner.query('begin');
  await owner.query('lock table skill in access exclusive mode');
  const asked = fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await service.token(ALLY)}` },
    body: '{"query":"{ skills(first: 1) { nodes { name } } }"}',
  });
  const isWaiting = async () =>
    (await owner.query(`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`))
      .rowCount === 1;
  while (!(await isWaiting())); // each look is a round trip to Postgres
  const { port, hostname } = new URL(service.url);
  const closed = service.closeServer();
  await expect(fetch(`http://${hostname}:${port}/health/live`)).rejects.toThrow();
  await owner.query('rollback');
  await owner.end();
  const answer = await asked;
  expect(answer.status).toBe(200);
  expect(answer.headers.get('connection')).toBe('close');
  await closed;
  await service.drop();
});
