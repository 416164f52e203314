import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectForMigration } from '../src/service.js';
import { createDatabase, dropDatabase, urlOfDatabase } from './support/databases.mjs';
import { IdentityProvider } from './support/identity-provider.js';
import { startMain } from './support/main-process.js';
import { asServiceRole, createTestDatabase, type TestDatabase } from './support/test-database.js';

const project = path.join(import.meta.dirname, '..');

interface Output {
  stdout: string;
  stderr: string;
  code: number | null;
}

interface Started {
  child: ChildProcessWithoutNullStreams;
  /** The lines of the log so far, parsed. */
  log(): { msg: string; url?: string }[];
  /** Resolves once the log has this message; rejects with all that was said when the process ends before. */
  logged(message: string): Promise<{ url?: string }>;
  output: Output;
  ended: Promise<Output>;
}

const running = new Set<ChildProcessWithoutNullStreams>();

/** A script of the built service as a process of its own, with no settings but these. */
function start(script: string, settings: NodeJS.ProcessEnv, ...parameters: string[]): Started {
  const env = { PATH: process.env['PATH'], ...settings };
  const child = spawn(process.execPath, [path.join(project, 'dist', 'src', script), ...parameters], {
    env,
    cwd: project,
  });
  running.add(child);
  const output: Output = { stdout: '', stderr: '', code: null };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child);
    output.code = code;
    return output;
  });
  const log = () =>
    output.stdout
      .split('\n')
      .slice(0, -1) // what stands after the last line break may be half a line
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
  const logged = async (message: string) => {
    for (;;) {
      const line = log().find(({ msg }) => msg === message);
      if (line) return line;
      const more = once(child.stdout, 'data');
      await Promise.race([
        more,
        ended.then(() => {
          throw new Error(`The process ended without "${message}":\n${output.stdout}\n${output.stderr}`);
        }),
      ]);
    }
  };
  return { child, log, logged, output, ended };
}

const run = (script: string, settings: NodeJS.ProcessEnv, ...parameters: string[]): Promise<Output> =>
  start(script, settings, ...parameters).ended;

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'career-process-'));
});
afterAll(async () => {
  for (const child of running) {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
  fs.rmSync(folder, { recursive: true, force: true });
});

async function ask(url: string, token: string, query: string) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, ...((await response.json()) as { data: Record<string, unknown> }) };
}

