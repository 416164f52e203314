import { Conditions } from './conditions.js';
import type { Reader } from './reader.js';
import { type Visibility, visibilityCondition } from './visibility.js';

/** Where a read takes its rows from. Nothing is read without saying who may see it. */
export interface Source {
  /** The SQL expression of one item: a JSON document. */
  item: string;
  from: string;
  visibility: Visibility;
  /** A further table, of which only those rows are joined that the viewer may see; its columns are null otherwise. */
  details?: { table: string; on: string; visibility: Visibility };
}

/** The conditions of a statement over a source, with the one that keeps it to what the viewer may see. */
export function openSource(
  source: Source,
  reader: Reader,
  conditions = new Conditions(),
): { from: string; conditions: Conditions } {
  conditions.add(visibilityCondition(source.visibility, reader, conditions));
  const { details } = source;
  if (!details) return { from: source.from, conditions };
  const visible = visibilityCondition(details.visibility, reader, conditions);
  return { from: `${source.from} left join ${details.table} on ${details.on} and ${visible}`, conditions };
}
