import { DataSource } from 'typeorm';
import { watchForLoss } from './connection-loss.js';
import { HoldingClient } from './holding-client.js';
import { NamingClient } from './naming-client.js';
import { SnakeCaseNaming } from './snake-case-naming.js';

/** How long to wait for a connection, new or from the pool, in milliseconds. */
export const CONNECTION_TIMEOUT = 10_000;

export interface DataSourceSettings {
  url: string;
  poolSize: number;
  rows: (new () => object)[];
  migrations: (new () => object)[];
  /** Whether Postgres is to parse and plan a statement once per connection. */
  namedStatements: boolean;
  /** How long a statement waits for a lock, in milliseconds; without it, as long as it takes. */
  lockTimeout?: number;
}

/** The one data source: schema, migrations, connection pool and writes. Nothing ever changes the schema by itself. */
export function createDataSource(settings: DataSourceSettings): DataSource {
  return new DataSource({
    type: 'postgres',
    url: settings.url,
    entities: settings.rows,
    migrations: settings.migrations,
    migrationsTableName: 'migration',
    namingStrategy: new SnakeCaseNaming(),
    synchronize: false,
    migrationsRun: false,
    poolSize: settings.poolSize,
    connectTimeoutMS: CONNECTION_TIMEOUT,
    applicationName: 'career-conversations',
    installExtensions: false, // the migrations say which extensions there are
    extra: {
      onConnect: watchForLoss,
      Client: settings.namedStatements ? NamingClient : HoldingClient,
      ...(settings.lockTimeout && { lock_timeout: settings.lockTimeout }),
    },
  });
}
