import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { coerceInputValue, isNonNullType, parseValue, valueFromAST } from 'graphql';
import pg from 'pg';
import { buildSchema } from '../../src/graphql/build-schema.js';
import type { TokenClaims } from '../../src/http/sign-in/development-token.js';
import { resolvers } from '../../src/resolvers.js';
import { decodeTypedId } from '../../src/shared/typed-id.js';
import { isForHrAlone } from '../support/for-hr-alone.js';
import { planMutations } from '../support/plans.js';
import { ALLY, HR_ADMIN, startTestService, type TestService } from '../support/service.js';
import { fieldsWithArguments, type HostileField, literalOf, type Place, Raw, selectionOf } from './hostile-places.js';
import { hostileLiterals, hostileVariables } from './hostile-values.js';

/**
 * A value of whatever kind, in every place of the API that takes one, is taken or refused: never a failure. A refusal says
 * where the value is. Made from the schema, so that a new field is attacked without anybody thinking of it.
 */

let service: TestService;
let owner: pg.Client;
/** Ids that exist, by the name of their type. */
const ids: Record<string, string> = {};
/** How the plan stands, to be made anew when a call has changed it. */
let standing = '';
let version = 0;

const schema = buildSchema(resolvers);

async function makePlan(): Promise<void> {
  const plan = await planMutations(service).createActive();
  ids['ActionPlan'] = plan.id;
  ids['PlanSkill'] = plan.skills[0].id;
  ids['Action'] = plan.skills[0].actions[0].id;
  ids['PlanRevision'] = plan.revisions.nodes[0].id;
  ids['PlanPolicy'] = (await service.ask('{ planPolicy { id } }')).data.planPolicy.id;
  const recorded = await service.ask(
    `mutation ($id: ID!) { recordProgress(input: { actionId: $id, percentComplete: 10 }) { progressUpdate { id } } }`,
    { id: ids['Action'] },
  );
  ids['ProgressUpdate'] = recorded.data.recordProgress.progressUpdate.id;
  version = plan.version;
  standing = await readStanding();
}

/** Whatever a call can change of what the calls are about. */
async function readStanding(): Promise<string> {
  const { rows } = await owner.query(
    `select status || version || (select count(*) from plan_policy) as standing from action_plan where id = $1`,
    [decodeTypedId(ids['ActionPlan']!)!.identifier],
  );
  return rows[0].standing;
}

beforeAll(async () => {
  service = await startTestService();
  owner = new pg.Client({ connectionString: service.databaseUrl });
  await owner.connect();
  const { data } =
    await service.ask(`{ me { employee { id } } skills(first: 1) { nodes { id } } roles(first: 1) { nodes { id } }
    departments(first: 1) { nodes { id } } }`);
  ids['Employee'] = data.me.employee.id;
  ids['Skill'] = data.skills.nodes[0].id;
  ids['Role'] = data.roles.nodes[0].id;
  ids['Department'] = data.departments.nodes[0].id;
  await makePlan();
});
afterAll(async () => {
  await owner.end();
  await service.close();
});

/** What is good at a place, to be filled in when it is known. */
function goodAt(coordinate: string, type: string): unknown {
  const name = coordinate.split('.').at(-1)!;
  if (type === 'ID') return `§${idType(coordinate, name)}`;
  if (name === 'expectedVersion') return '§version';
  if (type === 'Int') return 1;
  if (type === 'Boolean') return true;
  return name === 'externalId' ? 'S-PUBLIC-SPEAKING' : 'Write a text';
}

function idType(coordinate: string, name: string): string {
  if (name === 'planId' || coordinate === 'Query.actionPlan.id') return 'ActionPlan';
  if (name === 'actionId') return 'Action';
  return /^(\w+)Ref\.id$/.exec(coordinate)?.[1] ?? 'Employee';
}

/** With the ids that there are. */
function filled(value: unknown): unknown {
  if (value === '§version') return version;
  if (typeof value === 'string') return value.startsWith('§') ? ids[value.slice(1)] : value;
  if (Array.isArray(value)) return value.map(filled);
  if (value === null || typeof value !== 'object' || value instanceof Raw) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, filled(part)]));
}

/** Calls of one field with different values in one place, to be sent together. */
interface Attack {
  field: HostileField;
  place: Place;
  values: unknown[];
}

