import type { PageRequest } from './page.js';

/** Something that a request will read, as far as that is known before it runs. */
export interface PlannedRead {
  /** The name of the loader that will be asked. */
  loader: string;
  /** For which keys, or along which link of an earlier read of the plan. */
  keys: readonly string[] | { of: number; link: string };
  /** Of a list that belongs to its key: which page. */
  page?: PageRequest;
}

/** What a request will read, each after what leads to it. */
export type ReadPlan = readonly PlannedRead[];
