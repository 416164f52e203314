import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '../src/config.js';
import { DOCUMENT_BOUNDS } from '../src/graphql/document-bounds.js';

let folder: string;
let manifest: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'career-config-'));
  manifest = path.join(folder, 'manifest.json');
  fs.writeFileSync(manifest, '{"a1":"{ __typename }"}');
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const URL_WITH_PASSWORD = 'postgres://app:hunter2@database.example/careers';

/** What is said about wrong settings. */
function complaint(environment: NodeJS.ProcessEnv): string {
  try {
    readConfig(environment);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('The settings were accepted.');
}

test('without any setting the service runs in development, on a Postgres of its own with the demo company', () => {
  expect(readConfig({})).toEqual({
    production: false,
    introspection: true,
    corsOrigins: [],
    trustedProxies: 0,
    host: 'localhost',
    port: 4000,
    databaseUrl: null,
    migrationDatabaseUrl: null,
    databasePoolSize: 10,
    oidc: null,
    namedStatements: true,
    accessSettings: { indirectManagersReadPlans: true },
    limits: {
      document: DOCUMENT_BOUNDS,
      cost: { employee: 20_000, hr_admin: 40_000, hris: 20_000, analyst: 40_000, exporter: 100_000 },
    },
    rateLimit: { employee: 200_000, service: 2_000_000, store: 'memory' },
    trustedDocuments: new Map(),
    documentModes: { employee: 'all', hr_admin: 'all', hris: 'all', analyst: 'all', exporter: 'all' },
    dataFolder: path.resolve('.data'),
    logLevel: 'info',
    demoCompany: true,
    companyTimeZone: 'UTC',
    shutdownTimeoutSeconds: 20,
  });
});

test('every setting is taken', () => {
  expect(
    readConfig({
      NODE_ENV: 'production',
      HOST: '0.0.0.0',
      TRUSTED_PROXIES: '2',
      PORT: '80',
      DATABASE_URL: URL_WITH_PASSWORD,
      MIGRATION_DATABASE_URL: URL_WITH_PASSWORD.replace('app', 'owner'),
      DATABASE_POOL_SIZE: '25',
      OIDC_ISSUER: 'https://login.example/realms/company',
      OIDC_AUDIENCE: 'careers',
      OIDC_JWKS_URL: 'https://login.example/keys',
      OIDC_ALGORITHMS: 'ES256, EdDSA',
      OIDC_EMPLOYEE_CLAIM: 'email',
      OIDC_EMPLOYEE_MATCH: 'work_email',
      OIDC_ROLES_CLAIM: 'realm_access.roles',
      OIDC_HR_ADMIN_ROLE: 'careers-hr',
      OIDC_SCOPES_CLAIM: 'scp',
      OIDC_SERVICE_ACCOUNTS: 'hris-feed, warehouse',
      DATABASE_NAMED_STATEMENTS: 'false',
      INDIRECT_MANAGERS_READ_PLANS: 'false',
      RATE_LIMIT_POINTS: '1006',
      RATE_LIMIT_POINTS_SERVICE: '1007',
      RATE_LIMIT_STORE: 'postgres',
      QUERY_COST_LIMIT: '1001',
      QUERY_COST_LIMIT_HR_ADMIN: '1002',
      QUERY_COST_LIMIT_HRIS: '1003',
      QUERY_COST_LIMIT_ANALYST: '1004',
      QUERY_COST_LIMIT_EXPORTER: '1005',
      CORS_ORIGINS: 'https://careers.example.com, http://localhost:5173',
      INTROSPECTION: 'true',
      PERSISTED_OPERATIONS: manifest,
      PERSISTED_OPERATIONS_MODE: 'only',
      PERSISTED_OPERATIONS_MODE_HR_ADMIN: 'prefer',
      PERSISTED_OPERATIONS_MODE_HRIS: 'only',
      PERSISTED_OPERATIONS_MODE_ANALYST: 'prefer',
      PERSISTED_OPERATIONS_MODE_EXPORTER: 'only',
      DATA_DIR: '/srv/careers',
      LOG_LEVEL: 'warn',
      DEMO_COMPANY: 'true',
      COMPANY_TIME_ZONE: 'Europe/Berlin',
      SHUTDOWN_TIMEOUT_SECONDS: '5',
    }),
  ).toEqual({
    production: true,
    introspection: true,
    trustedProxies: 2,
    corsOrigins: ['https://careers.example.com', 'http://localhost:5173'],
    host: '0.0.0.0',
    port: 80,
    databaseUrl: URL_WITH_PASSWORD,
    migrationDatabaseUrl: URL_WITH_PASSWORD.replace('app', 'owner'),
    databasePoolSize: 25,
    oidc: {
      issuer: 'https://login.example/realms/company',
      audience: 'careers',
      keySetUrl: 'https://login.example/keys',
      algorithms: ['ES256', 'EdDSA'],
      employeeClaim: 'email',
      employeeMatch: 'work_email',
      rolesClaim: 'realm_access.roles',
      hrAdminRole: 'careers-hr',
      scopesClaim: 'scp',
      serviceAccounts: ['hris-feed', 'warehouse'],
    },
    namedStatements: false,
    accessSettings: { indirectManagersReadPlans: false },
    limits: {
      document: DOCUMENT_BOUNDS,
      cost: { employee: 1001, hr_admin: 1002, hris: 1003, analyst: 1004, exporter: 1005 },
    },
    rateLimit: { employee: 1006, service: 1007, store: 'postgres' },
    trustedDocuments: new Map([['a1', '{ __typename }']]),
    documentModes: { employee: 'only', hr_admin: 'prefer', hris: 'only', analyst: 'prefer', exporter: 'only' },
    dataFolder: path.resolve('/srv/careers'),
    logLevel: 'warn',
    demoCompany: true,
    companyTimeZone: 'Europe/Berlin',
    shutdownTimeoutSeconds: 5,
  });
});

test('a setting left empty counts as not set', () => {
  const names = ['NODE_ENV', 'HOST', 'PORT', 'DATABASE_URL', 'DATABASE_POOL_SIZE', 'DATA_DIR', 'LOG_LEVEL'];
  const more = [
    'MIGRATION_DATABASE_URL',
    'OIDC_ISSUER',
    'OIDC_AUDIENCE',
    'OIDC_JWKS_URL',
    'OIDC_ALGORITHMS',
    'OIDC_EMPLOYEE_CLAIM',
    'RATE_LIMIT_STORE',
    'QUERY_COST_LIMIT',
    'DATABASE_NAMED_STATEMENTS',
    'INDIRECT_MANAGERS_READ_PLANS',
    'CORS_ORIGINS',
    'INTROSPECTION',
    'PERSISTED_OPERATIONS',
    'PERSISTED_OPERATIONS_MODE',
    'PERSISTED_OPERATIONS_MODE_HRIS',
    'DEMO_COMPANY',
    'COMPANY_TIME_ZONE',
    'SHUTDOWN_TIMEOUT_SECONDS',
  ];
  expect(readConfig(Object.fromEntries([...names, ...more].map((name) => [name, ''])))).toEqual(readConfig({}));
});

test('settings of others are of no interest', () => {
  expect(readConfig({ PATH: '/bin', PORTS: 'x' })).toEqual(readConfig({}));
});

describe('wrong settings', () => {
  test.each([
    ['NODE_ENV', 'staging'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', '4e3'],
    ['PORT', ' 4000'],
    ['DATABASE_POOL_SIZE', '0'],
    ['DATABASE_POOL_SIZE', '201'],
    ['LOG_LEVEL', 'loud'],
    ['DEMO_COMPANY', 'yes'],
    ['INTROSPECTION', 'yes'],
    ['PERSISTED_OPERATIONS_MODE', 'none'],
    ['PERSISTED_OPERATIONS_MODE_HR_ADMIN', 'ONLY'],
    ['COMPANY_TIME_ZONE', 'Middle/Earth'],
    ['SHUTDOWN_TIMEOUT_SECONDS', '0'],
    ['SHUTDOWN_TIMEOUT_SECONDS', '601'],
  ])('%s=%s is refused by name, with what it is', (name, value) => {
    const message = complaint({ [name]: value });
    expect(message).toContain(`${name}:`);
    expect(message).toContain(JSON.stringify(value));
  });

  test('all of them are named at once', () => {
    const wrong = { NODE_ENV: 'staging', PORT: 'x', DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud', DEMO_COMPANY: '1' };
    const message = complaint({
      ...wrong,
      DATABASE_POOL_SIZE: '0',
      COMPANY_TIME_ZONE: 'x',
      SHUTDOWN_TIMEOUT_SECONDS: '0',
    });
    const names = [...Object.keys(wrong), 'DATABASE_POOL_SIZE', 'COMPANY_TIME_ZONE', 'SHUTDOWN_TIMEOUT_SECONDS'];
    for (const name of names) expect(message).toContain(`${name}:`);
  });

  test('the database that production misses is named along with the others', () => {
    const message = complaint({ NODE_ENV: 'production', PORT: 'x' });
    expect(message).toContain('PORT:');
    expect(message).toContain('DATABASE_URL:');
  });

  test('the URL of the database, which may hold a password, is never repeated', () => {
    const message = complaint({ DATABASE_URL: URL_WITH_PASSWORD.replace('postgres', 'mysql'), PORT: 'x' });
    expect(message).toContain('DATABASE_URL:');
    expect(message).not.toContain('hunter2');
    expect(message).not.toContain('database.example');
  });
});

describe('the database', () => {
  test('is needed in production', () => {
    expect(complaint({ NODE_ENV: 'production' })).toContain('DATABASE_URL');
    expect(complaint({ NODE_ENV: 'production', DATABASE_URL: '' })).toContain('DATABASE_URL');
    expect(complaint({ NODE_ENV: 'production', DATABASE_URL: URL_WITH_PASSWORD })).not.toContain('DATABASE_URL');
  });

  test.each(['postgres://app@localhost/careers', 'postgresql://app@localhost/careers'])('%s is one', (url) => {
    expect(readConfig({ DATABASE_URL: url }).databaseUrl).toBe(url);
  });
});

describe('sign-in', () => {
  const OIDC = { OIDC_ISSUER: 'https://login.example', OIDC_AUDIENCE: 'careers' };
  const PRODUCTION = { NODE_ENV: 'production', DATABASE_URL: 'postgres://app@localhost/careers' };

  test.each<[string, NodeJS.ProcessEnv, string]>([
    ['without an identity provider in production', PRODUCTION, 'OIDC_ISSUER: must be set in production'],
    ['for nobody in particular in production', { ...PRODUCTION, OIDC_ISSUER: OIDC.OIDC_ISSUER }, 'OIDC_AUDIENCE: must'],
    ['for nobody in particular', { OIDC_ISSUER: OIDC.OIDC_ISSUER }, 'OIDC_AUDIENCE: must be set'],
    ['by nobody in particular', { OIDC_AUDIENCE: 'careers' }, 'OIDC_ISSUER: must be set'],
    [
      'with a shared secret',
      { ...OIDC, OIDC_ALGORITHMS: 'RS256,HS256' },
      'OIDC_ALGORITHMS: must be names of asymmetric',
    ],
    ['without signatures', { ...OIDC, OIDC_ALGORITHMS: 'none' }, 'OIDC_ALGORITHMS: must be names of asymmetric'],
    ['over an open line in production', { ...PRODUCTION, ...OIDC, OIDC_ISSUER: 'http://login.example' }, 'https://'],
    ['with keys over an open line', { ...PRODUCTION, ...OIDC, OIDC_JWKS_URL: 'http://login.example' }, 'OIDC_JWKS_URL'],
    ['by something that is no address', { ...OIDC, OIDC_ISSUER: 'login.example' }, 'OIDC_ISSUER: must be an address'],
    ['by the number of a shoe', { ...OIDC, OIDC_EMPLOYEE_MATCH: 'shoe' }, 'must be one of external_id, work_email, id'],
  ])('%s is refused', (_, environment, message) => {
    expect(complaint(environment)).toContain(message);
  });

  test('with an issuer that is no address is refused along with all else that is wrong, each once', () => {
    const said = complaint({ NODE_ENV: 'production', OIDC_ISSUER: 'login', RATE_LIMIT_POINTS: '20000' });
    const names = said.split('\n').map((line) => /^ {2}(\w+):/.exec(line)?.[1] ?? '');
    expect(names.filter((name) => name !== '').sort()).toEqual([
      'DATABASE_URL',
      'OIDC_AUDIENCE',
      'OIDC_ISSUER',
      'RATE_LIMIT_POINTS',
    ]);
    const twice = complaint({ ...PRODUCTION, OIDC_AUDIENCE: 'careers' });
    expect(twice.match(/OIDC_ISSUER:/g)).toHaveLength(1);
    const wrong = {
      ...PRODUCTION,
      ...OIDC,
      OIDC_ISSUER: 'http://',
      QUERY_COST_LIMIT: 'x',
      PERSISTED_OPERATIONS_MODE: 'no',
    };
    expect(
      complaint(wrong)
        .match(/^ {2}\w+/gm)
        ?.sort(),
    ).toEqual(['  OIDC_ISSUER', '  PERSISTED_OPERATIONS_MODE', '  QUERY_COST_LIMIT']);
    expect(complaint({ PORT: 'x', OIDC_AUDIENCE: 'careers' })).toContain('OIDC_ISSUER: must be set');
  });

  test('may be within this machine, or in development anywhere', () => {
    const local = { ...OIDC, OIDC_ISSUER: 'http://localhost:8080/realms/x' };
    expect(readConfig({ ...PRODUCTION, ...local }).oidc?.issuer).toBe(local.OIDC_ISSUER);
    expect(readConfig({ ...OIDC, OIDC_ISSUER: 'http://keycloak:8080' }).oidc?.issuer).toBe('http://keycloak:8080');
  });
});

describe('the demo company', () => {
  test.each([
    ['our own Postgres', {}, true],
    ['a given database', { DATABASE_URL: URL_WITH_PASSWORD }, false],
    ['our own Postgres, not wanted', { DEMO_COMPANY: 'false' }, false],
    ['a given database, wanted', { DATABASE_URL: URL_WITH_PASSWORD, DEMO_COMPANY: 'true' }, true],
  ])('with %s', (_, environment, expected) => {
    expect(readConfig(environment).demoCompany).toBe(expected);
  });
});

test('a rate limit that has no room for one operation is refused', () => {
  const said = complaint({ RATE_LIMIT_POINTS: '20000', RATE_LIMIT_POINTS_SERVICE: '50000' });
  expect(said).toContain('RATE_LIMIT_POINTS: must be more than QUERY_COST_LIMIT, which is 20000');
  expect(said).toContain('RATE_LIMIT_POINTS_SERVICE: must be more than QUERY_COST_LIMIT_EXPORTER, which is 100000');
  expect(said).not.toContain('QUERY_COST_LIMIT_HRIS');
});

describe('introspection', () => {
  const PRODUCTION = {
    NODE_ENV: 'production',
    DATABASE_URL: URL_WITH_PASSWORD,
    OIDC_ISSUER: 'https://login.example',
    OIDC_AUDIENCE: 'careers',
  };
  test.each<[string, NodeJS.ProcessEnv, boolean]>([
    ['in development', {}, true],
    ['in development, not wanted', { INTROSPECTION: 'false' }, false],
    ['in production', PRODUCTION, false],
    ['in production, wanted', { ...PRODUCTION, INTROSPECTION: 'true' }, true],
  ])('%s', (_, environment, expected) => {
    expect(readConfig(environment).introspection).toBe(expected);
  });
});

describe('origins', () => {
  test.each([
    ['*', 'pages that nobody thought of'],
    ['https://careers.example.com,*', 'pages that nobody thought of'],
    ['null', 'must be origins'],
    ['careers.example.com', 'must be origins'],
    ['https://careers.example.com/', 'must be origins'],
    ['https://careers.example.com/app', 'must be origins'],
    ['https://careers.example.com:443', 'must be origins'],
    ['https://Careers.example.com', 'must be origins'],
    ['https://*.example.com', 'pages that nobody thought of'],
    ['https://app@careers.example.com', 'must be origins'],
    ['file:///index.html', 'must be origins'],
    ['https://careers.example.com;https://b.example', 'must be origins'],
  ])('%s is refused, with the reason', (value, reason) => {
    const said = complaint({ CORS_ORIGINS: value });
    expect(said).toContain('CORS_ORIGINS: ');
    expect(said).toContain(reason);
  });
});

describe('the manifest', () => {
  test.each([
    ['is not there', 'nothing.json', null, 'cannot be read: ENOENT'],
    ['is no JSON', 'text.json', 'query { a }', 'is not valid JSON'],
    ['has ids of another form', 'ids.json', '{"a b":"{ __typename }"}', 'has an id of another form'],
  ])('that %s is refused by the name of the setting', (_, name, content, reason) => {
    const file = path.join(folder, name);
    if (content) fs.writeFileSync(file, content);
    expect(complaint({ PERSISTED_OPERATIONS: file })).toContain(
      `PERSISTED_OPERATIONS: must be the path of a manifest; the file ${reason}`,
    );
  });

  test.each(['', '_HR_ADMIN', '_HRIS', '_ANALYST', '_EXPORTER'])('is needed where there is a mode: %s', (role) => {
    for (const mode of ['prefer', 'only']) {
      const said = complaint({ [`PERSISTED_OPERATIONS_MODE${role}`]: mode });
      expect(said).toContain('PERSISTED_OPERATIONS: must be set');
    }
    expect(readConfig({ [`PERSISTED_OPERATIONS_MODE${role}`]: 'all' })).toEqual(readConfig({}));
  });

  test('has the mode of people for every role of which nothing else is said', () => {
    const { documentModes } = readConfig({
      PERSISTED_OPERATIONS: manifest,
      PERSISTED_OPERATIONS_MODE: 'only',
      PERSISTED_OPERATIONS_MODE_ANALYST: 'all',
    });
    expect(documentModes).toEqual({
      employee: 'only',
      hr_admin: 'only',
      hris: 'only',
      analyst: 'all',
      exporter: 'only',
    });
  });

  test('may be there without a mode, to be asked for by ids', () => {
    expect(readConfig({ PERSISTED_OPERATIONS: manifest }).trustedDocuments.get('a1')).toBe('{ __typename }');
  });
});
