import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { Conditions } from '../../src/database/conditions.js';
import type { Database } from '../../src/database/database.js';
import { type List, readPage } from '../../src/database/page.js';
import type { Reader } from '../../src/database/reader.js';
import { departmentLoaders } from '../../src/features/people/persistence/department.loaders.js';
import { employeeLoaders } from '../../src/features/people/persistence/employee.loaders.js';
import { decodeCursor, encodeCursor, ForeignCursorError } from '../../src/shared/cursor.js';
import { newIdentifier } from '../../src/shared/identifier.js';
import type { Page, PageRequest } from '../../src/shared/page.js';
import { HR, openDatabase } from '../support/database.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Names that order, encoding or quoting could stumble over; each is borne by many. */
const NAMES = ['Same Name', 'same name', 'Łucja 😀', '', `O'Brien "Bob" \\ %_`, 'é', 'e\u0301', '￿'];

let database: TestDatabase;
let opened: Database;
let dataSource: DataSource;
let reader: Reader;
/** Everybody, in the order that Postgres gives. */
let everybody: { id: string; managerId: string | null }[];

async function addNamesakes(): Promise<void> {
  const rows = Array.from({ length: 96 }, (_, place) => ({
    id: newIdentifier(new Date(Date.UTC(2026, 0, 1) + (place % 7))),
    name: NAMES[place % NAMES.length]!,
    code: `namesake-${place}`,
  }));
  await dataSource.query(
    `insert into employee (id, external_id, name, work_email, job_title, manager_id, created_at)
     select given.id, given.code, given.name, given.code || '@example.com', 'Tester',
       (select id from employee where external_id = 'morgan.summit'),
       timestamptz '2026-01-01 00:00:00.000001Z' + (right(given.code, 1) || ' microseconds')::interval
     from jsonb_to_recordset($1) as given (id uuid, name text, code text)`,
    [JSON.stringify(rows)],
  );
}

beforeAll(async () => {
  database = await createTestDatabase();
  opened = await openDatabase(database.url);
  dataSource = opened.dataSource;
  reader = opened.readerFor(HR);
  await addNamesakes();
  everybody = await dataSource.query('select id, manager_id as "managerId" from employee order by name, id');
});
afterAll(async () => {
  await opened.close();
  await database.drop();
});

const idsOf = (page: Page<{ id: string }>): string[] => page.entries.map(({ item }) => item.id);

/** All ids of a list in the order in which its pages give them, and what each page said about going on. */
async function walk(readOne: (request: PageRequest) => Promise<Page<{ id: string }>>, size: number, backward: boolean) {
  const pages: Page<{ id: string }>[] = [];
  let cursor: string | null = null;
  for (;;) {
    const page: Page<{ id: string }> = await readOne({ size, backward, cursor });
    pages.push(page);
    const goesOn = backward ? page.hasPreviousPage : page.hasNextPage;
    if (!goesOn || pages.length > 1000) break;
    cursor = (backward ? page.entries[0] : page.entries.at(-1))!.cursor;
  }
  if (backward) pages.reverse();
  return pages;
}

