import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { DataSource } from 'typeorm';
import { type Config, readConfig } from './config.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './database/embedded-postgres.js';
import { migrate } from './database/migrate.js';
import { openToService } from './database/service-role.js';
import type { Timeouts } from './database/viewer-scope.js';
import { readDemoCompany } from './demo/demo-company.js';
import { openEyes } from './demo/demo-people.js';
import { isEmpty, loadDemoCompany } from './demo/load-demo-company.js';
import { hasPeople } from './has-people.js';
import { createExplorerPage } from './http/explorer-page.js';
import { createLogger, type Logger } from './http/logger.js';
import { developmentSecret, verifyDevelopmentToken } from './http/sign-in/development-token.js';
import { developmentSignIn, oidcSignIn, withDevelopmentTokens } from './http/sign-in/sign-in.js';
import { connectForMigration, type RunningService, startService } from './service.js';
import { type Clock, systemClock } from './shared/clock.js';
import { describeStart } from './start-message.js';

/** In milliseconds. */
const TIMEOUTS: Timeouts = { statement: 10_000, lock: 5_000, idleInTransaction: 30_000 };

const projectFolder = path.join(import.meta.dirname, '..', '..');

/**
 * Brings the schema up to date and, where that is wanted, puts the demo company into an empty database.
 * @returns what `andThen` makes of the connection of the owner
 */
async function prepareDatabase<Outcome>(
  url: string,
  config: Config,
  log: Logger,
  andThen: (owner: DataSource) => Promise<Outcome>,
): Promise<Outcome> {
  const dataSource = await connectForMigration(url);
  try {
    await migrate(dataSource, async (done) => {
      if (done.length > 0) log.info({ migrations: done }, 'database migrated');
      if (!config.demoCompany || !(await isEmpty(dataSource))) return;
      await loadDemoCompany(dataSource, readDemoCompany(path.join(projectFolder, 'demo')));
      log.info('demo company loaded');
    });
    return await andThen(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/** A database that is up to date, as the URL of a role that owns nothing in it. */
async function findDatabase(config: Config, postgres: EmbeddedPostgres | null, log: Logger): Promise<string> {
  if (postgres) return prepareDatabase(postgres.url, config, log, (owner) => openToService(owner, postgres.url));
  if (config.migrationDatabaseUrl) await prepareDatabase(config.migrationDatabaseUrl, config, log, async () => {});
  return config.databaseUrl!;
}

/** Who may sign in, and what only development has: the explorer, and the choice of whose eyes to look through. */
function partsOf(config: Config, clock: Clock, log: Logger) {
  const oidc = config.oidc && oidcSignIn(config.oidc, clock, log);
  if (config.production) return { signIn: oidc! }; // development tokens are not even looked at
  const secret = developmentSecret(config.dataFolder);
  const verify = (token: string) => verifyDevelopmentToken(secret, token);
  return {
    signIn: oidc ? withDevelopmentTokens(oidc, verify) : developmentSignIn(verify),
    explorer: createExplorerPage(path.join(projectFolder, 'dist', 'explorer')),
    listEyes: async () => (config.demoCompany ? openEyes(secret) : []),
  };
}

function stopOnSignals(service: RunningService, postgres: EmbeddedPostgres | null, config: Config, log: Logger): void {
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    const timer = setTimeout(() => {
      log.error('requests in flight did not end in time');
      process.exit(1);
    }, config.shutdownTimeoutSeconds * 1000);
    await service.close();
    await postgres?.stop();
    clearTimeout(timer);
    log.info('stopped');
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** Node would print all that an error carries, which may be what people wrote. */
function logWhatNobodyCaught(log: Logger): void {
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, 'an error that nobody caught');
      process.exit(1);
    });
  }
}

/**
 * By how much the heap may outgrow what is alive before the rest is collected, in percent. By itself it would hold three times of what is
 * alive, as most of it was at hand for a moment only; with this the process takes 170 MB instead of 290 under load.
 */
const HEAP_GROWTH = 50;

async function main(): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`);
  const config = readConfig(process.env);
  // Else the database that is migrated would not be the one that is served.
  if (config.migrationDatabaseUrl && !config.databaseUrl)
    throw new Error('These settings are wrong:\n  DATABASE_URL: must be set where MIGRATION_DATABASE_URL is');
  const log = createLogger(config.logLevel);
  logWhatNobodyCaught(log);
  const clock = systemClock(config.companyTimeZone);
  const postgres =
    config.databaseUrl === null ? await startEmbeddedPostgres(path.join(config.dataFolder, 'postgres')) : null;
  try {
    const databaseUrl = await findDatabase(config, postgres, log);
    const service = await startService({
      ...config,
      databaseUrl,
      timeouts: TIMEOUTS,
      log,
      clock,
      ...partsOf(config, clock, log),
    });
    stopOnSignals(service, postgres, config, log);
    if (!(await hasPeople(databaseUrl, { ...config, timeouts: TIMEOUTS })))
      log.warn('there are no people in the database yet; nobody can sign in');
    log.info({ url: `${service.url}/graphql` }, 'ready');
    if (!config.production && config.logLevel !== 'silent') {
      process.stdout.write(await describeStart(service.url, config));
    }
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
}

try {
  await main();
} catch (error) {
  // The message alone: it says what to do, and a stack trace would hide it.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env['LOG_LEVEL'] === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}
