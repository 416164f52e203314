import { hasToAccountFor } from '../shared/access.js';
import { Conditions } from './conditions.js';
import type { Reader } from './reader.js';
import { type ReportLookup, type Visibility, visibilityCondition } from './visibility.js';

/** Where a read takes its rows from. Nothing is read without saying who may see it. */
export interface Source {
  /** The SQL expression of one item: a JSON document. */
  item: string;
  from: string;
  visibility: Visibility;
  /** A further table, whose row is joined where the viewer may see it; its columns are null otherwise. */
  details?: Details;
  /** What leads from an item to another one: by name the SQL expression of its key. */
  links?: Readonly<Record<string, string>>;
}

export interface Details {
  table: string;
  /** The column of the table that names the row it belongs to, and the column that it names. */
  key: string;
  of: string;
  visibility: Visibility;
}

export interface OpenSource {
  from: string;
  conditions: Conditions;
  /** The SQL expression of whom a row is about, to be selected as `about` where that has to be recorded. */
  about: string | null;
  /** Takes note of what was read, where that has to be recorded. */
  record(rows: readonly object[]): void;
}

/** A source with the conditions that keep it to what the viewer may see, and what has to be recorded of it. */
export function openSource(source: Source, reader: Reader, conditions = new Conditions()): OpenSource {
  conditions.add(visibilityCondition(source.visibility, reader, conditions));
  return { from: openFrom(source, reader, conditions), conditions, ...recording(source, reader) };
}

function openFrom({ from, details }: Source, reader: Reader, conditions: Conditions): string {
  if (!details) return from;
  const { table, key, of } = details;
  const visible = visibilityCondition(details.visibility, reader, conditions);
  // Row by row: a view that is a security barrier would be read from end to end otherwise.
  return `${from} left join lateral (select * from ${table} where ${key} = ${of} and ${visible} offset 0) as ${table} on true`;
}

/**
 * The condition that details say something of a row: found from their side, where an index knows it. Who may not see the
 * details finds nobody by them.
 */
export function detailsCondition(
  { table, key, of, visibility }: Details,
  reader: Reader,
  conditions: Conditions,
  condition: string,
  lookup?: ReportLookup,
): string {
  return `${of} in (select ${key} from ${table} where ${condition} and ${visibilityCondition(visibility, reader, conditions, lookup)})`;
}

/** Who sees it only because their token says so has to account for it. */
function recording({ visibility }: Source, reader: Reader): Pick<OpenSource, 'about' | 'record'> {
  const { viewer, audit, accessSettings } = reader;
  const { subject } = visibility;
  const isRecorded = viewer !== null && 'employee' in visibility && hasToAccountFor(subject, viewer, accessSettings);
  if (!isRecorded) return { about: null, record: () => {} };
  if (!audit)
    throw new Error(`Who reads ${subject} as this viewer has to be recorded: give the reader an audit trail.`);
  const record = (rows: readonly object[]): void => {
    for (const { about } of rows as { about: string }[]) if (about !== viewer.employeeId) audit.saw(subject, about);
  };
  return { about: visibility.employee, record };
}

/** The column of whom a row is about, where there is one. */
export const aboutColumn = (about: string | null): string => (about === null ? '' : `, ${about} as about`);
