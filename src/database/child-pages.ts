import DataLoader from 'dataloader';
import type { Page, PageRequest } from '../shared/page.js';
import { Conditions } from './conditions.js';
import { type ItemRow, keyColumn, type List, pageClauses, toPage } from './page.js';
import type { JointLoader, OpenPart, PartRequest, PartRow } from './read-part.js';
import type { Reader } from './reader.js';
import { openSource } from './source.js';

/** The column of the list's table that names the parent, or the condition that an item belongs to it. */
export type BelongsTo = string | ((parent: string, conditions: Conditions) => string);

/** An entry of a page: what it is, what it is ordered by and, where that has to be recorded, whom it is about. */
type Entry<Item> = [ItemRow<Item>['item'], ItemRow<Item>['key'], string | null];

/** Pages of the lists that belong to many parents: the same page of all of them is read in one statement. */
export class ChildPages<Item> implements JointLoader {
  readonly holds = [];
  readonly keyType = 'uuid';
  private readonly loaders = new Map<string, DataLoader<string, Page<Item>>>();

  constructor(
    private readonly reader: Reader,
    private readonly list: List,
    private readonly belongsTo: BelongsTo,
    private readonly revive: (item: Item) => Item = (item) => item,
  ) {}

  load(parent: string, request: PageRequest): Promise<Page<Item>> {
    return this.loaderOf(request).load(parent);
  }

  linkOf(name: string): string | undefined {
    return this.list.links?.[name];
  }

  openPart(request: PartRequest): OpenPart {
    const { text, toPages } = this.open(request, request.page!);
    const loader = this.loaderOf(request.page!);
    const take = (rows: readonly PartRow[]): void => {
      for (const [parent, page] of toPages(rows)) loader.prime(parent, page);
    };
    return { text, take };
  }

  fail(parents: readonly string[], error: Error, page?: PageRequest): void {
    for (const parent of parents) this.loaderOf(page!).prime(parent, error);
  }

  private open({ values, keys, links }: PartRequest, page: PageRequest) {
    const { reader, list, belongsTo } = this;
    const { from, conditions, about, record } = openSource(list, reader, new Conditions(values));
    conditions.add(typeof belongsTo === 'string' ? `${belongsTo} = wanted.key` : belongsTo('wanted.key', conditions));
    const columns = [
      `${list.item} as item, ${keyColumn(list)} as key, ${about ?? 'null::uuid'} as about`,
      ...links.map((name) => `${this.linkOf(name)} as "${name}"`),
    ];
    const { clauses } = pageClauses(list, page, conditions);
    // Not of the entry that only says whether there is more.
    const size = links.length > 0 ? conditions.value(page.size) : '';
    const linked = links.map((name) => `, (array_agg(entry."${name}"))[:${size}] as "${name}"`).join('');
    const text = `select wanted.key::text, page.* from (${keys}) as wanted (key) cross join lateral (
      select json_agg(json_build_array(entry.item, entry.key, entry.about)) as item, null::uuid as about${linked}
      from (select ${columns.join(', ')} from ${from} ${clauses}) as entry) as page`;
    const toPages = (rows: readonly PartRow[]): Map<string, Page<Item>> =>
      new Map(
        rows.map(({ key, item }) => {
          const found = (item ?? []) as Entry<Item>[];
          const entries = found.map(([item, key, about]) => ({ item: this.revive(item), key, about }));
          record(entries);
          return [key, toPage(list, page, entries)];
        }),
      );
    return { text, toPages };
  }

  private loaderOf(page: PageRequest): DataLoader<string, Page<Item>> {
    const which = JSON.stringify(page);
    let loader = this.loaders.get(which);
    if (!loader) {
      loader = new DataLoader((parents) => this.readPages(parents, page));
      this.loaders.set(which, loader);
    }
    return loader;
  }

  private async readPages(parents: readonly string[], page: PageRequest): Promise<Page<Item>[]> {
    const values = [parents];
    const { text, toPages } = this.open({ values, keys: 'select unnest($1::uuid[])', links: [] }, page);
    const pages = toPages(await this.reader.read<PartRow>(text, values));
    return parents.map((parent) => pages.get(parent)!);
  }
}
