import type { GraphiQLProps } from 'graphiql';
import type { ReadyQuery } from './ready-queries.js';

type Storage = NonNullable<GraphiQLProps['storage']>;

/** What stands in a tab. */
export interface TabContent {
  query: string | null;
  variables: string | null;
}

const READY_QUERIES = 'readyQueries';
const TABS = 'graphiql:tabState';
// GraphiQL keeps what the open tab holds a second time, at another moment. After a reload the two would not agree, and
// a tab would be there twice.
const NOT_KEPT = ['graphiql:query', 'graphiql:variables', 'graphiql:headers'];

/**
 * Where GraphiQL keeps what outlives a reload. Tabs live as long as the browser's tab, and end when the README has other
 * queries. Theme, sizes of panes and history stay for good. Tokens and answers are never kept.
 */
export function openExplorerStorage(readyQueries: ReadyQuery[]): Storage {
  const current = JSON.stringify(readyQueries);
  if (sessionStorage.getItem(READY_QUERIES) !== current) {
    sessionStorage.clear();
    sessionStorage.setItem(READY_QUERIES, current);
  }
  const storageOf = (name: string) => (name === TABS ? sessionStorage : localStorage);
  return {
    getItem: (name) => storageOf(name).getItem(name),
    setItem: (name, value) => {
      if (!NOT_KEPT.includes(name)) storageOf(name).setItem(name, value);
    },
    removeItem: (name) => storageOf(name).removeItem(name),
    clear: () => {
      sessionStorage.clear();
      localStorage.clear();
    },
    length: sessionStorage.length + localStorage.length,
  };
}

/** What stood in the open tab before a reload. */
export function readOpenTab(storage: Storage): TabContent | undefined {
  const kept = storage.getItem(TABS);
  if (!kept) return undefined;
  const { tabs, activeTabIndex } = JSON.parse(kept) as { tabs: TabContent[]; activeTabIndex: number };
  return tabs[activeTabIndex];
}