describe('paging through a list', () => {
  const sizes = fc.integer({ min: 1, max: 100 });

  test('gives every entry once and in order, forward and backward, whatever the size of a page', async () => {
    const { employees } = employeeLoaders(reader);
    const expected = everybody.map(({ id }) => id);
    await fc.assert(
      fc.asyncProperty(sizes, fc.boolean(), async (size, backward) => {
        const pages = await walk((request) => employees({}, request), size, backward);
        expect(pages.flatMap(idsOf)).toEqual(expected);
        expect(pages).toHaveLength(Math.ceil(expected.length / size));
      }),
      // A size that divides the length ends with a full page that must not promise another.
      {
        numRuns: 20,
        examples: [
          [1, false],
          [1, true],
          [59, false],
          [59, true],
          [100, false],
          [100, true],
        ],
      },
    );
    expect(expected.length % 59).toBe(0);
  });

  test('says whether entries follow and whether some come before', async () => {
    const { employees } = employeeLoaders(reader);
    const request = { size: 100, cursor: null };
    expect(await employees({}, { ...request, backward: false })).toMatchObject({
      hasNextPage: true,
      hasPreviousPage: false,
    });
    expect(await employees({}, { ...request, backward: true })).toMatchObject({
      hasNextPage: false,
      hasPreviousPage: true,
    });
    const [first, , , last] = await walk((one) => employees({}, one), 125, false);
    expect(first).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(last).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  test('goes by instants to the microsecond, newest first', async () => {
    const newest: List = {
      name: 'newest employees',
      item: `json_build_object('id', employee.id)`,
      from: 'employee',
      visibility: { subject: 'STRUCTURE' },
      order: [
        { sql: 'employee.created_at', type: 'timestamptz' },
        { sql: 'employee.id', type: 'uuid' },
      ],
      descending: true,
    };
    const expected: { id: string }[] = await dataSource.query(
      'select id from employee order by created_at desc, id desc',
    );
    await fc.assert(
      fc.asyncProperty(sizes, fc.boolean(), async (size, backward) => {
        const readOne = (request: PageRequest) => readPage<{ id: string }>(reader, newest, new Conditions(), request);
        expect((await walk(readOne, size, backward)).flatMap(idsOf)).toEqual(expected.map(({ id }) => id));
      }),
      {
        numRuns: 6,
        examples: [
          [1, false],
          [1, true],
        ],
      },
    );
  });
});

describe('pages of the lists of many parents', () => {
  test('are those that each parent has alone, read in one statement', async () => {
    const rank = new Map(everybody.map(({ id }, place) => [id, place]));
    const { employees } = employeeLoaders(reader);
    // A place among everybody as a cursor of the list of reports, where somebody else's reports may stand.
    const cursors = (await walk((request) => employees({}, request), 100, false)).flatMap((page) =>
      page.entries.map(({ cursor }) => encodeCursor('reports', decodeCursor('employees', cursor)!)),
    );
    /** What the page is, told from the whole list. */
    const expectedPage = (parent: string, { size, backward }: PageRequest, place: number | null) => {
      const reports = everybody.filter(({ managerId }) => managerId === parent).map(({ id }) => id);
      const beyond = reports.filter(
        (id) => place === null || (backward ? rank.get(id)! < place : rank.get(id)! > place),
      );
      const ids = backward ? beyond.slice(-size) : beyond.slice(0, size);
      const more = beyond.length > size;
      return { ids, hasNextPage: backward ? place !== null : more, hasPreviousPage: backward ? more : place !== null };
    };
    const parents = fc.uniqueArray(fc.nat(everybody.length - 1), { minLength: 1, maxLength: 60 });
    const places = fc.option(fc.nat(everybody.length - 1));
    await fc.assert(
      fc.asyncProperty(
        parents,
        fc.integer({ min: 1, max: 100 }),
        fc.boolean(),
        places,
        async (chosen, size, backward, place) => {
          let statements = 0;
          const counting: Reader = {
            ...reader,
            read: (text, values) => {
              statements++;
              return reader.read(text, values);
            },
          };
          const { reports } = employeeLoaders(counting);
          const request = { size, backward, cursor: place === null ? null : cursors[place]! };
          const ids = chosen.map((index) => everybody[index]!.id);
          const pages = await Promise.all(ids.map((id) => reports.load(id, request)));
          expect(statements).toBe(1);
          pages.forEach((page, index) => {
            const { hasNextPage, hasPreviousPage } = page;
            expect({ ids: idsOf(page), hasNextPage, hasPreviousPage }).toEqual(
              expectedPage(ids[index]!, request, place),
            );
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  test('of different sizes are not mixed up', async () => {
    const { reports } = employeeLoaders(reader);
    const morgan = everybody.find(({ id }) => everybody.filter(({ managerId }) => managerId === id).length > 90)!.id;
    const [three, five] = await Promise.all([
      reports.load(morgan, { size: 3, backward: false, cursor: null }),
      reports.load(morgan, { size: 5, backward: false, cursor: null }),
    ]);
    expect(three.entries).toHaveLength(3);
    expect(five.entries).toHaveLength(5);
  });
});

describe('a cursor of another list', () => {
  const id = newIdentifier(new Date());

  test('is refused', async () => {
    const departments = await departmentLoaders(reader).departments({ size: 1, backward: false, cursor: null });
    const { cursor } = departments.entries[0]!;
    await expect(employeeLoaders(reader).employees({}, { size: 1, backward: false, cursor })).rejects.toThrow(
      ForeignCursorError,
    );
    await expect(employeeLoaders(reader).reports.load(id, { size: 1, backward: true, cursor })).rejects.toThrow(
      ForeignCursorError,
    );
  });

  test.each([
    ['nothing', ''],
    ['garbage', 'garbage'],
    ['a key too short', encodeCursor('employees', ['Ally'])],
    ['a key too long', encodeCursor('employees', ['Ally', id, id])],
    ['a number for a text', encodeCursor('employees', [1, id])],
    ['a text for an id', encodeCursor('employees', ['Ally', 'x'])],
    ['an id as clients see it', encodeCursor('employees', ['Ally', 'employee_01h455vb4pex5vsknk084sn02q'])],
    ['a text with NUL', encodeCursor('employees', ['\0', id])],
    ['half a surrogate pair', encodeCursor('employees', ['\ud83d', id])],
  ])('as is a made-up one: %s', async (_, cursor) => {
    await expect(employeeLoaders(reader).employees({}, { size: 1, backward: false, cursor })).rejects.toThrow(
      ForeignCursorError,
    );
  });

  test.each([
    'tomorrow',
    '2026-11-23',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '2026-11-23T09:00:00 (a remark)',
    '2026-11-23T09:00:00 Mars/Olympus',
    '2026-11-23T09:00:00+99:00',
    '2026-11-23T09:00:00+20:00',
    '2026-11-23T25:00:00Z',
  ])('as is one with the instant %s, which is none', async (instant) => {
    const list: List = {
      name: 'by instant',
      item: `json_build_object('id', employee.id)`,
      from: 'employee',
      visibility: { subject: 'STRUCTURE' },
      order: [{ sql: 'employee.created_at', type: 'timestamptz' }],
    };
    const request = { size: 1, backward: false, cursor: encodeCursor('by instant', [instant]) };
    await expect(readPage(reader, list, new Conditions(), request)).rejects.toThrow(ForeignCursorError);
  });

  test.each([1.5, 2 ** 31, -(2 ** 31) - 1, 'x'])('as is one with the whole number %s, which is none', async (value) => {
    const list: List = {
      name: 'by length',
      item: `json_build_object('id', employee.id)`,
      from: 'employee',
      visibility: { subject: 'STRUCTURE' },
      order: [{ sql: 'length(employee.name)', type: 'integer' }],
    };
    const request = { size: 1, backward: false, cursor: encodeCursor('by length', [value]) };
    await expect(readPage(reader, list, new Conditions(), request)).rejects.toThrow(ForeignCursorError);
  });
});
