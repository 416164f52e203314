import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './explorer.css';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { ExplorerHeader } from './explorer-header.js';
import { openExplorerStorage, readOpenTab } from './explorer-storage.js';
import { fetchEyes } from './eyes.js';
import { createGraphqlFetcher } from './graphql-fetcher.js';
import { findReadyQueries } from './ready-queries.js';

// Read while building. A glob, because a build without the README (in an image, say) should not fail.
const [readme = ''] = Object.values(
  import.meta.glob<string>('../../../README.md', { query: '?raw', import: 'default', eager: true }),
);
const readyQueries = findReadyQueries(readme);
const storage = openExplorerStorage(readyQueries);
const openTab = readOpenTab(storage) ?? readyQueries[0];

const eyes = await fetchEyes(); // before anything is drawn, so that nothing jumps
let token = eyes[0]?.token ?? null;

createRoot(document.getElementById('explorer')!).render(
  <>
    <ExplorerHeader
      eyes={eyes}
      onToken={(chosen) => {
        token = chosen;
      }}
    />
    <main>
      <GraphiQL
        fetcher={createGraphqlFetcher(() => token)}
        storage={storage}
        defaultTabs={
          readyQueries.length > 0 ? readyQueries.map(({ query, variables }) => ({ query, variables })) : undefined
        }
        // GraphiQL would show the open tab without its variables.
        initialQuery={openTab?.query ?? undefined}
        initialVariables={openTab?.variables ?? undefined}
        defaultEditorToolsVisibility="variables"
        // Who asks is chosen above. A token in the headers editor would end up in the history.
        isHeadersEditorEnabled={false}
        shouldPersistHeaders={false}
      >
        {/* The header names the page. */}
        <GraphiQL.Logo>{null}</GraphiQL.Logo>
      </GraphiQL>
    </main>
  </>,
);
