import pg from 'pg';
import { INTERNAL_COLUMNS } from '../support/column-access.js';
import { hasValue, isAbout, type PersonalColumn, personalColumns } from './personal-columns.js';

/** A value for a column that nobody thought of, by its type: a text is marked with the person. Null where there is none. */
function valueFor({ column, type, standard }: PersonalColumn, mark: string): string | null {
  switch (type) {
    case 'text':
      return `'${column} ' || ${mark}`;
    case 'date':
      return `date '2020-02-02'`;
    case 'timestamp with time zone':
      return `timestamptz '2020-02-02 02:02:02Z'`;
    case 'boolean':
      return standard === null ? 'true' : `not (${standard})`;
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'numeric':
    case 'double precision':
      return standard === null ? '7' : `(${standard}) + 7`;
    case 'jsonb':
      return `jsonb_build_array('${column} ' || ${mark})`;
    default:
      return null;
  }
}

/** A rule of the table that a value by type knows nothing of: whoever adds the column gives it one in world.ts. */
const isRefusal = (error: unknown): boolean => error instanceof pg.DatabaseError && /^23/.test(error.code ?? '');

/**
 * Gives every column of every row about people that still says nothing a value, so that a new column is swept without anybody
 * thinking of it. What remains without one is named by sweep-world.test.ts.
 * @param people a query of the ids of those who are looked at
 * @param markOf the SQL of a text that says about whom it is, from an external id
 */
export async function fillWorld(
  owner: pg.Client,
  people: string,
  markOf: (externalId: string) => string,
): Promise<void> {
  for (const column of await personalColumns(owner)) {
    const { table, person } = column;
    if (person === null || INTERNAL_COLUMNS[table]?.[column.column]) continue;
    const mark = markOf(
      `(select called.external_id from employee as called where called.id::text = ${table}.${person}::text)`,
    );
    const value = valueFor(column, mark);
    const silent = `select ${person} from ${table} group by 1 having not bool_or(${hasValue(column)})`;
    if (value === null) continue;
    const update = `update ${table} set ${column.column} = ${value}
      where ${isAbout(person, people)} and ${person} in (${silent})`;
    await owner.query(update).catch((error) => {
      if (!isRefusal(error)) throw error;
    });
  }
}