const argumentsOf = ({ field, place }: Attack, value: unknown) =>
  filled({ ...field.required, [place.argument.name]: place.around(value) }) as Record<string, unknown>;

/** The field as often as there are values, wherever it stands. */
function documentOf({ name }: HostileField, header: string, given: string[]): string {
  const [type, field] = name.split('.') as [string, string];
  const calls = given
    .map((parameters, place) => `v${place}: ${field}(${parameters}) ${selectionOf(schema, name)}`)
    .join(' ');
  if (type === 'Mutation') return `mutation ${header} { ${calls} }`;
  if (type === 'Query') return `query ${header} { ${calls} }`;
  if (!ids[type]) throw new Error(`Nothing is known of the type ${type}: name an id.`);
  return `query ${header} { node(id: "${ids[type]}") { ... on ${type} { ${calls} } } }`;
}

interface Request {
  query: string;
  variables: Record<string, unknown>;
}

/** The values as variables v0, v1 and so on; what else is required as one for all. */
function withVariables(attack: Attack): Request {
  const { field, place, values } = attack;
  const { name, type } = place.argument;
  const others = field.args.filter((argument) => argument !== place.argument && argument.name in field.required);
  const parameters = [
    ...values.map((_, index) => `$v${index}: ${type}`),
    ...others.map((argument) => `$${argument.name}: ${argument.type}`),
  ];
  const rest = others.map((argument) => `, ${argument.name}: $${argument.name}`).join('');
  const query = documentOf(
    field,
    `(${parameters.join(', ')})`,
    values.map((_, index) => `${name}: $v${index}${rest}`),
  );
  const attacked = values.map((value, index) => [`v${index}`, argumentsOf(attack, value)[name]]);
  return { query, variables: { ...(filled(field.required) as object), ...Object.fromEntries(attacked) } };
}

function withLiterals(attack: Attack): Request {
  const given = attack.values.map((value) =>
    Object.entries(argumentsOf(attack, value))
      .map(([name, part]) => `${name}: ${literalOf(part, attack.field.args.find((one) => one.name === name)!.type)}`)
      .join(', '),
  );
  return { query: documentOf(attack.field, '', given), variables: {} };
}

/** Whether graphql-js refuses a value for its type: those can be sent together, and it names them all. */
function isOfWrongType(attack: Attack, value: unknown): boolean {
  const { argument } = attack.place;
  const given = argumentsOf(attack, value)[argument.name];
  if (value instanceof Raw)
    return valueFromAST(parseValue(literalOf(given, argument.type)), argument.type) === undefined;
  let isWrong = false;
  if (given === null) return isNonNullType(argument.type);
  coerceInputValue(given, argument.type, () => {
    isWrong = true;
  });
  // Looked for before anything is coerced.
  return isWrong && !/\\u0000|\\ud[89a-f]/.test(JSON.stringify(value));
}

/** Fields at the root of a document, at most. */
const TOGETHER = 20;

/** Refused before anything is coerced, for its length. */
const isLong = (value: unknown): boolean => JSON.stringify(value ?? null).length > 2_000;

/** Those that are refused for their type together, all others alone. */
function attacksOn(field: HostileField, place: Place, values: unknown[]): Attack[] {
  const all: Attack = { field, place, values };
  const together = values.filter((value) => !isLong(value) && isOfWrongType(all, value));
  const alone = values.filter((value) => !together.includes(value));
  const chunks = Array.from({ length: Math.ceil(together.length / TOGETHER) }, (_, index) =>
    together.slice(index * TOGETHER, (index + 1) * TOGETHER),
  );
  return [...chunks, ...alone.map((value) => [value])].map((some) => ({ ...all, values: some }));
}

const shown = (value: unknown): string => JSON.stringify(value instanceof Raw ? value.text : value).slice(0, 80);

const isPrefix = (one: string[], other: string[]): boolean => one.every((step, index) => step === other[index]);

