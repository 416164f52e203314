import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { createDataSource } from './database/data-source.js';
import { migrations } from './database/migrations.js';
import { createReader } from './database/reader.js';
import { buildSchema } from './graphql/build-schema.js';
import { RequestContext } from './graphql/context.js';
import type { TokenClaims } from './http/development-token.js';
import type { ExplorerPage } from './http/explorer-page.js';
import { createApolloServer } from './http/graphql-endpoint.js';
import type { Logger } from './http/logger.js';
import { startServer } from './http/server.js';
import { viewerFromToken } from './http/viewer-from-token.js';
import { createLoaders } from './loaders.js';
import { resolvers } from './resolvers.js';
import { rows } from './rows.js';
import type { Clock } from './shared/clock.js';

export interface ServiceSettings {
  databaseUrl: string;
  databasePoolSize: number;
  host: string;
  port: number;
  production: boolean;
  clock: Clock;
  log: Logger;
  /** What a token says; null when it is not valid. */
  verifyToken(token: string): Promise<TokenClaims | null>;
  explorer?: ExplorerPage;
  listEyes?(): Promise<object[]>;
}

export interface RunningService {
  url: string;
  /** Finishes what is in flight, then lets go of the port and the database. */
  close(): Promise<void>;
}

/** A connected data source over the service's own tables. */
export const connectDatabase = (url: string, poolSize: number): Promise<DataSource> =>
  createDataSource({ url, poolSize, rows, migrations }).initialize();

/** A migration that cannot get a lock gives up after so many milliseconds, instead of holding up all who queue behind it. */
const MIGRATION_LOCK_TIMEOUT = 10_000;

/**
 * A connected data source for changing the schema.
 * @throws an error that names the database, without its password, when it cannot be reached
 */
export async function connectForMigration(url: string): Promise<DataSource> {
  const settings = { url, poolSize: 2, rows, migrations, lockTimeout: MIGRATION_LOCK_TIMEOUT };
  try {
    return await createDataSource(settings).initialize();
  } catch (error) {
    const { host, pathname } = new URL(url);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The database ${pathname.slice(1)} at ${host} cannot be used (DATABASE_URL): ${reason}`);
  }
}

/** Wires database, schema and HTTP together, and starts to serve. The database must be migrated. */
export async function startService(settings: ServiceSettings): Promise<RunningService> {
  const { log, clock } = settings;
  const dataSource = await connectDatabase(settings.databaseUrl, settings.databasePoolSize);
  const reader = createReader(dataSource);
  const schema = buildSchema(resolvers);
  const apollo = createApolloServer(schema, log, settings.production);
  await apollo.start();

  const identities = {
    verify: settings.verifyToken,
    findEmployee: async (externalId: string) => {
      const [employee] = await reader.read<{ id: string }>(
        `select id from employee where external_id = $1 and employment_status <> 'TERMINATED'`,
        [externalId],
      );
      return employee?.id ?? null;
    },
  };
  const server = await startServer(
    {
      apollo,
      log,
      explorer: settings.explorer,
      listEyes: settings.listEyes,
      checkDatabase: async () => {
        await reader.read('select 1', []);
      },
      createContext: async (requestId, authorization) => {
        const viewer = await viewerFromToken(authorization, identities);
        return new RequestContext(requestId, viewer, clock, dataSource, () => createLoaders(reader));
      },
    },
    settings.host,
    settings.port,
  );
  return {
    url: server.url,
    close: async () => {
      await server.close();
      await apollo.stop();
      await dataSource.destroy();
    },
  };
}
