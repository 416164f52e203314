import DataLoader from 'dataloader';
import type { Reader } from './reader.js';

/**
 * A loader that turns all keys asked for in one tick into one statement.
 * @param text selects `key` and `item` (one JSON document per key) for the keys in `$1`
 * @param revive turns the JSON into the domain's type, where it has instants or the like
 */
export function batchLoader<Item>(
  reader: Reader,
  text: string,
  revive: (item: Item) => Item = (item) => item,
): DataLoader<string, Item | null> {
  return new DataLoader<string, Item | null>(async (keys) => {
    const rows = await reader.read<{ key: string; item: Item }>(text, [keys]);
    const byKey = new Map(rows.map((row) => [row.key, revive(row.item)]));
    return keys.map((key) => byKey.get(key) ?? null);
  });
}
