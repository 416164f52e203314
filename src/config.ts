import path from 'node:path';
import { z } from 'zod';
import { DOCUMENT_BOUNDS } from './graphql/document-bounds.js';
import type { RequestLimits } from './http/apollo-server.js';
import type { RateLimitSettings } from './http/rate-limit.js';
import { EMPLOYEE_MATCHES } from './http/sign-in/identity.js';
import type { OidcSettings } from './http/sign-in/sign-in.js';
import { DOCUMENT_MODES, type DocumentModes } from './http/trusted-documents/document-mode.js';
import { type Manifest, NO_MANIFEST, readManifest } from './http/trusted-documents/manifest.js';
import type { AccessSettings } from './shared/access.js';

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

const oneOf = <Name extends string>(...names: Name[]) => z.enum(names, { error: `must be one of ${names.join(', ')}` });

const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, `must be from ${minimum} to ${maximum}`);

const webAddress = z.url({ protocol: /^https?$/, error: 'must be an address that starts with https://' });

/** Those whose key that checks cannot sign: with the others, whoever may check tokens could make them. */
const ASYMMETRIC = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

const signatures = z
  .string()
  .transform((text) => text.split(/[ ,]+/).filter((name) => name !== ''))
  .refine(
    (names) => names.length > 0 && names.every((name) => ASYMMETRIC.includes(name)),
    `must be names of asymmetric signatures between commas: ${ASYMMETRIC.join(', ')}`,
  );

const names = z.string().transform((text) => text.split(/[ ,]+/).filter((name) => name !== ''));

const isOrigin = (text: string): boolean =>
  /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;

const origins = z
  .string()
  .transform((text) => text.split(/[ ,]+/).filter((origin) => origin !== ''))
  .refine(
    (list) => !list.some((origin) => origin.includes('*')),
    'must name each origin: with "*" pages that nobody thought of could call the service',
  )
  .refine(
    (list) => list.every((origin) => origin.includes('*') || isOrigin(origin)),
    'must be origins between commas as browsers write them, such as https://careers.example.com: in small letters, without a path and the usual port',
  );

const manifestFile = z.string().transform((file, context): Manifest => {
  try {
    return readManifest(file);
  } catch (error) {
    context.addIssue({
      code: 'custom',
      message: `must be the path of a manifest; the file ${(error as Error).message}`,
    });
    return z.NEVER;
  }
});

const documentMode = oneOf(...DOCUMENT_MODES);

/** Every setting of the service, with its default. `.env.example` and `docs/operating.md` say the same in prose. */
const settings = z.object({
  NODE_ENV: oneOf('development', 'test', 'production').default('development'),
  HOST: z.string().min(1).default('localhost'),
  PORT: wholeNumber(0, 65_535).default(4000),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://')
    .optional(),
  MIGRATION_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://')
    .optional(),
  OIDC_ISSUER: webAddress.optional(),
  OIDC_AUDIENCE: z.string().min(1).optional(),
  OIDC_JWKS_URL: webAddress.optional(),
  OIDC_ALGORITHMS: signatures.default(['RS256', 'PS256', 'ES256', 'EdDSA']),
  OIDC_EMPLOYEE_CLAIM: z.string().min(1).default('sub'),
  OIDC_EMPLOYEE_MATCH: oneOf(...EMPLOYEE_MATCHES).default('external_id'),
  OIDC_ROLES_CLAIM: z.string().min(1).default('roles'),
  OIDC_HR_ADMIN_ROLE: z.string().min(1).default('hr_admin'),
  OIDC_SCOPES_CLAIM: z.string().min(1).default('scope'),
  OIDC_SERVICE_ACCOUNTS: names.default([]),
  DATABASE_NAMED_STATEMENTS: oneOf('true', 'false').default('true'),
  INDIRECT_MANAGERS_READ_PLANS: oneOf('true', 'false').default('true'),
  QUERY_COST_LIMIT: wholeNumber(100, 1_000_000).default(20_000),
  QUERY_COST_LIMIT_HR_ADMIN: wholeNumber(100, 1_000_000).default(40_000),
  QUERY_COST_LIMIT_HRIS: wholeNumber(100, 1_000_000).default(20_000),
  QUERY_COST_LIMIT_ANALYST: wholeNumber(100, 1_000_000).default(40_000),
  QUERY_COST_LIMIT_EXPORTER: wholeNumber(100, 1_000_000).default(100_000),
  RATE_LIMIT_POINTS: wholeNumber(1_000, 1_000_000_000).default(200_000),
  RATE_LIMIT_POINTS_SERVICE: wholeNumber(1_000, 1_000_000_000).default(2_000_000),
  RATE_LIMIT_STORE: oneOf('memory', 'postgres').default('memory'),
  TRUSTED_PROXIES: wholeNumber(0, 10).default(0),
  CORS_ORIGINS: origins.default([]),
  INTROSPECTION: oneOf('true', 'false').optional(),
  PERSISTED_OPERATIONS: manifestFile.optional(),
  PERSISTED_OPERATIONS_MODE: documentMode.default('all'),
  PERSISTED_OPERATIONS_MODE_HR_ADMIN: documentMode.optional(),
  PERSISTED_OPERATIONS_MODE_HRIS: documentMode.optional(),
  PERSISTED_OPERATIONS_MODE_ANALYST: documentMode.optional(),
  PERSISTED_OPERATIONS_MODE_EXPORTER: documentMode.optional(),
  DATABASE_POOL_SIZE: wholeNumber(1, 200).default(10),
  DATA_DIR: z.string().min(1).default('.data'),
  LOG_LEVEL: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent').default('info'),
  DEMO_COMPANY: oneOf('true', 'false').optional(),
  COMPANY_TIME_ZONE: z.string().refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin').default('UTC'),
  SHUTDOWN_TIMEOUT_SECONDS: wholeNumber(1, 600).default(20),
});

