import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { readConfig } from '../../../src/config.js';
import { createLogger } from '../../../src/http/logger.js';
import { oidcSignIn } from '../../../src/http/sign-in/sign-in.js';
import { IdentityProvider, makeKey } from '../../support/identity-provider.js';
import { startTestService, type TestService } from '../../support/service.js';
import { type SettableClock, settableClock } from '../../support/settable-clock.js';
import { statementsOf } from '../../support/statement-counter.js';

/** What a service that remembers tokens and people says of somebody who is not who they were with the request before. */

let provider: IdentityProvider;
let service: TestService;
let clock: SettableClock;
let owner: pg.Client;
beforeAll(async () => {
  provider = await IdentityProvider.start();
  const { oidc } = readConfig({ OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: provider.audience });
  clock = settableClock('2026-11-23T09:00:00.000Z');
  const log = createLogger('silent');
  const signIn = oidcSignIn({ ...oidc!, serviceAccounts: ['client-7'] }, clock, log);
  service = await startTestService({ signIn, clock, log, production: true, timeouts: { lock: 100 } });
  owner = new pg.Client({ connectionString: service.databaseUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await service.close();
  await provider.stop();
});

const tokenOf = (sub: string, claims: object = {}) => provider.token({ claims: { sub, ...claims } });

interface Answer {
  status: number;
  challenge: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
  body: { data?: any; errors?: { message: string; extensions: { code: string } }[] };
}

async function ask(query: string, token: string): Promise<Answer> {
  const response = await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  const body = (await response.json()) as Answer['body'];
  return { status: response.status, challenge: response.headers.get('www-authenticate'), body };
}

const NAME = '{ me { employee { name } } }';
const PERMISSIONS = '{ me { permissions } }';
const CREATE = `mutation { createActionPlan(input: { employee: { externalId: "E-0061" }, goal: "Not to be kept" }) {
  plan { goal } userErrors { code } } }`;
const HALF_WRITING = `query Reads { me { permissions } } ${CREATE.replace('mutation', 'mutation Writes')}`;

const nameOf = async (token: string) => (await ask(NAME, token)).body.data?.me.employee.name;

const lookUps = (statements: string[]) => statements.filter((text) => text.includes('find_employee_for_sign_in'));

describe('a person who asks again', () => {
  test('costs one statement less, where something is read', async () => {
    const token = await tokenOf('morgan.summit');
    const first = await statementsOf(() => nameOf(token));
    const second = await statementsOf(() => nameOf(token));
    expect([lookUps(first), lookUps(second)]).toEqual([[expect.any(String)], []]);
    expect(first.filter((text) => !lookUps(first).includes(text))).toEqual(second);
    expect(await nameOf(token)).toBe('Morgan Summit');
  });

  test('is remembered by name, whichever token says it', async () => {
    await nameOf(await tokenOf('morgan.summit'));
    const another = await tokenOf('morgan.summit', { jti: 'another' });
    expect(lookUps(await statementsOf(() => nameOf(another)))).toEqual([]);
  });

  test.each([
    ['reads nothing', PERMISSIONS],
    ['asks for nothing that there is', '{ nothing }'],
    ['asks for nothing at all', '{ __typename }'],
    [
      'changes something',
      'mutation { archiveActionPlan(input: { planId: "x", expectedVersion: 1 }) { userErrors { code } } }',
    ],
    ['sends a document that could change something', `query { me { permissions } } # no mutation`],
  ])('is looked up where the request %s', async (_, query) => {
    const token = await tokenOf('morgan.summit');
    await nameOf(token);
    const statements = await statementsOf(() => ask(query, token));
    expect(lookUps(statements)).toHaveLength(1);
  });

  test('has the roles of the token that they sent, and of no other', async () => {
    const admin = await tokenOf('morgan.summit', { roles: ['hr_admin'] });
    const plain = await tokenOf('morgan.summit');
    const permissions = async (token: string) => (await ask(PERMISSIONS, token)).body.data.me.permissions;
    for (let round = 0; round < 2; round++) {
      expect(await permissions(admin)).toContain('UPDATE_PLAN_POLICY');
      expect(await permissions(plain)).not.toContain('UPDATE_PLAN_POLICY');
    }
  });

  test('must say so in the form that is asked for, each time', async () => {
    const token = await tokenOf('morgan.summit');
    await nameOf(token);
    const response = await fetch(`${service.url}/graphql?query={__typename}`, {
      headers: { authorization: `Basic ${token}` },
    });
    expect(response.status).toBe(401);
  });
});

const ASKED: [string, string][] = [
  ['what takes a read', NAME],
  ['what takes several at once', '{ me { employee { name } } roles { nodes { title } } planPolicy { version } }'],
  ['what takes none', PERMISSIONS],
  ['nothing at all', '{ __typename }'],
  ['what there is not', '{ nothing }'],
  ['a change', CREATE],
  ['a read beside a change', HALF_WRITING],
];

describe.each(ASKED)('asked for %s', (_, query) => {
  const plans = async () =>
    (await owner.query(`select count(*)::integer from action_plan where goal = 'Not to be kept'`)).rows[0].count;

  afterEach(() => owner.query(`update employee set employment_status = 'ACTIVE' where external_id = 'E-0061'`));

  test('who has left gets the very answer that a service gives who never knew them', async () => {
    const token = await tokenOf('E-0061');
    expect(await nameOf(token)).toEqual(expect.any(String));
    await owner.query(`update employee set employment_status = 'TERMINATED' where external_id = 'E-0061'`);
    const answer = await ask(query, token);
    expect(answer).toMatchObject({ status: 401, challenge: 'Bearer error="invalid_token"' });
    expect(answer.body.data).toBeUndefined();
    expect(answer.body.errors).toEqual([
      {
        message: expect.stringMatching(/^Nobody who works here has the external id .* It reads "E-0061"\.$/),
        extensions: { code: 'UNAUTHENTICATED' },
      },
    ]);
    const statements = await statementsOf(async () => expect(await ask(query, token)).toEqual(answer));
    expect(statements).toEqual(lookUps(statements)); // nothing is tried any longer in the name of who they were
    expect(statements).toHaveLength(1);
    expect(await plans()).toBe(0);
  });

  test('somebody who got the external id of another is themselves', async () => {
    const rename = (from: string, to: string) =>
      owner.query('update employee set external_id = $2 where external_id = $1', [from, to]);
    const swap = async () => {
      await rename('E-0061', 'between');
      await rename('E-0062', 'E-0061');
      await rename('between', 'E-0062');
    };
    const [one, other] = await Promise.all(['E-0061', 'E-0062'].map((sub) => tokenOf(sub)));
    const before = [await nameOf(one!), await nameOf(other!)];
    expect(new Set(before).size).toBe(2);
    await swap();
    const answers = await Promise.all([one!, other!].map((token) => ask(query, token)));
    expect([await nameOf(one!), await nameOf(other!)]).toEqual(before.toReversed());
    // As who is looked up with the same request.
    for (const [place, token] of [one!, other!].entries()) {
      const again = await ask(query, token);
      expect(answers[place]!.status).toBe(again.status);
      expect(answers[place]!.body.data?.me).toEqual(again.body.data?.me);
    }
    await owner.query(
      `set session_replication_role = replica; delete from action_plan where goal = 'Not to be kept'; reset session_replication_role`,
    );
    await swap();
  });
});

test('who was erased is nobody with the next request', async () => {
  const token = await tokenOf('E-0070');
  expect(await nameOf(token)).toEqual(expect.any(String));
  const { body } = await ask(
    'mutation { eraseEmployee(input: { employee: { externalId: "E-0070" } }) { userErrors { code } } }',
    await tokenOf('jordan.lake', { roles: ['hr_admin'] }),
  );
  expect(body.data.eraseEmployee.userErrors).toEqual([]);
  for (let round = 0; round < 2; round++)
    expect(await ask(NAME, token)).toMatchObject({
      status: 401,
      body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    });
});

test('what HR reads in a name that is another’s by now is recorded of nobody', async () => {
  const token = await tokenOf('E-0063', { roles: ['hr_admin'] });
  const reads = `{ a: actionPlans(first: 1) { nodes { goal } } b: employee(ref: { externalId: "ally.adventure" }) { workEmail } }`;
  const entries = async () => (await owner.query('select count(*)::integer from audit_entry')).rows[0].count;
  const create = `mutation { createActionPlan(input: { employee: { externalId: "ally.adventure" }, goal: "To be read" }) { plan { goal } } }`;
  expect((await ask(create, await tokenOf('ally.adventure'))).status).toBe(200);
  const none = await entries();
  expect((await ask(reads, token)).status).toBe(200);
  const before = await entries();
  expect(before).toBeGreaterThan(none);
  await owner.query(`update employee set employment_status = 'TERMINATED' where external_id = 'E-0063'`);
  expect((await ask(reads, token)).status).toBe(401);
  expect(await entries()).toBe(before);
});

test('a token that has ended is of no use any longer, though it is remembered', async () => {
  clock.set('2026-11-23T09:30:00.000Z');
  const token = await tokenOf('ally.adventure', { exp: Date.parse('2026-11-23T09:31:00Z') / 1000 });
  expect(await nameOf(token)).toBe('Ally Adventure');
  clock.advance(119); // clocks may be a minute apart
  expect(await nameOf(token)).toBe('Ally Adventure');
  clock.advance(1);
  expect(await ask(NAME, token)).toMatchObject({
    status: 401,
    body: { errors: [{ message: 'The token has expired. Get a new one.' }] },
  });
});

test('a key that the provider has withdrawn is of no use as soon as the service knows, also for tokens that it remembers', async () => {
  const key = await provider.publish('second');
  clock.advance(5);
  const token = await provider.token({ key });
  expect(await nameOf(token)).toBe('Ally Adventure');
  provider.withdraw('second');
  expect(await nameOf(token)).toBe('Ally Adventure');
  clock.advance(5);
  await ask(NAME, await provider.token({ key: await makeKey('made up') })); // makes the service look for new keys
  expect(await ask(NAME, token)).toMatchObject({
    status: 401,
    body: { errors: [{ message: 'The token is signed with a key that the identity provider does not publish.' }] },
  });
});

test('while nobody can be looked up, who is remembered is told so as anybody else', async () => {
  const token = await tokenOf('ally.adventure');
  await nameOf(token);
  await owner.query('begin; lock table employee in access exclusive mode');
  const answers: Answer[] = [];
  for (const query of [NAME, PERMISSIONS, CREATE]) {
    const statements = await statementsOf(async () => answers.push(await ask(query, token)));
    expect(statements).toHaveLength(1); // nobody waits twice
  }
  await owner.query('rollback');
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 504, body: { errors: [{ extensions: { code: 'TIMED_OUT' } }] } });
    expect(answer).toEqual(answers.at(-1));
  }
  expect(await nameOf(token)).toBe('Ally Adventure');
});
