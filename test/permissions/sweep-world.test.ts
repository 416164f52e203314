import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type pg from 'pg';
import type { TestService } from '../support/service.js';
import { copyTestDatabase } from '../support/test-database.js';
import { hasValue, isAbout, type PersonalColumn, personalColumns } from './personal-columns.js';
import { removeUnseen, type Sense, type Sight, senseOfColumn, senseOfRow } from './remove-unseen.js';
import { CASES } from './sweep-cases.js';
import { PEOPLE, PEOPLE_IDS, startWorld, withOwner } from './world.js';

/**
 * The sweep compares a company with one in which what a viewer may not see is another. That shows something of a column only
 * when it says something in the one, and something else in the other.
 */

/** Columns that have a value for some of the people only, or for nobody. An entry that is not needed fails. */
const FOR_SOME: Record<string, string> = {
  'employee.employed': 'who has left is one of them, and the others work here: false and true are both there',
  'employee.employment_status': 'a person of each status is among them',
};
const FOR_NOBODY: Record<string, string> = {
  'employee.erased_at': 'who was erased exists for nobody, so nothing of them is swept',
  'audit_party.erased_at': 'the same',
};

let world: TestService;
let columns: PersonalColumn[];
beforeAll(async () => {
  world = await startWorld({ indirectManagersReadPlans: true });
  columns = await withOwner(world.databaseUrl, personalColumns);
}, 60_000);
afterAll(() => world.close());

const nameOf = ({ table, column }: PersonalColumn): string => `${table}.${column}`;

/** Who of the people looked at has no value in any of their rows; for a table of no person, `the table` when no row has one. */
async function whoLacks(owner: pg.Client, column: PersonalColumn): Promise<string[]> {
  const { table, person } = column;
  const saying = `from ${table} where ${hasValue(column)}`;
  const { rows } = await owner.query(
    person === null
      ? `select 'the table' as who where not exists (select ${saying})`
      : `select external_id as who from employee
         where id in (${PEOPLE_IDS}) and id::text not in (select ${person}::text ${saying}) order by 1`,
  );
  return rows.map(({ who }) => who);
}

/** What is wrong with a column, in one sentence; null when nothing is. */
function problemOf(column: PersonalColumn, lacking: string[]): string | null {
  const name = nameOf(column);
  const all = column.person === null ? 1 : PEOPLE.length;
  const actual = lacking.length === 0 ? 'each' : lacking.length < all ? 'some' : 'none';
  const allowed = FOR_NOBODY[name] ? 'none' : FOR_SOME[name] ? 'some' : 'each';
  if (actual === allowed) return null;
  return actual === 'none' || allowed === 'each'
    ? `${name} has no value (or only its default) in the world of the sweep for ${lacking.join(', ')}: the sweep would not notice who sees it. Give it one in test/permissions/world.ts, or teach valueFor in fill-world.ts its type.`
    : `${name} is excepted in sweep-world.test.ts, without need: take it out there.`;
}

test('every column about people says something in the world, for each of those who are looked at', async () => {
  const problems = await withOwner(world.databaseUrl, async (owner) => {
    const found: string[] = [];
    for (const column of columns) {
      const problem = problemOf(column, await whoLacks(owner, column));
      if (problem) found.push(problem);
    }
    return found;
  });
  expect(problems).toEqual([]);
  const names = columns.map(nameOf);
  const unknown = [...Object.keys(FOR_SOME), ...Object.keys(FOR_NOBODY)].filter((name) => !names.includes(name));
  expect(unknown).toEqual([]);
});

type Row = { person: string; row: Record<string, unknown> };

/** The rows of the people looked at, by table and primary key. */
const rowsOf = (url: string): Promise<Map<string, Map<string, Row>>> =>
  withOwner(url, async (owner) => {
    const { rows: keys } = await owner.query(`
      select conrelid::regclass::text as table, array_agg(attname::text order by attnum) as key from pg_constraint
      join pg_attribute on attrelid = conrelid and attnum = any (conkey) where contype = 'p' group by 1`);
    const keyOf = new Map<string, string[]>(keys.map(({ table, key }) => [table, key]));
    const personOf = new Map(columns.flatMap(({ table, person }) => (person ? [[table, person] as const] : [])));
    const found = new Map<string, Map<string, Row>>();
    for (const [table, person] of personOf) {
      const { rows } = await owner.query(
        `select jsonb_build_array(${keyOf.get(table)!.join(', ')})::text as key, ${person}::text as person, to_jsonb(t) as row
         from ${table} as t where ${isAbout(person, PEOPLE_IDS)}`,
      );
      found.set(table, new Map(rows.map(({ key, person, row }) => [key, { person, row }])));
    }
    return found;
  });

/** The ids of whom a viewer sees what. */
const seenBy = (sight: Sight): Promise<Record<Sense, Set<string>>> =>
  withOwner(world.databaseUrl, async (owner) => {
    const seen = Object.entries(sight).map(async ([sense, condition]) => {
      const { rows } = await owner.query(`select id from employee where ${condition}`);
      return [sense, new Set(rows.map(({ id }) => id))];
    });
    return Object.fromEntries(await Promise.all(seen));
  });

test.each(CASES)(
  'what $who may not see is another without it, column by column, or gone',
  async ({ who, sight }) => {
    const reduced = await copyTestDatabase(world.databaseUrl);
    try {
      await removeUnseen(reduced.url, sight);
      const [before, after, seen] = await Promise.all([rowsOf(world.databaseUrl), rowsOf(reduced.url), seenBy(sight)]);
      const isSeen = (sense: Sense | null, person: string): boolean => sense === null || seen[sense].has(person);
      const same = columns.filter(({ table, column }) =>
        [...(before.get(table) ?? [])].some(([key, { person, row }]) => {
          const left = after.get(table)!.get(key);
          if (!left || (isSeen(senseOfRow(table), person) && isSeen(senseOfColumn(table, column), person)))
            return false;
          return JSON.stringify(row[column]) === JSON.stringify(left.row[column]);
        }),
      );
      expect(
        same.map(
          (column) =>
            `${nameOf(column)} is the same in the world without what ${who} may not see: the sweep would not notice it. Change it in test/permissions/remove-unseen.ts.`,
        ),
      ).toEqual([]);
    } finally {
      await reduced.drop();
    }
  },
  60_000,
);

test.each(CASES)('of whom $who may not export, the audit trail names nobody without it', async ({ sight }) => {
  const reduced = await copyTestDatabase(world.databaseUrl);
  try {
    const { exports } = await seenBy(sight);
    await removeUnseen(reduced.url, sight);
    const named = await withOwner(reduced.url, (owner) =>
      owner.query(
        `select identity from audit_party where identity in (select id::text from (${PEOPLE_IDS}) as people)`,
      ),
    );
    expect(named.rows.filter(({ identity }) => !exports.has(identity))).toEqual([]);
  } finally {
    await reduced.drop();
  }
});
