import type { GraphiQLProps } from 'graphiql';
import type { ReadyQuery } from './ready-queries.js';

const READY_QUERIES = 'readyQueries';
const CONTENT = ['tabState', 'query', 'variables', 'headers'].map((name) => `graphiql:${name}`);

export interface ExplorerStorage {
  /** Where GraphiQL keeps what outlives a reload. */
  storage: NonNullable<GraphiQLProps['storage']>;
  /** Whether there are tabs of before the reload. */
  hasContent: boolean;
}

/**
 * Tabs live as long as the browser's tab, so that a reload loses nothing, and end when the README has other queries.
 * Theme, sizes of panes and history stay for good. Tokens and answers are never kept.
 */
export function openExplorerStorage(readyQueries: ReadyQuery[]): ExplorerStorage {
  const current = JSON.stringify(readyQueries);
  if (sessionStorage.getItem(READY_QUERIES) !== current) {
    sessionStorage.clear();
    sessionStorage.setItem(READY_QUERIES, current);
  }
  const storageOf = (name: string) => (CONTENT.includes(name) ? sessionStorage : localStorage);
  return {
    hasContent: sessionStorage.getItem('graphiql:query') !== null,
    storage: {
      getItem: (name) => storageOf(name).getItem(name),
      setItem: (name, value) => storageOf(name).setItem(name, value),
      removeItem: (name) => storageOf(name).removeItem(name),
      clear: () => {
        sessionStorage.clear();
        localStorage.clear();
      },
      length: sessionStorage.length + localStorage.length,
    },
  };
}
