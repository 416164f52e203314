import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { barChart } from './bar-chart.mjs';
import { limit } from './contenders/contenders.mjs';
import { readResults } from './results.mjs';
import { workloads } from './workloads/workloads.mjs';

/** Draws the results that have been kept, for the docs. */

const { values } = parseArgs({
  options: { output: { type: 'string', default: path.join(import.meta.dirname, '..', 'docs', 'performance') } },
});

const results = readResults();
const sizes = [...new Set([...results.values()].map(({ employees }) => employees))].sort((one, other) => one - other);
const inWords = (employees) => `${employees.toLocaleString('en')} employees`;

/** The results of one size in the order of the workloads, each as a group of bars, the fastest contender first. */
function groupsOf(employees, rowOf) {
  return workloads
    .map(({ name }) => results.get(`${name}-${employees}`))
    .filter((result) => result !== undefined)
    .map(({ title, summaries }) => {
      const best = summaries.find(({ name }) => name === limit.name);
      const sorted = summaries.toSorted((one, other) => other.perSecond - one.perSecond);
      return { heading: title, rows: sorted.map((summary) => ({ label: summary.name, ...rowOf(summary, best) })) };
    });
}

const CHARTS = {
  throughput: {
    title: 'Throughput, as a part of what bare node:http does',
    rowOf: ({ perSecond }, best) => ({
      parts: [perSecond / best.perSecond],
      value: (perSecond / best.perSecond).toFixed(2),
    }),
  },
  latency: {
    title: 'Latency at 32 connections, milliseconds',
    legend: ['p50', 'up to p99'],
    rowOf: ({ p50, p99 }) => ({ parts: [p50, p99 - p50], value: `${p50.toFixed(0)} / ${p99.toFixed(0)}` }),
  },
  processor: {
    title: 'Processor time, microseconds a request',
    legend: ['Node', 'Postgres'],
    rowOf: ({ nodeMicroseconds, postgresMicroseconds }) => ({
      parts: [nodeMicroseconds, postgresMicroseconds],
      value: String(nodeMicroseconds + postgresMicroseconds),
    }),
  },
};

fs.mkdirSync(values.output, { recursive: true });
for (const employees of sizes) {
  for (const [name, { title, legend, rowOf }] of Object.entries(CHARTS)) {
    const groups = groupsOf(employees, rowOf);
    if (groups.length === 0) continue;
    const file = path.join(values.output, `${name}-${employees}.svg`);
    fs.writeFileSync(file, barChart({ title: `${title}; ${inWords(employees)}`, legend, groups }));
    console.log(file);
  }
}

/** What is left of the throughput when the company is larger. */
const [smallest, largest] = [sizes[0], sizes.at(-1)];
if (smallest !== largest) {
  console.log(`\nThroughput with ${inWords(largest)}, as a part of that with ${inWords(smallest)}:\n`);
  for (const { name, title } of workloads) {
    const [small, large] = [smallest, largest].map((employees) => results.get(`${name}-${employees}`)?.summaries ?? []);
    for (const { name: contender, perSecond } of large) {
      const before = small.find((summary) => summary.name === contender);
      if (before) console.log(`- ${title}, ${contender}: ${(perSecond / before.perSecond).toFixed(2)}`);
    }
  }
}
