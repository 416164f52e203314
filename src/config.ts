import path from 'node:path';
import { z } from 'zod';
import { DOCUMENT_BOUNDS } from './graphql/document-bounds.js';
import type { RequestLimits } from './http/graphql-endpoint.js';
import type { RateLimitSettings } from './http/rate-limit.js';
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
  DATABASE_POOL_SIZE: wholeNumber(1, 200).default(10),
  DATA_DIR: z.string().min(1).default('.data'),
  LOG_LEVEL: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent').default('info'),
  DEMO_COMPANY: oneOf('true', 'false').optional(),
  COMPANY_TIME_ZONE: z.string().refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin').default('UTC'),
  SHUTDOWN_TIMEOUT_SECONDS: wholeNumber(1, 600).default(20),
});

function requireDatabaseInProduction(values: z.output<typeof settings>, context: z.RefinementCtx): void {
  if (values.NODE_ENV === 'production' && values.DATABASE_URL === undefined) {
    context.addIssue({ code: 'custom', path: ['DATABASE_URL'], message: 'must be set in production' });
  }
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
    if (values[rate] > values[cost]) continue;
    context.addIssue({ code: 'custom', path: [rate], message: `must be more than ${cost}, which is ${values[cost]}` });
  }
}

export interface Config {
  production: boolean;
  host: string;
  port: number;
  /** Null: the embedded Postgres in the data folder. */
  databaseUrl: string | null;
  /** The owner of the schema; null: somebody else migrates. */
  migrationDatabaseUrl: string | null;
  databasePoolSize: number;
  namedStatements: boolean;
  accessSettings: AccessSettings;
  limits: RequestLimits;
  rateLimit: RateLimitSettings;
  dataFolder: string;
  logLevel: string;
  /** Whether an empty database gets the demo company: by default where the embedded Postgres runs. */
  demoCompany: boolean;
  companyTimeZone: string;
  shutdownTimeoutSeconds: number;
}

/** Reads the settings from the environment, or throws one error whose message names all that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  // A setting left empty (as in `PORT=`) counts as not set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = settings
    .superRefine(requireDatabaseInProduction)
    .superRefine(requireRoomForOneOperation)
    .safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
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
    host: values.HOST,
    port: values.PORT,
    databaseUrl: values.DATABASE_URL ?? null,
    migrationDatabaseUrl: values.MIGRATION_DATABASE_URL ?? null,
    databasePoolSize: values.DATABASE_POOL_SIZE,
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
    dataFolder: path.resolve(values.DATA_DIR),
    logLevel: values.LOG_LEVEL,
    demoCompany: values.DEMO_COMPANY === undefined ? values.DATABASE_URL === undefined : values.DEMO_COMPANY === 'true',
    companyTimeZone: values.COMPANY_TIME_ZONE,
    shutdownTimeoutSeconds: values.SHUTDOWN_TIMEOUT_SECONDS,
  };
}
