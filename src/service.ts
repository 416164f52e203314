import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { createDataSource } from './database/data-source.js';
import { createDatabase } from './database/database.js';
import { readJointly } from './database/joint-read.js';
import { lookupPartOf } from './database/lookup-connections.js';
import { isMigrated } from './database/migrate.js';
import { migrations } from './database/migrations.js';
import type { Reader } from './database/reader.js';
import { checkServiceRole } from './database/service-role.js';
import { openShortQueries } from './database/short-queries.js';
import type { Timeouts } from './database/viewer-scope.js';
import { type ReadAhead, WantedStatements } from './database/wanted-statements.js';
import { EMPLOYEE_PREFIX } from './features/people/graphql/employee.type.js';
import { buildSchema } from './graphql/build-schema.js';
import { RequestContext } from './graphql/context.js';
import { createApolloServer, type RequestLimits } from './http/apollo-server.js';
import { clientAddress } from './http/client-address.js';
import { crossOrigin } from './http/cross-origin.js';
import type { ExplorerPage } from './http/explorer-page.js';
import { GraphqlEndpoint } from './http/graphql-endpoint.js';
import type { Logger } from './http/logger.js';
import { RateLimit, type RateLimitSettings } from './http/rate-limit.js';
import { REQUEST_TIMEOUTS, type RequestTimeouts } from './http/request-timeouts.js';
import { securityHeaders } from './http/security-headers.js';
import { startServer } from './http/server.js';
import { credentialOf } from './http/sign-in/credential.js';
import type { EmployeeName } from './http/sign-in/identity.js';
import { KnownEmployees } from './http/sign-in/known-employees.js';
import { RequestSignIn } from './http/sign-in/request-sign-in.js';
import type { SignIn } from './http/sign-in/sign-in.js';
import { type FindEmployee, identityFromToken } from './http/sign-in/viewer-from-token.js';
import type { DocumentModes } from './http/trusted-documents/document-mode.js';
import type { Manifest } from './http/trusted-documents/manifest.js';
import { TrustedDocuments } from './http/trusted-documents/trusted-documents.js';
import { createLoaders } from './loaders.js';
import { resolvers } from './resolvers.js';
import { rows } from './rows.js';
import type { AccessSettings } from './shared/access.js';
import type { Clock } from './shared/clock.js';
import { decodeTypedId } from './shared/typed-id.js';
import type { Viewer } from './shared/viewer.js';

export interface ServiceSettings {
  /** Of a role that owns nothing. */
  databaseUrl: string;
  databasePoolSize: number;
  namedStatements: boolean;
  timeouts: Timeouts;
  accessSettings: AccessSettings;
  /** How many proxies of our own stand in front. */
  trustedProxies: number;
  host: string;
  port: number;
  production: boolean;
  introspection: boolean;
  corsOrigins: readonly string[];
  limits: RequestLimits;
  trustedDocuments: Manifest;
  documentModes: DocumentModes;
  requestTimeouts?: RequestTimeouts;
  rateLimit: RateLimitSettings;
  clock: Clock;
  log: Logger;
  signIn: SignIn;
  explorer?: ExplorerPage;
  listEyes?(): Promise<object[]>;
  /** From which time on queries read in one statement what their fields declare; the second, where nothing is said. */
  readAhead?: ReadAhead;
}

export interface RunningService {
  url: string;
  /** Finishes what is in flight, then lets go of the port and the database. */
  close(): Promise<void>;
}

/** A connected data source over the service's own tables. */
export const connectDatabase = (url: string, poolSize: number, namedStatements: boolean): Promise<DataSource> =>
  initialise(createDataSource({ url, poolSize, namedStatements, rows, migrations }), url, 'DATABASE_URL');

/** A migration that cannot get a lock gives up after so many milliseconds, instead of holding up all who queue behind it. */
const MIGRATION_LOCK_TIMEOUT = 10_000;

/**
 * A connected data source for changing the schema.
 * @throws an error that names the database, without its password, when it cannot be reached
 */
export function connectForMigration(url: string): Promise<DataSource> {
  const settings = { url, poolSize: 2, namedStatements: false, rows, migrations, lockTimeout: MIGRATION_LOCK_TIMEOUT };
  return initialise(createDataSource(settings), url, 'MIGRATION_DATABASE_URL');
}

