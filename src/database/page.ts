import { decodeCursor, encodeCursor, ForeignCursorError, type KeyValue } from '../shared/cursor.js';
import { isIdentifier } from '../shared/identifier.js';
import { type Page, PageEntry, type PageRequest } from '../shared/page.js';
import { Conditions } from './conditions.js';
import type { Reader } from './reader.js';
import { aboutColumn, type OpenSource, openSource, type Source } from './source.js';

/** An expression that a list is ordered by, with its SQL type. */
export interface SortKey {
  sql: string;
  type: 'text' | 'uuid' | 'integer' | 'timestamptz';
}

/** A list that is read page by page, in a stable order whose last sort key is the id. */
export interface List extends Source {
  /** Part of each cursor, so that a cursor of another list is refused. */
  name: string;
  order: readonly SortKey[];
  descending?: boolean;
}

/** What is read of an entry. */
export interface ItemRow<Item> {
  item: Item;
  key: KeyValue[];
}

const INSTANT = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;

/** Whether Postgres reads the text as an instant. JavaScript alone would take February 30th for March 2nd. */
function isInstant(text: string): boolean {
  const day = INSTANT.exec(text)?.[1];
  if (day === undefined || day < '0001' || Number.isNaN(Date.parse(text))) return false;
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

const accepts: Record<SortKey['type'], (value: KeyValue) => boolean> = {
  text: (value) => typeof value === 'string' && value.isWellFormed() && !value.includes('\0'),
  uuid: (value) => typeof value === 'string' && isIdentifier(value),
  integer: (value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31,
  timestamptz: (value) => typeof value === 'string' && isInstant(value),
};

/** The clauses that select one page: where it starts, in which order, and one row more to see whether there is another. */
export function pageClauses(
  list: List,
  request: PageRequest,
  conditions: Conditions,
): { order: string; clauses: string } {
  const descending = (list.descending ?? false) !== request.backward;
  if (request.cursor !== null) {
    const key = decodeCursor(list.name, request.cursor);
    if (key?.length !== list.order.length || !list.order.every((sort, index) => accepts[sort.type](key[index]!))) {
      throw new ForeignCursorError(list.name, request.backward ? 'before' : 'after');
    }
    const bounds = list.order.map((sort, index) => `${conditions.value(key[index])}::${sort.type}`);
    conditions.add(
      `(${list.order.map((sort) => sort.sql).join(', ')}) ${descending ? '<' : '>'} (${bounds.join(', ')})`,
    );
  }
  const direction = descending ? 'desc' : 'asc';
  const order = list.order.map((sort) => `${sort.sql} ${direction}`).join(', ');
  const limit = conditions.value(request.size + 1);
  return { order, clauses: `where ${conditions.toSql()} order by ${order} limit ${limit}` };
}

/** What an entry is ordered by, for its cursor. */
export const keyColumn = (list: List): string => `json_build_array(${list.order.map((sort) => sort.sql).join(', ')})`;

/** The page that the rows are, of which one may be beyond it. */
export function toPage<Item>(list: List, request: PageRequest, rows: ItemRow<Item>[]): Page<Item> {
  const hasMore = rows.length > request.size;
  const kept = hasMore ? rows.slice(0, request.size) : rows;
  if (request.backward) kept.reverse();
  return {
    entries: kept.map(({ item, key }) => new PageEntry(item, () => encodeCursor(list.name, key))),
    hasNextPage: request.backward ? request.cursor !== null : hasMore,
    hasPreviousPage: request.backward ? hasMore : request.cursor !== null,
  };
}

/**
 * The statement that reads one page. Where a list has details, they are joined to what is on the page, not to all of which it
 * is the first part.
 */
function pageStatement(list: List, source: OpenSource, request: PageRequest): string {
  const { from, conditions, about } = source;
  const { order, clauses } = pageClauses(list, request, conditions);
  const columns = `select ${list.item} as item, ${keyColumn(list)} as key${aboutColumn(about)}`;
  if (!list.details) return `${columns} from ${from} ${clauses}`;
  const { of } = list.details;
  return `${columns} from ${from} where ${of} = any (array(select ${of} from ${list.from} ${clauses})) order by ${order}`;
}

/** Reads one page of a list in one statement. */
export async function readPage<Item>(
  reader: Reader,
  list: List,
  wanted: Conditions,
  request: PageRequest,
): Promise<Page<Item>> {
  const source = openSource(list, reader, wanted);
  const rows = await reader.read<ItemRow<Item>>(pageStatement(list, source, request), wanted.values, 'BY_VALUES');
  source.record(rows);
  return toPage(list, request, rows);
}
