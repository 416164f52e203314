/** Which part of a list is wanted. */
export interface PageRequest {
  /** At most so many entries, 1 to 100. */
  size: number;
  /** The last entries before the cursor instead of the first ones after it. */
  backward: boolean;
  /** Null: from the start (or, backward, from the end) of the list. */
  cursor: string | null;
}

/** A part of a list, in the list's order. */
export interface Page<Item> {
  entries: { item: Item; cursor: string }[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/** The same page with each item turned into something else. */
export function mapPage<From, To>(page: Page<From>, turn: (item: From) => To): Page<To> {
  return { ...page, entries: page.entries.map(({ item, cursor }) => ({ item: turn(item), cursor })) };
}
