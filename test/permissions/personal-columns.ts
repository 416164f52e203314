import type pg from 'pg';

/** What the catalogue of Postgres says of the tables about people: nothing here names a table or a column. */

export interface PersonalColumn {
  table: string;
  column: string;
  /** The name of its type in Postgres, such as `text` or `timestamp with time zone`. */
  type: string;
  isRequired: boolean;
  /** Its default as an expression of SQL; null when it has none. */
  standard: string | null;
  /** Whether it refers to a person by a foreign key. */
  refersToPerson: boolean;
  /** The column of the same table that says whom the row is about, or for whom it is kept; null when there is none. */
  person: string | null;
}

/** Every column of every table with row-level security: test/database/row-security.test.ts sees to it that all others hold nothing of a person. */
export async function personalColumns(owner: pg.Client): Promise<PersonalColumn[]> {
  const { rows } = await owner.query(`
    select relname as "table", attname as "column", format_type(atttypid, null) as type, attnotnull as "isRequired",
      pg_get_expr(adbin, adrelid) as standard,
      exists (select from pg_constraint where contype = 'f' and conrelid = pg_class.oid
        and confrelid = 'employee'::regclass and conkey = array[attnum]) as "refersToPerson",
      (select column_name from personal_column where table_name = relname and treatment in ('PERSON', 'OWNER')) as person
    from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
    left join pg_attrdef on adrelid = pg_class.oid and adnum = attnum
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relrowsecurity
    order by relname, attnum`);
  return rows;
}

/** The condition that a column says something: it is not null, not empty and not what it would be by itself. */
export const hasValue = ({ column, standard }: PersonalColumn): string =>
  `(${column} is not null and ${column}::text not in ('', '[]', '{}')
    ${standard === null ? '' : `and ${column} is distinct from ${standard}`})`;

/** The condition that a row is about one of the people that a query of ids finds. */
export const isAbout = (person: string, ids: string): string =>
  `${person}::text in (select id::text from (${ids}) as wanted (id))`;
