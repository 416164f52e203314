// The import rules of docs/adr/0001-one-house-with-rules.md. test/architecture.test.ts sees each of them fail.
const feature = '^src/features/[^/]+/';
const order = [
  'people',
  'skills',
  'guidance',
  'action-plans',
  'progress',
  'conversations',
  'connections',
  'hris',
  'analytics',
];
const graphqlPackages = 'node_modules/(type-graphql|graphql|graphql-scalars|@apollo)/';
const databasePackages = 'node_modules/(typeorm|pg|dataloader)/';
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid(
      'domain-is-pure',
      'Rules import rules and the shared kernel: no package, no Node built-in, no other layer.',
      { path: `${feature}domain/` },
      { pathNot: [`${feature}domain/`, '^src/shared/'] },
    ),
    forbid(
      'persistence-points-down',
      'Rows, repositories and loaders know nothing of use cases, GraphQL or HTTP.',
      { path: `${feature}persistence/` },
      { path: [`${feature}(graphql|usecases)/`, '^src/(http|graphql|demo|main|service|resolvers)', graphqlPackages] },
    ),
    forbid(
      'usecases-know-no-graphql',
      'A use case can be called without GraphQL.',
      { path: `${feature}usecases/` },
      { path: [`${feature}graphql/`, '^src/(http|graphql|demo|main|service|resolvers)', graphqlPackages] },
    ),
    forbid(
      'graphql-knows-no-sql',
      'Resolvers translate: they reach data through use cases and the loaders of the context.',
      { path: `${feature}graphql/` },
      { path: [`${feature}persistence/`, '^src/(http|database|demo|main|service)', databasePackages] },
    ),
    forbid(
      'graphql-ground-knows-no-data',
      'Only the context names the data side, and that by types alone (test/architecture.test.ts sees to it).',
      { path: '^src/graphql/' },
      {
        path: [feature, '^src/(http|database|demo|loaders|main|service)', databasePackages],
        pathNot: '^src/(loaders|database/operation)[.]ts$',
      },
    ),
    forbid(
      'only-the-context-names-loaders',
      'Everything else in the GraphQL ground takes the context.',
      { path: '^src/graphql/', pathNot: '^src/graphql/context[.]ts$' },
      { path: '^src/(loaders|database/operation)[.]ts$' },
    ),
    forbid(
      'four-folders-only',
      'A file of a feature stands in domain, persistence, usecases or graphql.',
      { path: '^src/features/', pathNot: `${feature}(graphql|usecases|domain|persistence)/` },
      {},
    ),
    forbid(
      'http-is-thin',
      'HTTP knows GraphQL and the shared kernel.',
      { path: '^src/http/' },
      {
        path: '^src/(features|database|demo|main|service|loaders|resolvers)',
      },
    ),
    forbid(
      'loggers-are-made-in-one-place',
      'A logger made elsewhere would say of errors what people wrote.',
      { path: '^src/', pathNot: '^src/http/logger[.]ts$' },
      { path: 'node_modules/pino' },
    ),
    forbid(
      'database-is-ground',
      'The database side of the ground knows no feature and no GraphQL.',
      { path: '^src/database/' },
      { path: ['^src/(features|http|graphql|demo|main|service|loaders|resolvers|rows)', graphqlPackages] },
    ),
    forbid(
      'shared-is-a-leaf',
      'The shared kernel imports nothing.',
      { path: '^src/shared/' },
      { pathNot: '^src/shared/' },
    ),
    forbid('no-circles', 'No file imports itself through others.', {}, { circular: true }),
    ...order
      .slice(0, -1)
      .map((name, place) =>
        forbid(
          `order-of-${name}`,
          'Features import to the left of the list only.',
          { path: `^src/features/${name}/` },
          { path: `^src/features/(${order.slice(place + 1).join('|')})/` },
        ),
      ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/http/explorer/' },
  },
};
