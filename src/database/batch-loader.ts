import DataLoader from 'dataloader';
import type { Reader } from './reader.js';
import { aboutColumn, openSource, type Source } from './source.js';

export interface KeyedSource extends Source {
  /** The SQL expression that an item is found by. */
  key: string;
  /** A further condition. */
  where?: string;
}

/**
 * A loader that turns all keys asked for in one tick into one statement. What the viewer may not see is not there.
 * @param revive turns the JSON into the domain's type, where it has instants or the like
 */
export function batchLoader<Item>(
  reader: Reader,
  source: KeyedSource,
  revive: (item: Item) => Item = (item) => item,
): DataLoader<string, Item | null> {
  return new DataLoader<string, Item | null>(async (keys) => {
    const { from, conditions, about, record } = openSource(source, reader);
    conditions.add(`${source.key} = any (${conditions.value(keys)})`);
    if (source.where) conditions.add(source.where);
    const columns = `${source.key} as key, ${source.item} as item${aboutColumn(about)}`;
    const text = `select ${columns} from ${from} where ${conditions.toSql()}`;
    const rows = await reader.read<{ key: string; item: Item }>(text, conditions.values);
    record(rows);
    const byKey = new Map(rows.map((row) => [row.key, revive(row.item)]));
    return keys.map((key) => byKey.get(key) ?? null);
  });
}
