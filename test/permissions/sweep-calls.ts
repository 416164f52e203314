import { accessDeclarations } from '../../src/graphql/access.js';
import { buildSchema } from '../../src/graphql/build-schema.js';
import type { TokenClaims } from '../../src/http/sign-in/development-token.js';
import { resolvers } from '../../src/resolvers.js';
import { isConceivable } from '../../src/shared/access.js';
import { encodeTypedId } from '../../src/shared/typed-id.js';
import { storedTypes, tableOf } from '../support/column-access.js';
import { type Call, callsOf, type Pool, type Wanted } from './calls.js';
import { PEOPLE_IDS, withOwner } from './world.js';

/** The calls of the sweep: what is asked of the whole schema, with ids of the world. */

const schema = buildSchema(resolvers);

/** Ids of everything in the company that has one: one for each of the marked people, and two of what is about nobody. */
export const findPool = (url: string): Promise<Pool> =>
  withOwner(url, async (owner) => {
    const pool: Pool = {};
    const { rows: columns } = await owner.query(
      `select table_name from information_schema.columns where table_schema = 'public' and column_name = 'employee_id'`,
    );
    for (const type of storedTypes(schema)) {
      const table = tableOf(type.name);
      const isPersonal = columns.some(({ table_name }) => table_name === table);
      const { rows } = await owner.query(
        table === 'employee'
          ? `select * from employee where id in (${PEOPLE_IDS})`
          : isPersonal
            ? `select distinct on (employee_id) * from ${table} where employee_id in (${PEOPLE_IDS}) order by employee_id, id`
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
export function callsFor(claims: TokenClaims | null, pool: Pool): Call[] {
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
