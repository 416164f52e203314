import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exportJWK, exportSPKI, importJWK, type JWK, SignJWT } from 'jose';
import { readConfig } from '../../../src/config.js';
import { createLogger } from '../../../src/http/logger.js';
import { type OidcSettings, oidcSignIn } from '../../../src/http/sign-in/sign-in.js';
import { encodeTypedId } from '../../../src/shared/typed-id.js';
import { withOwner } from '../../permissions/world.js';
import { captureLog } from '../../support/captured-log.js';
import { IdentityProvider, makeKey, type TokenParts } from '../../support/identity-provider.js';
import { startTestService, type TestService } from '../../support/service.js';
import { type SettableClock, settableClock } from '../../support/settable-clock.js';

/** The whole service with an identity provider beside it, as in production. */

let provider: IdentityProvider;
let service: TestService;
let clock: SettableClock;

async function start(settings: Partial<OidcSettings> = {}, log = createLogger('silent')): Promise<TestService> {
  const { oidc } = readConfig({ OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: provider.audience });
  clock = settableClock('2026-11-23T09:00:00.000Z');
  const signIn = oidcSignIn({ ...oidc!, serviceAccounts: ['client-7'], ...settings }, clock, log);
  return startTestService({ signIn, clock, log, production: true });
}

beforeAll(async () => {
  provider = await IdentityProvider.start();
  service = await start();
});
afterAll(async () => {
  await service.close();
  await provider.stop();
});

interface Answer {
  status: number;
  challenge: string | null;
  retryAfter: string | null;
  body: {
    data?: { me: { employee: { name: string } | null; permissions: string[] } };
    errors?: { message: string; extensions: { code: string } }[];
  };
}

