import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type GraphQLObjectType, isObjectType } from 'graphql';
import { accessDeclarations } from '../../src/graphql/access.js';
import { buildSchema } from '../../src/graphql/build-schema.js';
import type { TokenClaims } from '../../src/http/sign-in/development-token.js';
import { resolvers } from '../../src/resolvers.js';
import { isConceivable } from '../../src/shared/access.js';
import { encodeTypedId } from '../../src/shared/typed-id.js';
import { copyTestService, HRIS, type TestService } from '../support/service.js';
import { type Call, callsOf, type Pool, type Wanted } from './calls.js';
import {
  employmentMark,
  PEOPLE,
  planMark,
  removeUnseen,
  type Sight,
  SWEEP_LIMITS,
  startWorld,
  withOwner,
} from './world.js';

/**
 * What a viewer may not see has no influence on any answer. Each call of the API that can be made from the schema is asked in
 * two companies: one with everything, one without what the viewer may not see. The answers are the same to the letter:
 * data, errors, counts, orders, pages. So a new field is swept without anybody thinking of it.
 */

const schema = buildSchema(resolvers);
const EVERYBODY = 'true';
const NOBODY = 'false';
const oneself = (id: string): string => `external_id = '${id}'`;
const below = (id: string, levels: string): string =>
  `id in (select report_id from reporting_line where manager_id = (select id from employee where ${oneself(id)}) and depth ${levels})`;

/** What an employee sees, in SQL of its own. */
function sightOf(id: string, levels = '>= 1'): Sight {
  const employment = `${oneself(id)} or ${below(id, '>= 1')}`;
  return {
    exists: `employment_status <> 'TERMINATED' or ${employment}`,
    employment,
    plans: `${oneself(id)} or ${below(id, levels)}`,
  };
}
const employee = (id: string): TokenClaims => ({ employee: id, roles: [] });
const serviceOf = (...roles: TokenClaims['roles']): TokenClaims => ({ employee: null, roles });
const NOTHING: Sight = { exists: NOBODY, employment: NOBODY, plans: NOBODY };

interface Case {
  who: string;
  claims: TokenClaims | null;
  sight: Sight;
  /** Whose plans, and whose employment, some answer tells. */
  seesPlansOf: string[];
  seesEmploymentOf: string[];
}

const ALLYS_TEAM = ['ally.adventure', 'E-0061', 'E-0069'];
const CASES: Case[] = [
  {
    who: 'the employee',
    claims: employee('ally.adventure'),
    sight: sightOf('ally.adventure'),
    seesPlansOf: ['ally.adventure'],
    seesEmploymentOf: ['ally.adventure'],
  },
  {
    who: 'the direct manager',
    claims: employee('morgan.summit'),
    sight: sightOf('morgan.summit'),
    seesPlansOf: ['morgan.summit', ...ALLYS_TEAM],
    seesEmploymentOf: ['morgan.summit', ...ALLYS_TEAM],
  },
  {
    who: 'an indirect manager',
    claims: employee('riley.ridge'),
    sight: sightOf('riley.ridge'),
    seesPlansOf: ['riley.ridge', 'morgan.summit', ...ALLYS_TEAM],
    seesEmploymentOf: ['riley.ridge', 'morgan.summit', ...ALLYS_TEAM],
  },
  {
    who: 'a colleague',
    claims: employee('sasha.trail'),
    sight: sightOf('sasha.trail'),
    seesPlansOf: ['sasha.trail'],
    seesEmploymentOf: ['sasha.trail'],
  },
  {
    who: 'a peer of the same team',
    claims: employee('E-0061'),
    sight: sightOf('E-0061'),
    seesPlansOf: ['E-0061'],
    seesEmploymentOf: ['E-0061'],
  },
  {
    who: 'an HR admin',
    claims: { employee: 'jordan.lake', roles: ['hr_admin'] },
    sight: { exists: EVERYBODY, employment: EVERYBODY, plans: EVERYBODY },
    seesPlansOf: PEOPLE,
    seesEmploymentOf: PEOPLE,
  },
  {
    who: 'the HRIS',
    claims: HRIS,
    sight: { exists: EVERYBODY, employment: EVERYBODY, plans: NOBODY },
    seesPlansOf: [],
    seesEmploymentOf: PEOPLE,
  },
  { who: 'an analyst', claims: serviceOf('analyst'), sight: NOTHING, seesPlansOf: [], seesEmploymentOf: [] },
  { who: 'an exporter', claims: serviceOf('exporter'), sight: NOTHING, seesPlansOf: [], seesEmploymentOf: [] },
  { who: 'nobody', claims: null, sight: NOTHING, seesPlansOf: [], seesEmploymentOf: [] },
];