function requireInProduction(values: z.output<typeof settings>, context: z.RefinementCtx): void {
  if (values.NODE_ENV !== 'production') return;
  for (const name of ['DATABASE_URL', 'OIDC_ISSUER', 'OIDC_AUDIENCE'] as const) {
    if (values[name] === undefined)
      context.addIssue({ code: 'custom', path: [name], message: 'must be set in production' });
  }
  for (const name of ['OIDC_ISSUER', 'OIDC_JWKS_URL'] as const) {
    const url = values[name];
    if (url?.startsWith('http:') && URL.canParse(url) && !LOOPBACK.has(new URL(url).hostname))
      context.addIssue({ code: 'custom', path: [name], message: 'must start with https:// in production' });
  }
}

/** What is said to this machine itself, nobody on the way can change. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function requireWholeSignIn(values: z.output<typeof settings>, context: z.RefinementCtx): void {
  if (values.OIDC_ISSUER && !values.OIDC_AUDIENCE)
    context.addIssue({ code: 'custom', path: ['OIDC_AUDIENCE'], message: 'must be set where OIDC_ISSUER is' });
  if (!values.OIDC_ISSUER && (values.OIDC_AUDIENCE || values.OIDC_JWKS_URL))
    context.addIssue({ code: 'custom', path: ['OIDC_ISSUER'], message: 'must be set where another OIDC setting is' });
}

function oidcSettings(values: z.output<typeof settings>): OidcSettings | null {
  if (!values.OIDC_ISSUER) return null;
  return {
    issuer: values.OIDC_ISSUER,
    audience: values.OIDC_AUDIENCE!,
    keySetUrl: values.OIDC_JWKS_URL ?? null,
    algorithms: values.OIDC_ALGORITHMS,
    employeeClaim: values.OIDC_EMPLOYEE_CLAIM,
    employeeMatch: values.OIDC_EMPLOYEE_MATCH,
    rolesClaim: values.OIDC_ROLES_CLAIM,
    hrAdminRole: values.OIDC_HR_ADMIN_ROLE,
    scopesClaim: values.OIDC_SCOPES_CLAIM,
    serviceAccounts: values.OIDC_SERVICE_ACCOUNTS,
  };
}

/** Else an operation could be within its limit and never run. */
function requireRoomForOneOperation(values: z.output<typeof settings>, context: z.RefinementCtx): void {
  const pairs = [
    ['RATE_LIMIT_POINTS', 'QUERY_COST_LIMIT'],
    ['RATE_LIMIT_POINTS', 'QUERY_COST_LIMIT_HR_ADMIN'],
    ['RATE_LIMIT_POINTS_SERVICE', 'QUERY_COST_LIMIT_HRIS'],
    ['RATE_LIMIT_POINTS_SERVICE', 'QUERY_COST_LIMIT_ANALYST'],
    ['RATE_LIMIT_POINTS_SERVICE', 'QUERY_COST_LIMIT_EXPORTER'],
  ] as const;
  for (const [rate, cost] of pairs) {
    if (!(values[rate] <= values[cost])) continue; // also where one is no number: that is said already
    context.addIssue({ code: 'custom', path: [rate], message: `must be more than ${cost}, which is ${values[cost]}` });
  }
}

/** What is not said of a role is what is said of people. */
function documentModes(values: z.output<typeof settings>): DocumentModes {
  const employee = values.PERSISTED_OPERATIONS_MODE;
  return {
    employee,
    hr_admin: values.PERSISTED_OPERATIONS_MODE_HR_ADMIN ?? employee,
    hris: values.PERSISTED_OPERATIONS_MODE_HRIS ?? employee,
    analyst: values.PERSISTED_OPERATIONS_MODE_ANALYST ?? employee,
    exporter: values.PERSISTED_OPERATIONS_MODE_EXPORTER ?? employee,
  };
}

