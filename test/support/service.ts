import path from 'node:path';
import { readConfig } from '../../src/config.js';
import type { Timeouts } from '../../src/database/viewer-scope.js';
import type { ReadAhead } from '../../src/database/wanted-statements.js';
import { openEyes } from '../../src/demo/demo-people.js';
import type { RequestLimits } from '../../src/http/apollo-server.js';
import { createExplorerPage } from '../../src/http/explorer-page.js';
import { createLogger, type Logger } from '../../src/http/logger.js';
import type { RateLimitSettings } from '../../src/http/rate-limit.js';
import type { RequestTimeouts } from '../../src/http/request-timeouts.js';
import {
  signDevelopmentToken,
  type TokenClaims,
  verifyDevelopmentToken,
} from '../../src/http/sign-in/development-token.js';
import { developmentSignIn, type SignIn } from '../../src/http/sign-in/sign-in.js';
import type { DocumentModes } from '../../src/http/trusted-documents/document-mode.js';
import { type Manifest, NO_MANIFEST } from '../../src/http/trusted-documents/manifest.js';
import { startService } from '../../src/service.js';
import type { AccessSettings } from '../../src/shared/access.js';
import type { Clock } from '../../src/shared/clock.js';
import { type SettableClock, settableClock } from './settable-clock.js';
import { copyTestDatabase, createTestDatabase, type TestDatabase } from './test-database.js';

const SECRET = new TextEncoder().encode('a secret for tests, long enough to sign');

export const ALLY: TokenClaims = { employee: 'ally.adventure', roles: [] };
export const MORGAN: TokenClaims = { employee: 'morgan.summit', roles: [] };
export const SASHA: TokenClaims = { employee: 'sasha.trail', roles: [] };
export const HR_ADMIN: TokenClaims = { employee: 'jordan.lake', roles: ['hr_admin'] };
export const HRIS: TokenClaims = { employee: null, roles: ['hris'] };

/** What holds in the product, as far as no setting says otherwise. */
const DEFAULTS = readConfig({});

export const TEST_LIMITS: RequestLimits = DEFAULTS.limits;

export interface GraphqlAnswer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
  data: any;
  errors: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[] | undefined;
}

export interface TestService {
  url: string;
  /** Of its database, as the owner. */
  databaseUrl: string;
  clock: SettableClock;
  token(claims: TokenClaims): Promise<string>;
  /** Sends a query as somebody: Ally, when it is not said who; nobody with null. */
  ask(query: string, variables?: object, as?: TokenClaims | null): Promise<GraphqlAnswer>;
  close(): Promise<void>;
  /** The first half of `close`, and the second. */
  closeServer(): Promise<void>;
  drop(): Promise<void>;
}

export interface TestServiceSettings {
  explorer?: boolean;
  production?: boolean;
  introspection?: boolean;
  corsOrigins?: readonly string[];
  trustedDocuments?: Manifest;
  documentModes?: Partial<DocumentModes>;
  requestTimeouts?: RequestTimeouts;
  clock?: Clock;
  databasePoolSize?: number;
  namedStatements?: boolean;
  accessSettings?: AccessSettings;
  limits?: RequestLimits;
  rateLimit?: RateLimitSettings;
  /** Those of the product, as far as nothing else is said. */
  timeouts?: Partial<Timeouts>;
  signIn?: SignIn;
  log?: Logger;
  readAhead?: ReadAhead;
}

/** The whole service on a fresh database and a free port. Its clock stands still at 2026-11-23, 09:00 UTC. */
export const startTestService = async (settings: TestServiceSettings = {}): Promise<TestService> =>
  startOn(await createTestDatabase(), settings);

/** Another service on a copy of the database of one. */
export const copyTestService = async (service: TestService, settings: TestServiceSettings = {}): Promise<TestService> =>
  startOn(await copyTestDatabase(service.databaseUrl), settings);

async function startOn(database: TestDatabase, settings: TestServiceSettings): Promise<TestService> {
  const clock = settableClock('2026-11-23T09:00:00.000Z');
  const token = (claims: TokenClaims) => signDevelopmentToken(SECRET, claims);
  const service = await startService({
    databaseUrl: database.serviceUrl,
    namedStatements: settings.namedStatements ?? true,
    limits: settings.limits ?? TEST_LIMITS,
    rateLimit: settings.rateLimit ?? { employee: 1e9, service: 1e9, store: 'memory' },
    timeouts: { statement: 10_000, lock: 5_000, idleInTransaction: 30_000, ...settings.timeouts },
    accessSettings: settings.accessSettings ?? { indirectManagersReadPlans: true },
    databasePoolSize: settings.databasePoolSize ?? 10,
    trustedProxies: 0,
    host: 'localhost',
    port: 0,
    production: settings.production ?? false,
    introspection: settings.introspection ?? !settings.production,
    corsOrigins: settings.corsOrigins ?? [],
    trustedDocuments: settings.trustedDocuments ?? NO_MANIFEST,
    documentModes: { ...DEFAULTS.documentModes, ...settings.documentModes },
    ...(settings.requestTimeouts && { requestTimeouts: settings.requestTimeouts }),
    clock: settings.clock ?? clock,
    log: settings.log ?? createLogger('silent'),
    ...(settings.readAhead && { readAhead: settings.readAhead }),
    signIn: settings.signIn ?? developmentSignIn((text) => verifyDevelopmentToken(SECRET, text)),
    ...(settings.explorer && {
      explorer: createExplorerPage(path.join(import.meta.dirname, '..', '..', 'dist', 'explorer')),
      listEyes: () => openEyes(SECRET),
    }),
  });
  return {
    url: service.url,
    databaseUrl: database.url,
    clock,
    token,
    ask: async (query, variables, as = ALLY) => {
      const response = await fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(as && { authorization: `Bearer ${await token(as)}` }) },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await response.json()) as Pick<GraphqlAnswer, 'data' | 'errors'>;
      return { status: response.status, headers: response.headers, data, errors };
    },
    closeServer: () => service.close(),
    drop: () => database.drop(),
    close: async () => {
      await service.close();
      await database.drop();
    },
  };
}
