import type pg from 'pg';
import { buildSchema } from '../../src/graphql/build-schema.js';
import { resolvers } from '../../src/resolvers.js';
import { type AccessSubject, ruleOf, STANDINGS } from '../../src/shared/access-table.js';
import { columnAccess, INTERNAL_COLUMNS } from '../support/column-access.js';
import { isAbout, type PersonalColumn, personalColumns } from './personal-columns.js';
import { withOwner } from './world.js';

/** Whether everybody who is signed in sees it. */
const isOpen = (subject: AccessSubject): boolean =>
  STANDINGS.every((standing) => standing === 'NOBODY' || ruleOf(subject).grants[standing] === 'ALWAYS');

/** Of whom a viewer sees what: each a condition on `employee`. */
export interface Sight {
  /** That the viewer sees the person at all. */
  exists: string;
  /** That they see how the person is employed. */
  employment: string;
  /** That they see the person's plans and progress. */
  plans: string;
  /** That they see all that is stored about the person. */
  exports: string;
}
export type Sense = keyof Sight;

/** What of a viewer's sight shows what falls under a row of the access table. */
const SENSE_OF: Partial<Record<AccessSubject, Sense>> = {
  DIRECTORY: 'exists',
  EMPLOYMENT: 'employment',
  ACTION_PLAN: 'plans',
  PROGRESS: 'plans',
  EXPORT_PERSON: 'exports',
};

const access = columnAccess(buildSchema(resolvers));

/** By what a subject is seen; null when everybody who is signed in sees it. Of what has no subject only exports tell. */
function senseOf(subject: AccessSubject | null, what: string): Sense | null {
  if (subject === null) return 'exports';
  if (isOpen(subject)) return null;
  const sense = SENSE_OF[subject];
  if (sense) return sense;
  throw new Error(
    `${what} falls under ${subject}, and the sweep does not know who sees that: add it to Sight and SENSE_OF in test/permissions/remove-unseen.ts, and to each case of sweep-cases.ts.`,
  );
}

/** By what a row of a table is seen; null when everybody who is signed in sees it. */
export const senseOfRow = (table: string): Sense | null => senseOf(access.ofRow(table), `The table ${table}`);

/**
 * By what a column of a row is seen; null when whoever sees the row sees it. Where a row is shown in part, a column without
 * a field is shown to nobody but in an export.
 */
export function senseOfColumn(table: string, column: string): Sense | null {
  const row = senseOfRow(table);
  if (INTERNAL_COLUMNS[table]?.[column]) return null;
  const senses = new Set(access.ofFields(table).map((subject) => senseOf(subject, `A field of ${table}`)));
  const field = access.ofColumn(table, column);
  if (field === null && senses.size <= 1) return null;
  const sense = senseOf(field, `${table}.${column}`);
  return sense === row ? null : sense;
}

/** Other values than by type, where the table allows only some. */
const OTHER_VALUES: Record<string, string> = {
  // Who has left stays one who has left: whether somebody is seen at all goes by it.
  'employee.employment_status': `case employment_status when 'ACTIVE' then 'ON_LEAVE' when 'ON_LEAVE' then 'ACTIVE' else employment_status end`,
};

/** Another value than the one that is there; a reference refers to nothing. */
function otherValue({ table, column, type, isRequired }: PersonalColumn): string {
  const named = OTHER_VALUES[`${table}.${column}`];
  if (named) return named;
  switch (type) {
    case 'text':
      return `'other-' || ${column}`;
    case 'date':
      return `${column} - 400`;
    case 'timestamp with time zone':
      return `${column} - interval '400 days'`;
    case 'boolean':
      return `not ${column}`;
    case 'uuid':
      return isRequired ? 'gen_random_uuid()' : 'null';
    case 'jsonb':
      return `'["other"]'`;
    default:
      return `${column} + 1`;
  }
}

/** Takes everything away that a viewer may not see, and changes what they may not see of the rest. */
export const removeUnseen = (url: string, sight: Sight): Promise<void> =>
  withOwner(url, async (owner) => {
    await owner.query('set session_replication_role = replica'); // no triggers, no foreign keys: nothing is refused
    for (const [sense, condition] of Object.entries(sight))
      await owner.query(`create temporary table seen_by_${sense} as select id from employee where ${condition}`);
    const columns = await personalColumns(owner);
    await removeRows(owner, columns);
    await changeColumns(owner, columns);
    await forgetUnseen(owner, columns);
    await removeFromTrail(owner);
    await owner.query('set session_replication_role = origin');
    await owner.query('delete from reporting_line');
    await owner.query('select rebuild_reporting_lines(array_agg(id)) from employee');
  });

async function removeRows(owner: pg.Client, columns: PersonalColumn[]): Promise<void> {
  const personOf = new Map(columns.map(({ table, person }) => [table, person]));
  for (const [table, person] of personOf) {
    const sense = senseOfRow(table);
    if (person === null || sense === null) continue;
    await owner.query(`delete from ${table} where not ${isAbout(person, `select id from seen_by_${sense}`)}`);
  }
}

async function changeColumns(owner: pg.Client, columns: PersonalColumn[]): Promise<void> {
  for (const column of columns) {
    const { table, person } = column;
    const sense = senseOfColumn(table, column.column);
    if (person === null || sense === null) continue;
    const seen = isAbout(person, `select id from seen_by_${sense}`);
    await owner
      .query(`update ${table} set ${column.column} = ${otherValue(column)} where not ${seen}`)
      .catch((error: Error) => {
        throw new Error(
          `The sweep finds no other value for ${table}.${column.column}: name one in OTHER_VALUES of test/permissions/remove-unseen.ts. ${error.message}`,
        );
      });
  }
}

/** Who does not exist for the viewer is nobody's manager, and has written nothing. */
async function forgetUnseen(owner: pg.Client, columns: PersonalColumn[]): Promise<void> {
  for (const { table, column, isRequired, refersToPerson } of columns) {
    if (!refersToPerson || isRequired) continue;
    await owner.query(`update ${table} set ${column} = null where ${column} not in (select id from seen_by_exists)`);
  }
}

/** Only an export tells of the audit trail: of what somebody did, and what was done with what is theirs. */
async function removeFromTrail(owner: pg.Client): Promise<void> {
  const seen = `select key from audit_party where ${isAbout('identity', 'select id from seen_by_exports')}`;
  await owner.query(
    `delete from audit_entry where actor not in (${seen}) and (person is null or person not in (${seen}))`,
  );
  await owner.query(`update audit_origin set address = 'other-' || address, request_id = 'other-' || request_id
    where id not in (select origin_id from audit_entry where actor in (${seen}))`);
  await owner.query(`update audit_party set identity = 'other-' || identity
    where key not in (${seen}) and identity not like 'service:%'`);
}
