const columns = [
  ['contender', ({ name }) => name],
  ['requests a second', ({ perSecond }) => (perSecond < 100 ? perSecond.toFixed(1) : Math.round(perSecond))],
  ['', ({ perSecond }, base) => (base ? (perSecond / base.perSecond).toFixed(2) : '')],
  ['p50 ms', ({ p50 }) => p50.toFixed(1)],
  ['p99 ms', ({ p99 }) => p99.toFixed(1)],
  ['p99/p50', ({ p50, p99 }) => (p99 / p50).toFixed(1)],
  ['CPU of node, µs a request', ({ nodeMicroseconds }) => nodeMicroseconds],
  ['CPU of Postgres, µs a request', ({ postgresMicroseconds }) => postgresMicroseconds],
  ['memory MB', ({ residentMegabytes }) => residentMegabytes],
  ['at most', ({ peakMegabytes }) => peakMegabytes],
];

const row = (cells) => `| ${cells.join(' | ')} |`;

/**
 * The result of one workload as a table, the fastest first.
 * @param base the name of the contender that the others are compared with, and what their part of it is called
 */
export function toMarkdown({ title, employees, mode, summaries }, base, partOf = 'of the limit') {
  const compared = summaries.find(({ name }) => name === base);
  const sorted = summaries.toSorted((one, other) => other.perSecond - one.perSecond);
  return [
    `### ${title}, ${employees.toLocaleString('en')} employees (${mode})`,
    '',
    row(columns.map(([heading]) => heading || partOf)),
    row(columns.map(() => '---')),
    ...sorted.map((summary) => row(columns.map(([, cell]) => cell(summary, compared)))),
    '',
  ].join('\n');
}