/** What is wrong with an answer; nothing when each value was taken, or refused with its place. */
function complaintsAbout({ place: { path, argument }, values }: Attack, answer: Answer): string[] {
  if (answer.status >= 500) return [`status ${answer.status}: ${JSON.stringify(answer.errors)}`];
  if (answer.status === 413) return [];
  const errors = answer.errors ?? [];
  const complaints = errors.flatMap(({ message, extensions }) => {
    if (extensions['code'] !== 'BAD_USER_INPUT') return [`${extensions['code']}: ${message}`];
    if (message.startsWith('Syntax Error')) return []; // where it is, `locations` says
    if (message.startsWith('Too many validation errors')) return []; // it says no more than that it stopped
    const [first, ...rest] = (extensions['inputPath'] as string[] | undefined) ?? [];
    if (first === undefined) return [`no place: ${message.slice(0, 200)}`];
    const inputPath = [/^v\d+$/.test(first) ? argument.name : first, ...rest];
    if (!isPrefix(inputPath, path) && !isPrefix(path, inputPath)) return [`at ${inputPath}: ${message.slice(0, 200)}`];
    return message.length > 1_100 ? [`a message of ${message.length} characters`] : [];
  });
  if (values.length > 1 && errors.length < values.length)
    complaints.push(`${errors.length} of ${values.length} refused`);
  const payloads = Object.values((answer.data ?? {}) as Record<string, { userErrors?: UserError[] } | null>);
  const silent = payloads.flatMap((payload) => payload?.userErrors ?? []).filter((error) => error.path.length === 0);
  return [...complaints, ...silent.map(({ code }) => `${code} without a path`)];
}

interface UserError {
  code: string;
  path: string[];
}

type Answer = Awaited<ReturnType<TestService['ask']>>;

const FOR_HR = new Set(
  Object.values(schema.getMutationType()!.getFields())
    .filter(isForHrAlone)
    .map(({ name }) => `Mutation.${name}`),
);
const viewerOf = (field: HostileField): TokenClaims => (FOR_HR.has(field.name) ? HR_ADMIN : ALLY);

/** No answer takes longer, in milliseconds, though the machine may be busy. */
const PATIENCE = 5_000;

/** Makes a new plan when the one that is attacked is not as it was; for edits of texts its version is enough. */
async function restore(place: Place): Promise<void> {
  const now = await readStanding();
  if (now === standing) return;
  const isTextOnly = /^input,(reason|edits,0,change)/.test(place.path.join()) && now.startsWith('ACTIVE');
  if (!isTextOnly) return makePlan();
  standing = now;
  version = (await service.ask('query ($id: ID!) { actionPlan(id: $id) { version } }', { id: ids['ActionPlan'] })).data
    .actionPlan.version;
}

async function run(attack: Attack, request: (attack: Attack) => Request): Promise<string[]> {
  const start = performance.now();
  const { query, variables } = request(attack);
  const answer = await service.ask(query, variables, viewerOf(attack.field));
  const complaints = complaintsAbout(attack, answer);
  if (performance.now() - start > PATIENCE) complaints.push('slow');
  if (attack.field.name.startsWith('Mutation.')) await restore(attack.place);
  return complaints.map((complaint) => `${attack.place.path.join('.')} ${attack.values.map(shown)} → ${complaint}`);
}

