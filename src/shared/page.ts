/** Which part of a list is wanted. */
export interface PageRequest {
  /** At most so many entries, 1 to 100. */
  size: number;
  /** The last entries before the cursor instead of the first ones after it. */
  backward: boolean;
  /** Null: from the start (or, backward, from the end) of the list. */
  cursor: string | null;
}

/** The first entry alone. */
export const FIRST_ENTRY: PageRequest = { size: 1, backward: false, cursor: null };

/** One of a page. Its place is only written down where it is asked for: few clients do. */
export class PageEntry<Item> {
  constructor(
    readonly item: Item,
    private readonly writeCursor: () => string,
  ) {}

  get cursor(): string {
    return this.writeCursor();
  }

  /** The same place with the item turned into something else. */
  turned<To>(turn: (item: Item) => To): PageEntry<To> {
    return new PageEntry(turn(this.item), this.writeCursor);
  }
}

/** A part of a list, in the list's order. */
export interface Page<Item> {
  entries: PageEntry<Item>[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/** The same page with each item turned into something else. */
export function mapPage<From, To>(page: Page<From>, turn: (item: From) => To): Page<To> {
  return { ...page, entries: page.entries.map((entry) => entry.turned(turn)) };
}