/** Connects, or says which setting names a database that does not let it. */
async function initialise(dataSource: DataSource, url: string, setting: string): Promise<DataSource> {
  try {
    return await dataSource.initialize();
  } catch (error) {
    const { host, pathname } = new URL(url);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The database ${pathname.slice(1)} at ${host} cannot be used (${setting}): ${reason}`);
  }
}

/** Connects as the role of the service, to a database that is up to date, or says what is wrong. */
async function connectAsService(
  { databaseUrl, namedStatements }: ServiceSettings,
  poolSize: number,
): Promise<DataSource> {
  const dataSource = await connectDatabase(databaseUrl, poolSize, namedStatements);
  try {
    await checkServiceRole(dataSource);
    if (!(await isMigrated(dataSource))) {
      throw new Error('The database is not up to date. Run `npm run migrate`, or set MIGRATION_DATABASE_URL.');
    }
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

/** Finds people before it is known who asks, by a function that tells no more than whether they work here. */
function findEmployeeWith(nobody: Reader): FindEmployee {
  return async ({ match, value }: EmployeeName) => {
    const typed = match === 'id' ? decodeTypedId(value) : null;
    if (match === 'id' && typed?.prefix !== EMPLOYEE_PREFIX) return null;
    const asked = { match, value: typed?.identifier ?? value };
    const [employee] = await nobody.read<{ id: string; employed: boolean }>(
      'select id, employed from find_employee_for_sign_in($1, $2)',
      [asked.match, asked.value],
    );
    return employee ? { ...employee, ...asked } : null;
  };
}

/** Wires database, schema and HTTP together, and starts to serve. The database must be migrated. */
export async function startService(settings: ServiceSettings): Promise<RunningService> {
  const { log, clock, databasePoolSize } = settings;
  const lookupConnections = lookupPartOf(databasePoolSize);
  const dataSource = await connectAsService(settings, databasePoolSize - lookupConnections);
  const database = createDatabase(dataSource, { ...settings, lookupConnections });
  const nobody = database.readerFor(null);
  const wanted = new WantedStatements(settings.readAhead ?? 'SECOND_TIME');
  const schema = buildSchema(resolvers);
  const shared =
    settings.rateLimit.store === 'postgres' ? openShortQueries(settings.databaseUrl, settings.namedStatements) : null;
  const rateLimit = RateLimit.create(settings.rateLimit, shared, log);
  const documents = new TrustedDocuments(settings.trustedDocuments);
  const apollo = createApolloServer(schema, log, rateLimit, documents, settings);
  await apollo.start();

  const { signIn } = settings;
  const knownEmployees = new KnownEmployees();
  await signIn.open();
  const server = await startServer(
    {
      graphql: new GraphqlEndpoint({
        apollo,
        documents,
        documentModes: settings.documentModes,
        bounds: settings.limits.document,
        rateLimit,
      }),
      headers: securityHeaders(settings.production),
      crossOrigin: crossOrigin(settings.corsOrigins),
      timeouts: settings.requestTimeouts ?? REQUEST_TIMEOUTS,
      log,
      explorer: settings.explorer,
      listEyes: settings.listEyes,
      signInState: signIn.state,
      checkDatabase: async () => {
        await nobody.read('select 1', []);
      },
      askerOf: ({ requestId, request, gone }) => {
        const { authorization } = request.headers;
        const credential = credentialOf(authorization);
        const address = clientAddress(request, settings.trustedProxies);
        const requestSignIn = new RequestSignIn(knownEmployees, (name) =>
          findEmployeeWith(database.readerFor(null, { gone }))(name),
        );
        const admit = (viewer: Viewer | null, tokenSubject: string | null) => {
          const caller = { viewer, tokenSubject, address, credential };
          rateLimit.admit(caller);
          return caller;
        };
        return {
          address,
          credential,
          identify: async () => {
            rateLimit.admitCredential(credential);
            if (authorization === undefined) admit(null, null);
            const identity = await identityFromToken(authorization, signIn.verify);
            if (identity) admit(null, identity.subject);
            return identity;
          },
          createContext: async (identity, mayRecall) => {
            const viewer = identity && (await requestSignIn.viewerOf(identity, mayRecall));
            const caller = admit(viewer, null);
            const audit = database.auditFor(viewer, { address, requestId });
            const { confirmation } = requestSignIn;
            const reader = database.readerFor(viewer, { audit, gone, confirmation });
            return new RequestContext(requestId, caller, clock, database, audit, {
              create: () => createLoaders(reader),
              readJointly: (loaders, plan) => readJointly(reader, loaders, plan, wanted),
            });
          },
          confirm: () => requestSignIn.confirm(),
        };
      },
    },
    settings.host,
    settings.port,
  );
  return {
    url: server.url,
    close: async () => {
      await server.close();
      signIn.close();
      await apollo.stop();
      await shared?.close();
      await database.close();
    },
  };
}
