const columns = [
  ['contender', ({ name }) => name],
  ['requests a second', ({ perSecond }) => (perSecond < 100 ? perSecond.toFixed(1) : Math.round(perSecond))],
  ['of the limit', ({ perSecond }, limit) => (limit ? (perSecond / limit.perSecond).toFixed(2) : '')],
  ['p50 ms', ({ p50 }) => p50.toFixed(1)],
  ['p99 ms', ({ p99 }) => p99.toFixed(1)],
  ['p99/p50', ({ p50, p99 }) => (p99 / p50).toFixed(1)],
  ['CPU of node, µs a request', ({ nodeMicroseconds }) => nodeMicroseconds],
  ['CPU of Postgres, µs a request', ({ postgresMicroseconds }) => postgresMicroseconds],
  ['memory MB', ({ residentMegabytes }) => residentMegabytes],
  ['at most', ({ peakMegabytes }) => peakMegabytes],
];

const row = (cells) => `| ${cells.join(' | ')} |`;

/** The result of one workload as a table, the fastest first. */
export function toMarkdown({ title, employees, mode, summaries }, limitName) {
  const limit = summaries.find(({ name }) => name === limitName);
  const sorted = summaries.toSorted((one, other) => other.perSecond - one.perSecond);
  return [
    `### ${title}, ${employees.toLocaleString('en')} employees (${mode})`,
    '',
    row(columns.map(([heading]) => heading)),
    row(columns.map(() => '---')),
    ...sorted.map((summary) => row(columns.map(([, cell]) => cell(summary, limit)))),
    '',
  ].join('\n');
}
