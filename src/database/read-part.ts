import type { PageRequest } from '../shared/page.js';

/** A row of a part: what was read for one key. */
export interface PartRow {
  key: string;
  item: unknown;
  /** Whom it is about, where that has to be recorded. */
  about: string | null;
}

/** What is to be read, and for which keys. */
export interface PartRequest {
  /** The values of the statement so far, for those of the part to be added. */
  values: unknown[];
  /** The SQL of a set of keys, each of them once. */
  keys: string;
  /** Which links are wanted: what leads from here to other reads. */
  links: readonly string[];
  /** Of a list: which page. */
  page?: PageRequest | undefined;
}

/** A part of a statement that reads several things at once. */
export interface OpenPart {
  /** Selects `key`, `item`, `about`, and for each link an array of keys: one row for every key that is wanted. */
  text: string;
  /** Hands out what was read to whoever will ask for it. */
  take(rows: readonly PartRow[]): void;
}

/** A loader whose read may be a part of a statement that reads more. */
export interface JointLoader {
  /** Other loaders, by name, whose items are in the items of this one. */
  readonly holds: readonly string[];
  /** The SQL of an array of keys that an item leads to; undefined where nothing is said of that. */
  linkOf(name: string): string | undefined;
  /** The SQL type of its keys. */
  readonly keyType: 'uuid' | 'text';
  openPart(request: PartRequest): OpenPart;
  /** Whoever asks for one of these keys is told so. */
  fail(keys: readonly string[], error: Error, page?: PageRequest): void;
}