const SINGLE_TYPES = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && typeof type.extensions['idPrefix'] === 'string',
);
const tableOf = (type: string): string => type.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

/** Ids of everything in the company that has one: one for each of the marked people, and two of what is about nobody. */
const findPool = (url: string): Promise<Pool> =>
  withOwner(url, async (owner) => {
    const pool: Pool = {};
    const { rows: columns } = await owner.query(
      `select table_name from information_schema.columns where table_schema = 'public' and column_name = 'employee_id'`,
    );
    for (const type of SINGLE_TYPES) {
      const table = tableOf(type.name);
      const isPersonal = columns.some(({ table_name }) => table_name === table);
      const people = `select id from employee where external_id in ('${PEOPLE.join("', '")}')`;
      const { rows } = await owner.query(
        table === 'employee'
          ? `select * from employee where id in (${people})`
          : isPersonal
            ? `select distinct on (employee_id) * from ${table} where employee_id in (${people})`
            : `select * from ${table} order by id limit 2`,
      );
      if (rows.length === 0) throw new Error(`No ${type.name} in the company of the sweep: add one in world.ts.`);
      pool[type.name] = {
        ids: rows.map(({ id }) => encodeTypedId(type.extensions['idPrefix'] as string, id)),
        externalIds: rows.flatMap(({ external_id }) => (external_id ? [external_id] : [])),
      };
    }
    return pool;
  });

const declarations = accessDeclarations(schema);

/** Asks for whatever the viewer might be answered, and once in each query for everything there is. */
function callsFor(claims: TokenClaims | null): Call[] {
  const viewer = claims && { subject: 'x', employeeId: claims.employee, roles: claims.roles };
  const isConceivableFor: Wanted = (coordinate) => {
    const declaration = declarations.get(coordinate)!;
    return viewer === null || declaration === 'PART' || isConceivable(declaration, viewer);
  };
  const root = schema.getQueryType()!;
  const everything = callsOf(schema, root, pool, () => true);
  const firstOfEach = new Map([...everything].reverse().map((call) => [call.query, call]));
  return [...callsOf(schema, root, pool, isConceivableFor), ...firstOfEach.values()];
}

let world: TestService;
let pool: Pool;

/** Every answer, or what is different about the first that is. */
async function compare(
  full: TestService,
  reduced: TestService,
  claims: TokenClaims | null,
  list: Call[],
): Promise<string> {
  let all = '';
  for (const { title, query, variables } of list) {
    const [inFull, inReduced] = await Promise.all(
      [full, reduced].map((service) => service.ask(query, variables, claims)),
    );
    const [one, other] = [inFull, inReduced].map((answer) =>
      JSON.stringify({ status: answer!.status, data: answer!.data, errors: answer!.errors }, hideChance),
    ) as [string, string];
    if (one !== other) expect({ title, answer: JSON.parse(one) }).toEqual({ title, answer: JSON.parse(other) });
    all += one;
  }
  return all;
}
/** What differs from one call to the next, by the name that it has in an answer. */
const hideChance = (key: string, value: unknown): unknown =>
  key === 'incidentId' || key === 'recorded_at' ? 'another each time' : value;

const marked = (answers: string, mark: (id: string) => string): string[] =>
  PEOPLE.filter((id) => answers.toLowerCase().includes(mark(id).toLowerCase()));

/** @param prepare what is done to the database of each of the companies before it is asked */
export function sweep(prepare: (databaseUrl: string) => Promise<void>): void {
  beforeAll(async () => {
    world = await startWorld({ indirectManagersReadPlans: true });
    pool = await findPool(world.databaseUrl);
  }, 60_000);
  afterAll(() => world.close());

  test.each(CASES)(
    '$who learns nothing of what they may not see',
    async (one) => {
      const { claims, sight, seesPlansOf, seesEmploymentOf } = one;
      const full = await copyTestService(world, { limits: SWEEP_LIMITS });
      const reduced = await copyTestService(world, { limits: SWEEP_LIMITS });
      try {
        await removeUnseen(reduced.databaseUrl, sight);
        await prepare(full.databaseUrl);
        await prepare(reduced.databaseUrl);
        const answers = await compare(full, reduced, claims, callsFor(claims));
        expect(marked(answers, planMark).sort()).toEqual([...seesPlansOf].sort());
        expect(marked(answers, employmentMark).sort()).toEqual([...seesEmploymentOf].sort());
        expect(answers).not.toContain('INTERNAL_SERVER_ERROR');
      } finally {
        await full.close();
        await reduced.close();
      }
    },
    120_000,
  );
}
