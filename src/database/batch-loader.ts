import DataLoader from 'dataloader';
import { Conditions } from './conditions.js';
import type { JointLoader, OpenPart, PartRequest, PartRow } from './read-part.js';
import type { Reader } from './reader.js';
import { aboutColumn, openSource, type Source } from './source.js';

export interface KeyedSource extends Source {
  /** The SQL expression that an item is found by; a uuid where no other type is said. */
  key: string;
  keyType?: 'text';
  /** A further condition. */
  where?: string;
  /** What leads from an item to many others: by name the SQL expression of an array of their keys. */
  sets?: Readonly<Record<string, string>>;
  /** The loaders, by name, whose items an item of this one is, too. */
  holds?: readonly string[];
}

/** Turns the JSON into the domain's type, where it has instants or the like. */
type Revive<Item, Document> = (document: Document) => Item;

/** Loads items by key, all that are asked for in one tick by one statement. What the viewer may not see is not there. */
export class BatchLoader<Item, Document = Item> extends DataLoader<string, Item | null> implements JointLoader {
  constructor(
    private readonly reader: Reader,
    private readonly source: KeyedSource,
    private readonly revive: Revive<Item, Document>,
  ) {
    super((keys) => readBatch(reader, source, keys, revive));
  }

  get holds(): readonly string[] {
    return this.source.holds ?? [];
  }

  get keyType(): 'uuid' | 'text' {
    return this.source.keyType ?? 'uuid';
  }

  fail(keys: readonly string[], error: Error): void {
    for (const key of keys) this.prime(key, error);
  }

  /** What an item leads to, as an array of keys; undefined where nothing is said. */
  linkOf(name: string): string | undefined {
    const { links, sets } = this.source;
    if (links?.[name]) return `array[${links[name]}]`;
    return sets?.[name];
  }

  openPart({ values, keys, links }: PartRequest): OpenPart {
    const { reader, source } = this;
    const { from, conditions, about, record } = openSource(source, reader, new Conditions(values));
    conditions.add(`${source.key} = wanted.key`);
    if (source.where) conditions.add(source.where);
    const linked = links.map((name) => `, ${this.linkOf(name)} as "${name}"`).join('');
    // By the index, key by key, however many Postgres thinks that there are: that is what the offset is for.
    const text = `select wanted.key::text, found.* from (${keys}) as wanted (key) left join lateral (
      select ${source.item} as item, ${about ?? 'null::uuid'} as about${linked}
      from ${from} where ${conditions.toSql()} offset 0) as found on true`;
    const take = (rows: readonly PartRow[]): void => {
      record(rows.filter(({ item }) => item !== null));
      for (const { key, item } of rows) this.prime(key, item === null ? null : this.revive(item as Document));
    };
    return { text, take };
  }
}

async function readBatch<Item, Document>(
  reader: Reader,
  source: KeyedSource,
  keys: readonly string[],
  revive: Revive<Item, Document>,
): Promise<(Item | null)[]> {
  const { from, conditions, about, record } = openSource(source, reader);
  conditions.add(`${source.key} = any (${conditions.value(keys)})`);
  if (source.where) conditions.add(source.where);
  const columns = `${source.key} as key, ${source.item} as item${aboutColumn(about)}`;
  const text = `select ${columns} from ${from} where ${conditions.toSql()}`;
  const rows = await reader.read<{ key: string; item: Document }>(text, conditions.values);
  record(rows);
  const byKey = new Map(rows.map((row) => [row.key, revive(row.item)]));
  return keys.map((key) => byKey.get(key) ?? null);
}

/** A loader of what a source has. */
export const batchLoader = <Item, Document = Item>(
  reader: Reader,
  source: KeyedSource,
  revive: Revive<Item, Document> = (document) => document as unknown as Item,
): BatchLoader<Item, Document> => new BatchLoader(reader, source, revive);