test('the service starts from nothing, is told to stop, and starts again with what it was given', async () => {
  const settings = { DATA_DIR: path.join(folder, 'data'), PORT: '0', LOG_LEVEL: 'info' };
  const first = start('main.js', settings);
  const { url } = await first.logged('ready');
  expect(first.log().map(({ msg }) => msg)).toEqual(
    expect.arrayContaining(['database migrated', 'demo company loaded']),
  );

  // It says how to begin: a query, and tokens.
  await first.logged('ready');
  while (!/Jordan Lake, HR admin\n +\S+\n/.test(first.output.stdout)) await once(first.child.stdout, 'data');
  const text = first.output.stdout;
  const [, curlUrl, curlToken, curlBody] = /curl -s (\S+) [\s\S]*?Bearer (\S+)'[\s\S]*?-d '([^']+)'/.exec(text)!;
  expect(curlUrl).toBe(url);
  const { query } = JSON.parse(curlBody!);
  expect(await ask(curlUrl!, curlToken!, query)).toMatchObject({
    status: 200,
    data: { me: { employee: { name: 'Ally Adventure', manager: { name: 'Morgan Summit' } } } },
  });
  const tokens = [...text.matchAll(/^ +(eyJ\S+)$/gm)].map(([, token]) => token!);
  expect(tokens.length).toBeGreaterThanOrEqual(4);
  for (const token of tokens) expect((await ask(url!, token, '{ me { permissions } }')).status).toBe(200);

  const made = await ask(
    url!,
    curlToken!,
    `mutation { createActionPlan(input: { employee: { externalId: "ally.adventure" }, goal: "Kept over night" }) {
      plan { id } userErrors { message } } }`,
  );
  const { id } = (made.data['createActionPlan'] as { plan: { id: string } }).plan;

  // A request whose body is still on its way when the service is told to stop.
  const body = JSON.stringify({ query: `{ actionPlan(id: "${id}") { goal } }` });
  const request = http.request(url!, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${curlToken}`,
      expect: '100-continue',
    },
  });
  request.flushHeaders();
  await once(request, 'continue'); // the service has seen the request
  request.write(body.slice(0, 10));
  first.child.kill('SIGTERM');
  await first.logged('stopping');
  const answered = once(request, 'response') as Promise<[http.IncomingMessage]>;
  request.end(body.slice(10));
  const [response] = await answered;
  let answer = '';
  for await (const chunk of response) answer += chunk;
  expect(response.statusCode).toBe(200);
  expect(JSON.parse(answer)).toMatchObject({ data: { actionPlan: { goal: 'Kept over night' } } });
  expect(await first.ended).toMatchObject({ code: 0, stderr: '' });
  expect(first.log().at(-1)).toMatchObject({ msg: 'stopped' });

  const second = start('main.js', settings);
  const again = (await second.logged('ready')).url!;
  const messages = second.log().map(({ msg }) => msg);
  expect(messages).not.toContain('demo company loaded');
  expect(messages).not.toContain('database migrated');
  // The token of before is still good, and the plan is there.
  expect(await ask(again, curlToken!, `{ actionPlan(id: "${id}") { goal } }`)).toMatchObject({
    status: 200,
    data: { actionPlan: { goal: 'Kept over night' } },
  });

  const { stdout, code } = await run('token.js', { DATA_DIR: settings.DATA_DIR }, '--employee', 'ally.adventure');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\S+\n$/);
  expect(await ask(again, stdout.trim(), '{ me { employee { name } } }')).toMatchObject({
    data: { me: { employee: { name: 'Ally Adventure' } } },
  });
  const ofAnother = await run('token.js', { DATA_DIR: path.join(folder, 'another') }, '--employee', 'ally.adventure');
  expect(await ask(again, ofAnother.stdout.trim(), '{ me { permissions } }')).toMatchObject({
    status: 401,
    errors: [{ message: expect.stringMatching(/`npm run --silent token`, with the DATA_DIR of the service/) }],
  });

  second.child.kill('SIGINT');
  expect(await second.ended).toMatchObject({ code: 0, stderr: '' });
});

test('without people the log says that nobody can sign in; with them it says nothing of the kind', async () => {
  const warning = 'there are no people in the database yet; nobody can sign in';
  const data = path.join(folder, 'nobody');
  const empty = start('main.js', { DATA_DIR: data, DEMO_COMPANY: 'false', PORT: '0', LOG_LEVEL: 'info' });
  await empty.logged(warning);
  await empty.logged('ready');
  empty.child.kill('SIGTERM');
  await empty.ended;
  const full = start('main.js', { DATA_DIR: data, PORT: '0', LOG_LEVEL: 'info' });
  await full.logged('ready');
  full.child.kill('SIGTERM');
  await full.ended;
  expect(full.log().map(({ msg }) => msg)).not.toContain(warning);
});

test('it is told to stop through npm, while a client holds a connection that it never used', async () => {
  const dataFolder = path.join(folder, 'npm');
  const child = spawn('npm', ['start'], {
    cwd: project,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      NODE_ENV: 'development',
      DATA_DIR: dataFolder,
      PORT: '0',
      LOG_LEVEL: 'info',
    },
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  while (!/"msg":"ready"/.test(output)) await once(child.stdout, 'data');
  const line = output.split('\n').find((text) => text.includes('"msg":"ready"'))!;
  const { port } = new URL(JSON.parse(line).url);
  const socket = net.connect(Number(port), 'localhost');
  await once(socket, 'connect');
  socket.resume(); // so that its end is noticed
  const closed = once(socket, 'close');
  child.kill('SIGTERM');
  await closed;
  while (!/"msg":"stopped"/.test(output)) await once(child.stdout, 'data');
  expect(output).not.toContain('did not end in time');
  await expect(fetch(`http://localhost:${port}/health/live`)).rejects.toThrow();
});

test('a first start that is killed with everything it has started leaves nothing in the way', async () => {
  const data = path.join(folder, 'killed');
  fs.mkdirSync(data);
  // What such a start leaves: a folder that initdb had begun to fill.
  const leftover = path.join(data, 'postgres.unfinished-999999999');
  fs.mkdirSync(leftover);
  fs.writeFileSync(path.join(leftover, 'PG_VERSION'), '18\n');
  const service = start('main.js', { DATA_DIR: data, PORT: '0', LOG_LEVEL: 'info' });
  await service.logged('ready');
  expect(fs.existsSync(leftover)).toBe(false);
  service.child.kill('SIGTERM');
  expect(await service.ended).toMatchObject({ code: 0 });
});

test('in production the identity provider alone says who somebody is', async () => {
  const database = await createTestDatabase();
  const provider = await IdentityProvider.start();
  const dataFolder = path.join(folder, 'production');
  const development = { DATA_DIR: dataFolder, DATABASE_URL: database.serviceUrl, PORT: '0', LOG_LEVEL: 'debug' };
  const { stdout } = await run('token.js', development, '--employee', 'ally.adventure');
  const oidc = { OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: provider.audience };
  const token = await provider.token({ claims: { exp: Date.now() / 1000 + 60 } });

  // In development both are good.
  const first = start('main.js', { ...development, ...oidc });
  const url = (await first.logged('ready')).url!;
  for (const good of [stdout.trim(), token]) expect((await ask(url, good, '{ me { permissions } }')).status).toBe(200);
  first.child.kill('SIGTERM');
  await first.ended;

  const second = start('main.js', { ...development, ...oidc, NODE_ENV: 'production' });
  const production = (await second.logged('ready')).url!;
  expect((await ask(production, token, '{ me { permissions } }')).status).toBe(200);
  expect((await ask(production, stdout.trim(), '{ me { permissions } }')).status).toBe(401);
  for (const page of ['/', '/development/eyes']) expect((await fetch(new URL(page, production))).status).toBe(404);
  second.child.kill('SIGTERM');
  const { stdout: log } = await second.ended;
  for (const secret of [token, stdout.trim(), ...token.split('.').slice(1)]) expect(log).not.toContain(secret);
  await provider.stop();
  await database.drop();
});

describe('a start that cannot be', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const STACK_TRACE = /^ {4}at /m;

  test('for wrong settings says all of them, and no stack trace', async () => {
    const { code, stderr } = await run('main.js', {
      DATA_DIR: path.join(folder, 'unused'),
      PORT: 'http',
      LOG_LEVEL: 'loud',
    });
    expect(code).toBe(1);
    expect(stderr).toContain('PORT: must be a whole number');
    expect(stderr).toContain('LOG_LEVEL:');
    expect(stderr).not.toMatch(STACK_TRACE);
    expect(fs.existsSync(path.join(folder, 'unused'))).toBe(false);
  });

  test('in production for want of a database says so', async () => {
    const { code, stderr } = await run('main.js', { NODE_ENV: 'production', DATA_DIR: path.join(folder, 'unused') });
    expect(code).toBe(1);
    expect(stderr).toContain('DATABASE_URL: must be set in production');
    expect(stderr).not.toMatch(STACK_TRACE);
  });

  test('for a port in use says which', async () => {
    const occupier = net.createServer().listen(0, 'localhost');
    await once(occupier, 'listening');
    const { port } = occupier.address() as AddressInfo;
    const settings = {
      DATA_DIR: path.join(folder, 'port'),
      DATABASE_URL: database.serviceUrl,
      PORT: String(port),
      LOG_LEVEL: 'info',
    };
    const { code, stderr } = await run('main.js', settings);
    occupier.close();
    expect(code).toBe(1);
    expect(stderr).toContain(String(port));
    expect(stderr).toMatch(/taken/);
    expect(stderr).not.toMatch(STACK_TRACE);
  });

  test('as a role that the database could not hold back says so, and how to make another', async () => {
    const { code, stderr } = await run('main.js', { DATABASE_URL: database.url, PORT: '0' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/of DATABASE_URL is a superuser/);
    expect(stderr).toContain('create role career login');
    expect(stderr).not.toMatch(STACK_TRACE);
  });

  test('on a database that nobody migrated says so; the command for it does', async () => {
    const owner = await connectForMigration(database.url);
    await owner.undoLastMigration();
    await owner.destroy();
    const settings = { DATABASE_URL: database.serviceUrl, PORT: '0' };
    const { code, stderr } = await run('main.js', settings);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('npm run migrate') });
    expect(await run('migrate.js', settings)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Set MIGRATION_/),
    });
    const migration = { MIGRATION_DATABASE_URL: database.url };
    expect(await run('main.js', migration)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('DATABASE_URL: must be set where MIGRATION_DATABASE_URL is'),
    });
    expect(await run('migrate.js', migration)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\w+\d{14}\n$/),
    });
    expect(await run('migrate.js', migration)).toMatchObject({ code: 0, stdout: 'Up to date.\n' });
    await (await startMain({ ...settings, LOG_LEVEL: 'info' })).stop();
  });

  test('on a database that was never migrated says so', async () => {
    const server = process.env['TEST_SERVER_URL']!;
    const name = `career_test_${randomBytes(8).toString('hex')}`;
    await createDatabase(server, name);
    const settings = { DATABASE_URL: asServiceRole(urlOfDatabase(server, name)), PORT: '0' };
    const { code, stderr } = await run('main.js', settings);
    await dropDatabase(server, name);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'The database is not up to date. Run `npm run migrate`, or set MIGRATION_DATABASE_URL.\n',
    });
  });

  test('for a database that never answers gives up and says which', async () => {
    const silent = net.createServer(() => {}).listen(0, 'localhost');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const settings = {
      DATA_DIR: path.join(folder, 'silent'),
      DATABASE_URL: `postgres://app:hunter2@localhost:${port}/careers`,
    };
    const { code, stderr } = await run('main.js', settings);
    silent.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`The database careers at localhost:${port} cannot be used (DATABASE_URL)`);
    expect(stderr).not.toMatch(/hunter2/);
  });

  test('for a database that is not there says so, without its password', async () => {
    const url = 'postgres://app:hunter2@localhost:1/careers';
    const { code, stdout, stderr } = await run('main.js', {
      DATA_DIR: path.join(folder, 'none'),
      DATABASE_URL: url,
      PORT: '0',
    });
    expect(code).toBe(1);
    expect(stderr.trim()).not.toBe('');
    expect(stderr).not.toMatch(STACK_TRACE);
    expect(stdout + stderr).not.toContain('hunter2');
  });
});

