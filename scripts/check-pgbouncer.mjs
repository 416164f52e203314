// The service behind a real pgbouncer in transaction mode, with two connections to Postgres for everybody: many viewers at the
// same time read and write, and each sees their own plans and nobody else's. Needs pgbouncer on the PATH; see .ci/run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../dist/src/database/embedded-postgres.js';
import { migrate } from '../dist/src/database/migrate.js';
import { SERVICE_ROLE } from '../dist/src/database/service-role.js';
import { readDemoCompany } from '../dist/src/demo/demo-company.js';
import { loadDemoCompany } from '../dist/src/demo/load-demo-company.js';
import { developmentSecret, signDevelopmentToken } from '../dist/src/http/sign-in/development-token.js';
import { connectForMigration } from '../dist/src/service.js';

const root = path.join(import.meta.dirname, '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'career-bouncer-'));
const VIEWERS = ['ally.adventure', 'morgan.summit', 'riley.ridge', 'sasha.trail', 'jordan.lake', 'E-0061', 'E-0069'];
const REQUESTS = 700;
/** Of each viewer no more than may be in flight. */
const AT_ONCE = 175;

/** Waits for a line of a process that says it is ready. */
async function untilSaid(stream, pattern) {
  let said = '';
  for await (const chunk of stream) {
    said += chunk;
    const found = pattern.exec(said);
    if (found) return found;
  }
  throw new Error(`A process ended before it was ready:\n${said}`);
}

async function startPgbouncer(socketFolder) {
  const file = path.join(folder, 'pgbouncer.ini');
  const lines = [
    '[databases]',
    `postgres = host=${socketFolder} port=5432 dbname=postgres`,
    '[pgbouncer]',
    'pool_mode = transaction',
    'default_pool_size = 2',
    'auth_type = any',
    `unix_socket_dir = ${folder}`,
    'listen_port = 6432',
    'ignore_startup_parameters = extra_float_digits',
  ];
  // "any" signs everybody in as one role, so it is said which.
  lines[1] += ` user=${SERVICE_ROLE}`;
  fs.writeFileSync(file, `${lines.join('\n')}\n`);
  // It refuses to run as root; in a user namespace of its own it does not see that it is.
  const isRoot = process.getuid() === 0;
  const [command, ...parameters] = [...(isRoot ? ['unshare', '-U'] : []), 'pgbouncer', file];
  const child = spawn(command, parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
  await untilSaid(child.stderr, /process up/);
  child.stderr.resume();
  return child;
}

async function startMain(environment) {
  const child = spawn(process.execPath, [path.join(root, 'dist', 'src', 'main.js')], {
    cwd: root,
    env: { ...process.env, PORT: '0', DEMO_COMPANY: 'false', LOG_LEVEL: 'info', ...environment },
  });
  child.stderr.pipe(process.stderr);
  const [, url] = await untilSaid(child.stdout, /"url":"([^"]+)\/graphql","msg":"ready"/);
  child.stdout.resume();
  return { child, url };
}

async function ask(url, token, query) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(`${query}: ${JSON.stringify(errors)}`);
  return data;
}

const PLANS = '{ me { employee { externalId } } actionPlans(first: 100) { nodes { goal } } }';
const create = (externalId) => `mutation { createActionPlan(input: { employee: { externalId: "${externalId}" },
  goal: "${externalId}" }) { userErrors { code } } }`;

/** Each writes a plan; then all read at once, some write more, and nobody sees what they did not see alone. */
async function checkViewers(url, tokens) {
  const seenAlone = {};
  for (const viewer of VIEWERS) await ask(url, tokens[viewer], create(viewer));
  const goalsOf = (data) => [...new Set(data.actionPlans.nodes.map(({ goal }) => goal))].sort().join(' ');
  for (const viewer of VIEWERS) seenAlone[viewer] = goalsOf(await ask(url, tokens[viewer], PLANS));
  if (new Set(Object.values(seenAlone)).size < 4) throw new Error('The viewers do not differ in what they see.');
  const askAs = async (place) => {
    const viewer = VIEWERS[(place * 31) % VIEWERS.length];
    if (place % 5 === 0) return ask(url, tokens[viewer], create(viewer));
    const data = await ask(url, tokens[viewer], PLANS);
    const seen = { viewer: data.me.employee.externalId, goals: goalsOf(data) };
    if (seen.viewer !== viewer || seen.goals !== seenAlone[viewer]) {
      throw new Error(`${viewer} saw ${JSON.stringify(seen)} instead of ${seenAlone[viewer]}.`);
    }
  };
  for (let first = 0; first < REQUESTS; first += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, place) => askAs(first + place)));
  }
}

async function main() {
  const postgres = await startEmbeddedPostgres(path.join(folder, 'data'), ['fsync=off']);
  const children = [];
  try {
    const owner = await connectForMigration(postgres.url);
    await migrate(owner);
    await loadDemoCompany(owner, readDemoCompany(path.join(root, 'demo')));
    await owner.query(`alter role ${SERVICE_ROLE} login`);
    children.push(await startPgbouncer(new URL(postgres.url).searchParams.get('host')));
    const { child, url } = await startMain({
      DATA_DIR: folder,
      DATABASE_URL: `postgresql://${SERVICE_ROLE}@localhost:6432/postgres?host=${encodeURIComponent(folder)}`,
      DATABASE_NAMED_STATEMENTS: 'false', // pgbouncer knows them from 1.21 on
    });
    children.push(child);
    const secret = developmentSecret(folder);
    const tokens = {};
    for (const employee of VIEWERS) tokens[employee] = await signDevelopmentToken(secret, { employee, roles: [] });
    await checkViewers(url, tokens);
    const [{ count }] = await owner.query(
      `select count(*)::integer from pg_stat_activity where usename = '${SERVICE_ROLE}' and backend_type = 'client backend'`,
    );
    if (count > 2) throw new Error(`There are ${count} connections; pgbouncer was not between.`);
    await owner.destroy();
    process.stdout.write(
      `${REQUESTS} requests of ${VIEWERS.length} viewers through pgbouncer on ${count} connections: all is well.\n`,
    );
  } finally {
    for (const child of children.reverse()) {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    }
    await postgres.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

await main();