async function me(
  token: string | null,
  at = service,
  query = '{ me { employee { name } permissions } }',
): Promise<Answer> {
  const response = await fetch(`${at.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query }),
  });
  return {
    status: response.status,
    challenge: response.headers.get('www-authenticate'),
    retryAfter: response.headers.get('retry-after'),
    body: (await response.json()) as Answer['body'],
  };
}
const nameOf = async (token: string, at = service) => (await me(token, at)).body.data?.me.employee?.name;
const permissionsOf = async (token: string, at = service) => (await me(token, at)).body.data?.me.permissions;
const expectRefusal = async (token: string, message: string | RegExp, at = service) => {
  const { status, challenge, body } = await me(token, at);
  expect({ status, challenge, errors: body.errors }).toMatchObject({
    status: 401,
    challenge: 'Bearer error="invalid_token"',
    errors: [{ message: expect.stringMatching(message), extensions: { code: 'UNAUTHENTICATED' } }],
  });
  expect(JSON.stringify(body)).not.toContain(token);
};
const READER = ['READ_PEOPLE', 'READ_ACTION_PLANS', 'WRITE_ACTION_PLANS'];

describe('a token of the identity provider', () => {
  test.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('with the signature %s says who one is', async (algorithm) => {
    const key = await provider.publish(`of ${algorithm}`, algorithm);
    clock.advance(5); // for new keys the service asks every five seconds at most
    expect(await nameOf(await provider.token({ key }))).toBe('Ally Adventure');
    provider.withdraw(key.kid);
  });

  test('grants no more than being who one is', async () => {
    expect(await permissionsOf(await provider.token())).toEqual(READER);
  });

  test('may be a minute late', async () => {
    const at = (seconds: number) => clock.now().getTime() / 1000 + seconds;
    expect(await nameOf(await provider.token({ claims: { exp: at(-59) } }))).toBe('Ally Adventure');
    expect(await nameOf(await provider.token({ claims: { nbf: at(59) } }))).toBe('Ally Adventure');
    await expectRefusal(await provider.token({ claims: { exp: at(-61) } }), 'has expired');
    await expectRefusal(await provider.token({ claims: { nbf: at(61) } }), 'not valid yet');
  });

  test.each<[what: string, parts: TokenParts, message: string]>([
    ['without an end', { claims: { exp: undefined } }, 'no "exp"'],
    ['without a subject', { claims: { sub: undefined } }, 'no "sub"'],
    ['without an audience', { claims: { aud: undefined } }, 'no "aud"'],
    ['without an issuer', { claims: { iss: undefined } }, 'no "iss"'],
    ['for another audience', { claims: { aud: ['another', 'more'] } }, 'another audience'],
    ['of another issuer', { claims: { iss: 'https://elsewhere.example' } }, 'another issuer'],
    ['of somebody who is not known', { claims: { sub: 'nobody.known' } }, 'Nobody who works here has the external id'],
  ])('%s is refused', async (_, parts, message) => {
    await expectRefusal(await provider.token(parts), message);
  });

  test('that somebody changed is refused', async () => {
    const [header, payload, signature] = (await provider.token()).split('.') as [string, string, string];
    const other = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('ally.adventure', 'morgan.summit'));
    await expectRefusal(`${header}.${other.toString('base64url')}.${signature}`, 'signature of the token is not right');
  });

  test('without a signature is refused', async () => {
    const [, payload] = (await provider.token()).split('.');
    const header = Buffer.from('{"alg":"none"}').toString('base64url');
    await expectRefusal(`${header}.${payload}.`, /not allowed|not a JWT/);
  });

  test('signed with the public key as if it were a secret is refused', async () => {
    const { publicJwk } = provider.keys[0]!;
    const secret = new TextEncoder().encode(
      await exportSPKI((await importJWK(publicJwk)) as Parameters<typeof exportSPKI>[0]),
    );
    const claims = { iss: provider.issuer, aud: provider.audience, sub: 'ally.adventure', exp: 4e9 };
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: publicJwk.kid! }).sign(secret);
    await expectRefusal(token, 'not allowed; these are: RS256, PS256, ES256, EdDSA');
  });

  test('of a key that is not published is refused', async () => {
    await expectRefusal(await provider.token({ key: await makeKey('first') }), 'signature of the token is not right');
    await expectRefusal(await provider.token({ key: await makeKey('made up') }), 'does not publish');
  });

  test.each(['not-a-token', 'not.a.token', 'a'.repeat(3_000)])('that is none is refused: %#', async (token) => {
    await expectRefusal(token, 'not a JWT');
  });

  test('that is endless is not looked at', async () => {
    const { status, challenge } = await me('a'.repeat(16_500)).catch(() => ({ status: 431, challenge: '' })); // or by Node itself
    expect([401, 431]).toContain(status);
    expect(challenge === null).toBe(status === 431);
  });

  test('is asked for where there is none', async () => {
    expect(await me(null)).toMatchObject({ status: 401, challenge: 'Bearer' });
  });

  test('of development is refused', async () => {
    await expectRefusal(await service.token({ employee: 'ally.adventure', roles: [] }), 'not allowed');
  });
});

describe('who leaves, or moves', () => {
  test('is somebody else with the next request', async () => {
    const token = await provider.token({ claims: { sub: 'E-0061', scope: 'hris:write' } });
    expect(await nameOf(token)).toBeDefined();
    await withOwner(service.databaseUrl, (owner) =>
      owner.query(`update employee set employment_status = 'TERMINATED' where external_id = 'E-0061'`),
    );
    await expectRefusal(token, 'Nobody who works here');
    await withOwner(service.databaseUrl, (owner) =>
      owner.query(`update employee set employment_status = 'ACTIVE' where external_id = 'E-0061'`),
    );
    expect(await nameOf(token)).toBeDefined();
  });
});

describe('roles and scopes', () => {
  test.each<[string, object, string[]]>([
    ['an HR admin by a role', { roles: ['other', 'hr_admin'] }, [...READER, 'UPDATE_PLAN_POLICY', 'ERASE_EMPLOYEES']],
    ['nothing by another role', { roles: ['HR_ADMIN', 'admin'] }, READER],
    ['nothing by a scope, for a person', { scope: 'hris:write analytics:read export:read' }, READER],
    ['nothing by roles that are not a list', { roles: { hr_admin: true } }, READER],
  ])('make %s', async (_, claims, permissions) => {
    expect(await permissionsOf(await provider.token({ claims: { ...claims } }))).toEqual(permissions);
  });

  test.each<[string, object, string[]]>([
    ['the HRIS', { scope: 'openid hris:write' }, ['READ_PEOPLE']],
    ['the HRIS by a list', { scope: ['hris:write'] }, ['READ_PEOPLE']],
    ['an analyst, who reads no people', { scope: 'analytics:read' }, []],
    ['an exporter, who reads no people either', { scope: 'export:read' }, []],
  ])('make a service account %s', async (_, claims, permissions) => {
    const token = await provider.token({ claims: { sub: 'client-7', ...claims } });
    const query = permissions.length > 0 ? '{ me { employee { name } permissions } }' : '{ me { permissions } }';
    const { status, body } = await me(token, service, query);
    expect(status).toBe(200);
    expect(body.data!.me).toMatchObject({ permissions });
    expect(body.data!.me.employee ?? null).toBeNull();
  });

  test('that say nothing make no service account', async () => {
    await expectRefusal(
      await provider.token({ claims: { sub: 'client-7', scope: 'openid', roles: ['hr_admin'] } }),
      /must have one of the scopes hris:write, analytics:read, export:read in its claim "scope" \(OIDC_SCOPES_CLAIM\)\.$/,
    );
  });

  test.each(['somebody.new', 'ALLY.ADVENTURE', 'client-8'])(
    'make no service account of %s, whom nobody knows and the company has not listed',
    async (sub) => {
      const claims = { sub, scope: 'hris:write', roles: ['hr_admin'] };
      await expectRefusal(await provider.token({ claims }), 'Nobody who works here');
      await expectRefusal(await provider.token({ claims }), 'must stand in OIDC_SERVICE_ACCOUNTS');
    },
  );

  test('are not spoken of to a person who has none', async () => {
    const { body } = await me(await provider.token({ claims: { sub: 'nobody.known' } }));
    expect(body.errors![0]!.message).toBe(
      'Nobody who works here has the external id that the token names in its claim "sub" (OIDC_EMPLOYEE_CLAIM). It reads "nobody.known".',
    );
  });

  test.each([[''], ['a\0b'], [['ally.adventure']], [{ a: 1 }]])(
    'count for nothing with the subject %j',
    async (sub) => {
      const token = await provider.token({ claims: { sub: sub as string, scope: 'hris:write' } });
      expect((await me(token)).status).toBe(401);
    },
  );
});

describe('the log at debug', () => {
  const { log, lines } = captureLog<{ msg: string; reason?: string }>('debug');
  let own: TestService;
  beforeAll(async () => {
    own = await start({ employeeClaim: 'email', employeeMatch: 'work_email' }, log);
  });
  afterAll(() => own.close());

  test.each<[what: string, claims: object | null, reason: RegExp]>([
    ['no token', null, /^Sign in:/],
    ['a token that is late', { exp: 1 }, /^The token has expired/],
    ['a token without the claim', {}, /names no employee in its claim "email" \(OIDC_EMPLOYEE_CLAIM\)\.$/],
    [
      'somebody unknown',
      { email: 'zanzibar@example.com' },
      /^Nobody who works here has the work e-mail that the token names in its claim "email" \(OIDC_EMPLOYEE_CLAIM\)\.$/,
    ],
    ['a service account that is not listed', { sub: 'zanzibar', scope: 'hris:write' }, /OIDC_SERVICE_ACCOUNTS/],
  ])('says why %s got 401, and nothing of what the token says', async (_, claims, reason) => {
    lines.length = 0;
    const token = claims && (await provider.token({ claims: { ...claims } }));
    expect((await me(token, own)).status).toBe(401);
    const refusals = lines.filter(({ msg }) => msg === 'not signed in');
    expect(refusals).toEqual([
      expect.objectContaining({ level: expect.anything(), reason: expect.stringMatching(reason) }),
    ]);
    expect(JSON.stringify(lines)).not.toContain('zanzibar');
  });
});

describe('the claims', () => {
  let other: TestService;
  afterEach(() => other.close());

  test('may lie within others, or have dots in their names', async () => {
    other = await start({
      rolesClaim: 'realm_access.roles',
      hrAdminRole: 'careers-hr',
      scopesClaim: 'https://careers.example/scp',
    });
    const admin = { realm_access: { roles: ['careers-hr'] } };
    expect(await permissionsOf(await provider.token({ claims: admin }), other)).toContain('UPDATE_PLAN_POLICY');
    const account = { sub: 'client-7', 'https://careers.example/scp': ['hris:write'] };
    expect(await permissionsOf(await provider.token({ claims: account }), other)).toEqual(['READ_PEOPLE']);
  });

  test('may name an employee by the e-mail address, unless it is unverified', async () => {
    other = await start({ employeeClaim: 'email', employeeMatch: 'work_email' });
    const [{ work_email: email }] = await withOwner(
      other.databaseUrl,
      async (owner) => (await owner.query(`select work_email from employee where external_id = 'ally.adventure'`)).rows,
    );
    const claims = { sub: '0a1b', email: email.toUpperCase() };
    expect(await nameOf(await provider.token({ claims }), other)).toBe('Ally Adventure');
    for (const verified of [false, 'false', 0, null])
      await expectRefusal(
        await provider.token({ claims: { ...claims, email_verified: verified } }),
        'not verified',
        other,
      );
    expect(await nameOf(await provider.token({ claims: { ...claims, email_verified: true } }), other)).toBeDefined();
    // The sign of the Kelvin looks like a K, and Postgres would make it a small one.
    const lookalike = { sub: '0a1d', email: 'mar\u212A@example.com' };
    await expectRefusal(await provider.token({ claims: lookalike }), 'names no employee', other);
    const visitor = { sub: '0a1c', email: 'visitor@example.com', scope: 'hris:write' };
    await expectRefusal(await provider.token({ claims: visitor }), 'Nobody who works here has the work e-mail', other);
    expect(
      await permissionsOf(await provider.token({ claims: { sub: 'client-7', scope: 'hris:write' } }), other),
    ).toEqual(['READ_PEOPLE']);
  });

  test('may name an employee by a number, as far as JSON keeps its digits', async () => {
    other = await start({ employeeClaim: 'number', employeeMatch: 'external_id' });
    const sign = (number: number) => provider.token({ claims: { number } });
    for (const number of [7, Number.MAX_SAFE_INTEGER]) {
      await callAlly(String(number));
      expect(await nameOf(await sign(number), other)).toBe('Ally Adventure');
    }
    // It could as well be the number of a colleague, which is read as the same: 2 ** 53 + 1.
    for (const number of [2 ** 53, -(2 ** 53), 1e21, 1.5]) {
      await callAlly(String(number));
      await expectRefusal(await sign(number), 'names no employee', other);
    }
    async function callAlly(externalId: string) {
      await withOwner(other.databaseUrl, (owner) =>
        owner.query(`update employee set external_id = $1 where name = 'Ally Adventure'`, [externalId]),
      );
    }
  });

  test('may name an employee by the id that this service gave', async () => {
    other = await start({ employeeClaim: 'careers_id', employeeMatch: 'id' });
    const [{ id }] = await withOwner(
      other.databaseUrl,
      async (owner) => (await owner.query(`select id from employee where external_id = 'ally.adventure'`)).rows,
    );
    const token = (careers_id: string) => provider.token({ claims: { careers_id } });
    expect(await nameOf(await token(encodeTypedId('employee', id)), other)).toBe('Ally Adventure');
    for (const wrong of [encodeTypedId('plan', id), id, 'x', "'; drop table employee"])
      await expectRefusal(await token(wrong), 'Nobody who works here has the id', other);
  });
});

describe('the keys of the identity provider', () => {
  let own: TestService;
  beforeEach(async () => {
    own = await start();
    provider.requests.length = 0;
  });
  afterEach(async () => {
    provider.isDown = false;
    provider.others = [];
    provider.withdraw('second');
    await own.close();
  });
  const ready = async () => {
    const response = await fetch(`${own.url}/health/ready`);
    return { status: response.status, body: await response.json() };
  };

  test('may change while the service runs', async () => {
    const key = await provider.publish('second');
    clock.advance(5);
    expect(await nameOf(await provider.token({ key }), own)).toBe('Ally Adventure');
    expect(provider.requests).toEqual(['/.well-known/openid-configuration', '/keys']);
  });

  test('are good within five seconds, also when somebody has just asked for one that there is not', async () => {
    clock.advance(60);
    await expectRefusal(await provider.token({ header: { kid: 'made up' } }), 'does not publish', own);
    const key = await provider.publish('second');
    clock.advance(4);
    await expectRefusal(await provider.token({ key }), 'does not publish', own);
    clock.advance(1);
    expect(await nameOf(await provider.token({ key }), own)).toBe('Ally Adventure');
    expect(provider.requests.filter((path) => path === '/keys')).toHaveLength(2);
  });

  test('may change and keep their names', async () => {
    await provider.publish('second');
    clock.advance(5);
    const old = await provider.token({ key: provider.keys[1]! });
    expect(await nameOf(old, own)).toBe('Ally Adventure');
    provider.withdraw('second');
    const key = await provider.publish('second');
    const tokens = await Promise.all(Array.from({ length: 20 }, () => provider.token({ key })));
    await expectRefusal(tokens[0]!, 'signature of the token is not right', own);
    clock.advance(5);
    provider.requests.length = 0;
    for (const name of await Promise.all(tokens.map((token) => nameOf(token, own))))
      expect(name).toBe('Ally Adventure');
    await expectRefusal(old, 'signature of the token is not right', own);
    expect(provider.requests.filter((path) => path === '/keys')).toHaveLength(1);
  });

  test('are asked for once, however many tokens of others come that borrow their names', async () => {
    clock.advance(5);
    const key = await makeKey('first');
    const tokens = await Promise.all(Array.from({ length: 20 }, () => provider.token({ key })));
    await Promise.all(tokens.map((token) => expectRefusal(token, 'signature of the token is not right', own)));
    for (const token of tokens) await expectRefusal(token, 'signature of the token is not right', own);
    expect(provider.requests.filter((path) => path === '/keys')).toHaveLength(1);
  });

  test('are not asked for because of tokens that are of no use for another reason', async () => {
    clock.advance(5);
    await expectRefusal(await provider.token({ claims: { exp: 1 } }), 'has expired', own);
    await expectRefusal(await provider.token({ claims: { aud: 'another' } }), 'another audience', own);
    await expectRefusal('not.a.token', 'not a JWT', own);
    expect(provider.requests).toEqual([]);
  });

  test('may be mended and keep their names', async () => {
    await own.close();
    provider.others = [{ kty: 'RSA', n: 'AQAB', e: 'AQAB', kid: 'second' }];
    own = await start();
    const key = await makeKey('second');
    await expectRefusal(await provider.token({ key }), 'is of no use', own);
    provider.others = [key.publicJwk];
    clock.advance(5);
    expect(await nameOf(await provider.token({ key }), own)).toBe('Ally Adventure');
  });

  test('are asked for once, however many tokens of unknown keys come', async () => {
    clock.advance(5);
    const tokens = await Promise.all(
      Array.from({ length: 20 }, async (_, place) => provider.token({ header: { kid: `made up ${place}` } })),
    );
    await Promise.all(tokens.map((token) => expectRefusal(token, 'does not publish', own)));
    for (const token of tokens) await expectRefusal(token, 'does not publish', own);
    expect(provider.requests.filter((path) => path === '/keys')).toHaveLength(1);
  });

  test('stay good while the provider is down, and readiness says so', async () => {
    expect(await ready()).toEqual({ status: 200, body: { status: 'ready' } });
    provider.isDown = true;
    clock.advance(5);
    await expectRefusal(await provider.token({ header: { kid: 'unknown' } }), 'does not publish', own);
    expect(await nameOf(await provider.token(), own)).toBe('Ally Adventure');
    expect(await ready()).toEqual({
      status: 200,
      body: { status: 'ready', signIn: expect.stringContaining('has not answered since 2026-11-23T09:00:05.000Z') },
    });
    provider.isDown = false;
    clock.advance(5);
    await expectRefusal(await provider.token({ header: { kid: 'unknown' } }), 'does not publish', own);
    expect(await ready()).toEqual({ status: 200, body: { status: 'ready' } });
  });

  test('that were never known make the service not ready, and nobody a stranger', async () => {
    await own.close();
    provider.isDown = true;
    own = await start();
    expect(await ready()).toEqual({ status: 503, body: { status: 'the identity provider does not answer' } });
    expect(await me(await provider.token(), own)).toMatchObject({
      status: 503,
      challenge: null,
      retryAfter: '30',
      body: { errors: [{ extensions: { code: 'SIGN_IN_UNAVAILABLE' } }] },
    });
    provider.isDown = false;
    clock.advance(5);
    expect(await nameOf(await provider.token(), own)).toBe('Ally Adventure');
    expect(await ready()).toEqual({ status: 200, body: { status: 'ready' } });
  });

  test('of which some are of no use let nobody in who names them, and the log says so once for each', async () => {
    await own.close();
    const odd: [kid: string, algorithm: string, jwk: JWK][] = [
      ['too short', 'RS256', generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' })],
      ['far too short', 'PS256', { kty: 'RSA', n: 'AQAB', e: 'AQAB' }],
      ['without a modulus', 'RS256', { kty: 'RSA', e: 'AQAB' }],
      ['on no curve', 'ES256', { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }],
      ['of another length', 'EdDSA', { kty: 'OKP', crv: 'Ed25519', x: 'AA' }],
      ['private', 'ES256', await exportJWK((await makeKey('', 'ES256')).privateKey)],
    ];
    provider.others = odd.map(([kid, , jwk]) => ({ ...jwk, kid }));
    const { log, lines } = captureLog<{ level: number; kid: string; msg: string }>();
    own = await start({}, log);
    for (const [kid, algorithm] of odd) {
      const key = await makeKey(kid, algorithm);
      for (const sub of ['ally.adventure', 'morgan.summit'])
        await expectRefusal(
          await provider.token({ key, claims: { sub } }),
          'publishes for the token is of no use',
          own,
        );
    }
    expect(lines.filter(({ level }) => level >= 40)).toEqual(
      odd.map(([kid, algorithm]) =>
        expect.objectContaining({ level: 40, kid, algorithm, msg: expect.stringContaining('is of no use') }),
      ),
    );
    expect(await nameOf(await provider.token(), own)).toBe('Ally Adventure');
  });

  test('are not taken from an issuer that calls itself otherwise', async () => {
    await own.close();
    provider.discovery = { issuer: 'https://elsewhere.example' };
    own = await start();
    expect((await ready()).status).toBe(503);
    provider.discovery = {};
  });

  test('may be at an address of their own', async () => {
    await own.close();
    own = await start({ keySetUrl: `${provider.issuer}/keys` });
    expect(await nameOf(await provider.token(), own)).toBe('Ally Adventure');
    expect(provider.requests).toEqual(['/keys']);
  });
});