/** Reads at once, as they come; writes one after the other. */
async function runAll(field: HostileField, attacks: Attack[], request: (attack: Attack) => Request): Promise<string[]> {
  const lanes = field.name.startsWith('Mutation.') ? 1 : 6;
  const complaints: string[] = [];
  const left = [...attacks];
  const lane = async () => {
    for (let attack = left.shift(); attack; attack = left.shift()) complaints.push(...(await run(attack, request)));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return complaints;
}

const fields = fieldsWithArguments(schema, goodAt);

test('every field with arguments is attacked, in every place', () => {
  expect(fields.length).toBeGreaterThan(20);
  expect(fields.flatMap(({ places }) => places).length).toBeGreaterThan(150);
});

describe.each(fields.map((field) => [field.name, field] as const))('%s', (_, field) => {
  test('takes or refuses every value of a variable', async () => {
    const attacks = field.places.flatMap((place) => attacksOn(field, place, hostileVariables(place.type, place.path)));
    expect(await runAll(field, attacks, withVariables)).toEqual([]);
  });

  test('takes or refuses every value in the document', async () => {
    const attacks = field.places.flatMap((place) => attacksOn(field, place, hostileLiterals()));
    expect(await runAll(field, attacks, withLiterals)).toEqual([]);
  });
});

describe('no text is altered without a word:', () => {
  const create = `mutation ($goal: String!) { createActionPlan(input: { employee: { externalId: "ally.adventure" }, goal: $goal }) {
    plan { goal } userErrors { code path } } }`;
  test.each([
    ['of several planes', '🦊 𝕏 \u{10FFFF} \uFFFE\uFFFF'],
    ['that is not normalized', 'e\u0301 é \u212B \uFB01'],
    ['with what is not seen', 'a\u200B\u200D\u202E\uFEFF\u0007\u001B\u007Fb'],
    ['that looks like something else', `'; drop table employee; -- \\u0000 \\x00 %s {{x}} $1 <b>&amp;`],
  ])('one %s comes back as it was sent', async (_, goal) => {
    expect((await service.ask(create, { goal })).data.createActionPlan.plan.goal).toBe(goal);
  });

  const send = async (body: Uint8Array | null, search = '') => {
    const response = await fetch(`${service.url}/graphql${search}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        'content-type': 'application/json',
        'apollo-require-preflight': 'true',
        authorization: `Bearer ${await service.token(ALLY)}`,
      },
      body,
    });
    return { status: response.status, body: await response.json() };
  };
  const REFUSED = { status: 400, body: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] } };

  test.each([
    ['a byte that is none of UTF-8', [0xff]],
    ['an overlong form', [0xc0, 0x80]],
    ['half of a surrogate pair', [0xed, 0xa0, 0x80]],
  ])('a body with %s is refused', async (_, bytes) => {
    const [before, after] = JSON.stringify({ query: create, variables: { goal: '|' } }).split('|') as [string, string];
    expect(await send(Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]))).toMatchObject(
      REFUSED,
    );
  });

  test('an address with such a byte is refused', async () => {
    const query = encodeURIComponent('{ skills(search: "|") { nodes { id } } }');
    expect(await send(null, `?query=${query.replace('%7C', 'a')}`)).toMatchObject({ status: 200 });
    expect(await send(null, `?query=${query.replace('%7C', '%FF')}`)).toMatchObject(REFUSED);
  });

  test('half of a surrogate pair in the document is refused', async () => {
    const { errors } = await service.ask('{ skills(search: "a\\uD800b") { nodes { id } } }');
    expect(errors).toMatchObject([{ locations: [expect.anything()], extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

test('a refused value is named by its place, in a variable and in the document', async () => {
  const query = 'query ($filter: ActionPlanFilter) { actionPlans(filter: $filter) { nodes { id } } }';
  const placeOf = async (text: string, variables: object) =>
    (await service.ask(text, variables)).errors!.map(({ extensions }) => extensions['inputPath']);
  const filter = { statuses: ['DRAFT', 'ASLEEP', 'AWAKE'], employee: { id: 1.5 } };
  expect((await placeOf(query, { filter })).sort()).toEqual([
    ['filter', 'employee', 'id'],
    ['filter', 'statuses', '1'],
    ['filter', 'statuses', '2'],
  ]);
  expect(await placeOf('{ actionPlans(filter: { statuses: [DRAFT, ASLEEP] }) { nodes { id } } }', {})).toEqual([
    ['filter', 'statuses', '1'],
  ]);
  expect(await placeOf('{ actionPlans(filter: { employee: { id: "a\\u0000" } }) { nodes { id } } }', {})).toEqual([
    ['filter', 'employee', 'id'],
  ]);
  expect(await placeOf('{ actionPlan { id } }', {})).toEqual([['id']]);
  const record = 'mutation ($i: RecordProgressInput!) { recordProgress(input: $i) { userErrors { code } } }';
  expect((await placeOf(record, { i: { occuredAt: null } })).sort()).toEqual([
    ['i', 'actionId'],
    ['i', 'occuredAt'],
  ]);
  expect(await placeOf(record, { i: { actionId: 'x', 'a b': 1 } })).toEqual([['i']]);
  expect(await placeOf('mutation { recordProgress(input: { note: "x" }) { userErrors { code } } }', {})).toEqual([
    ['input', 'actionId'],
  ]);
  expect(await placeOf('query ($first: Int = 1.5) { skills(first: $first) { nodes { id } } }', {})).toEqual([
    ['first'],
  ]);
  expect(await placeOf('query ($id: ID!) { actionPlan(id: $id) { id } }', {})).toEqual([['id']]);
  expect(await placeOf('{ me { nothing } }', {})).toEqual([undefined]);
});