/** Else nothing could be run, or everything would be in the log. */
function requireManifest(values: z.output<typeof settings>, context: z.RefinementCtx): void {
  const modes = Object.values(documentModes(values));
  if (values.PERSISTED_OPERATIONS || !modes.some((mode) => mode === 'prefer' || mode === 'only')) return;
  const message = 'must be set where a PERSISTED_OPERATIONS_MODE is another than all';
  context.addIssue({ code: 'custom', path: ['PERSISTED_OPERATIONS'], message });
}

/** Rules about how settings go with each other look at those that are right by themselves. */
const checked = [requireInProduction, requireWholeSignIn, requireRoomForOneOperation, requireManifest].reduce(
  (schema, rule) => schema.superRefine(rule, { when: () => true }),
  settings,
);

export interface Config {
  production: boolean;
  /** Whether the schema may be read from the service: by default not in production. */
  introspection: boolean;
  /** Whose pages may call, beside our own. */
  corsOrigins: readonly string[];
  /** How many proxies of our own stand in front, each of which says whom it saw. */
  trustedProxies: number;
  host: string;
  port: number;
  /** Null: the embedded Postgres in the data folder. */
  databaseUrl: string | null;
  /** The owner of the schema; null: somebody else migrates. */
  migrationDatabaseUrl: string | null;
  databasePoolSize: number;
  /** The company's identity provider; null where only development tokens are known. */
  oidc: OidcSettings | null;
  namedStatements: boolean;
  accessSettings: AccessSettings;
  limits: RequestLimits;
  rateLimit: RateLimitSettings;
  trustedDocuments: Manifest;
  documentModes: DocumentModes;
  dataFolder: string;
  logLevel: string;
  /** Whether an empty database gets the demo company: by default where the embedded Postgres runs. */
  demoCompany: boolean;
  companyTimeZone: string;
  shutdownTimeoutSeconds: number;
}

/** Of each setting what is wrong with it by itself, rather than with how it goes with others. */
const firstOfEach = (issues: readonly z.core.$ZodIssue[]) =>
  issues.filter(({ path: [name] }, place) => issues.findIndex(({ path: [other] }) => other === name) === place);

/** Reads the settings from the environment, or throws one error whose message names all that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  // A setting left empty (as in `PORT=`) counts as not set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = checked.safeParse(given);
  if (!parsed.success) {
    const lines = firstOfEach(parsed.error.issues).map((issue) => {
      const name = issue.path.join('.');
      // A database URL may hold a password, so it is not repeated.
      const value = name.endsWith('DATABASE_URL') || !(name in given) ? '' : ` (it is ${JSON.stringify(given[name])})`;
      return `  ${name}: ${issue.message}${value}`;
    });
    throw new Error(`These settings are wrong:\n${lines.join('\n')}\nSee .env.example for all settings.`);
  }
  const values = parsed.data;
  return {
    production: values.NODE_ENV === 'production',
    introspection: values.INTROSPECTION ? values.INTROSPECTION === 'true' : values.NODE_ENV !== 'production',
    corsOrigins: values.CORS_ORIGINS,
    trustedProxies: values.TRUSTED_PROXIES,
    host: values.HOST,
    port: values.PORT,
    databaseUrl: values.DATABASE_URL ?? null,
    migrationDatabaseUrl: values.MIGRATION_DATABASE_URL ?? null,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    oidc: oidcSettings(values),
    namedStatements: values.DATABASE_NAMED_STATEMENTS === 'true',
    accessSettings: { indirectManagersReadPlans: values.INDIRECT_MANAGERS_READ_PLANS === 'true' },
    limits: {
      document: DOCUMENT_BOUNDS,
      cost: {
        employee: values.QUERY_COST_LIMIT,
        hr_admin: values.QUERY_COST_LIMIT_HR_ADMIN,
        hris: values.QUERY_COST_LIMIT_HRIS,
        analyst: values.QUERY_COST_LIMIT_ANALYST,
        exporter: values.QUERY_COST_LIMIT_EXPORTER,
      },
    },
    rateLimit: {
      employee: values.RATE_LIMIT_POINTS,
      service: values.RATE_LIMIT_POINTS_SERVICE,
      store: values.RATE_LIMIT_STORE,
    },
    trustedDocuments: values.PERSISTED_OPERATIONS ?? NO_MANIFEST,
    documentModes: documentModes(values),
    dataFolder: path.resolve(values.DATA_DIR),
    logLevel: values.LOG_LEVEL,
    demoCompany: values.DEMO_COMPANY === undefined ? values.DATABASE_URL === undefined : values.DEMO_COMPANY === 'true',
    companyTimeZone: values.COMPANY_TIME_ZONE,
    shutdownTimeoutSeconds: values.SHUTDOWN_TIMEOUT_SECONDS,
  };
}