describe('the token command', () => {
  const DATA_DIR = () => path.join(folder, 'tokens');

  test.each([
    ['an employee with a role', ['--employee', 'jordan.lake', '--role', 'hr_admin']],
    ['a service', ['--role', 'hris']],
  ])('prints one line for %s', async (_, parameters) => {
    const { code, stdout, stderr } = await run('token.js', { DATA_DIR: DATA_DIR() }, ...parameters);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+\n$/);
  });

  test('keeps its secret readable by nobody else', async () => {
    await run('token.js', { DATA_DIR: DATA_DIR() }, '--role', 'hris');
    expect(fs.statSync(path.join(DATA_DIR(), 'development-secret')).mode & 0o077).toBe(0);
  });

  test.each([
    ['nobody', [], 'Name an employee or a role'],
    [
      'an HR admin who is nobody',
      ['--role', 'hr_admin'],
      'hr_admin is a role of a person: name the --employee who has it',
    ],
    [
      'a service that is somebody',
      ['--employee', 'ally.adventure', '--role', 'hr_admin', '--role', 'hris'],
      'hris is a role of a service, which has no --employee',
    ],
    ['a service that is an HR admin, too', ['--role', 'hris', '--role', 'hr_admin'], 'hr_admin is a role of a person'],
    ['an unknown role', ['--employee', 'ally.adventure', '--role', 'king'], 'A role is one of'],
    ['an unknown option', ['--boss', 'ally.adventure'], '--boss'],
  ])('refuses %s, and says how it is used', async (_, parameters, message) => {
    const { code, stdout, stderr } = await run('token.js', { DATA_DIR: DATA_DIR() }, ...parameters);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain('Usage:');
  });

  test('gives none in production', async () => {
    const settings = { DATA_DIR: DATA_DIR(), NODE_ENV: 'production', DATABASE_URL: 'postgres://app@localhost/careers' };
    const { code, stdout, stderr } = await run('token.js', settings, '--employee', 'ally.adventure');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('no development tokens in production');
  });
});
