import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openCompany } from './company.mjs';
import { bare } from './contenders/bare.mjs';
import { ours } from './contenders/ours.mjs';
import { checkEquality } from './equality.mjs';
import { load } from './load.mjs';
import { processorSeconds, residentMegabytes, start } from './processes.mjs';
import * as myPlan from './workloads/my-plan.mjs';

const MODES = { short: { rounds: 5, seconds: 3 }, full: { rounds: 9, seconds: 15 } };
const CONNECTIONS = 32;
/** Different requests, so that no cache of Postgres or ours is measured by itself. */
const REQUESTS = 2_000;
/** The server has the first core; the database and the load have the next, so far as there are any. */
const SERVER_CORE = '0';

const { values } = parseArgs({
  options: { mode: { type: 'string', default: 'short' }, employees: { type: 'string', default: '20000' } },
});
const mode = MODES[values.mode];
if (!mode) throw new Error(`--mode is ${Object.keys(MODES).join(' or ')}.`);
const employees = Number(values.employees);

const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

/** One round of one contender. */
async function measure({ contender, url, pid, requests }) {
  const before = processorSeconds(pid);
  const result = await load(url, requests, { connections: CONNECTIONS, seconds: mode.seconds });
  const processor = (1e6 * (processorSeconds(pid) - before)) / result.answered;
  process.stderr.write(`${contender.name}: ${Math.round(result.perSecond)} a second\n`);
  return { ...result, processor, memory: residentMegabytes(pid) };
}

function summarise(contender, rounds) {
  const of = (key) => median(rounds.map((round) => round[key]));
  return {
    name: contender.name,
    perSecond: Math.round(of('perSecond')),
    p50: of('p50'),
    p99: of('p99'),
    processorMicroseconds: Math.round(of('processor')),
    memoryMegabytes: Math.round(of('memory')),
  };
}

function toMarkdown(summaries) {
  const limit = summaries.find(({ name }) => name === bare.name).perSecond;
  return [
    '| contender | requests a second | of the limit | p50 ms | p99 ms | CPU of node, µs a request | memory MB |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...summaries.map(
      ({ name, perSecond, p50, p99, processorMicroseconds, memoryMegabytes }) =>
        `| ${name} | ${perSecond} | ${(perSecond / limit).toFixed(2)} | ${p50} | ${p99} | ${processorMicroseconds} | ${memoryMegabytes} |`,
    ),
  ].join('\n');
}

const company = await openCompany(employees);
const running = [];
try {
  for (const contender of [ours, bare]) running.push({ contender, ...(await start(contender, company, SERVER_CORE)) });
  await checkEquality(
    running,
    myPlan,
    Array.from({ length: 50 }, (_, place) => myPlan.employeeOf(place, employees)),
  );
  for (const one of running) {
    one.requests = [];
    for (let place = 0; place < REQUESTS; place++)
      one.requests.push(await one.contender.request(myPlan.employeeOf(place, employees)));
    await load(one.url, one.requests, { connections: CONNECTIONS, seconds: 3 }); // to get warm
  }
  const rounds = new Map(running.map(({ contender }) => [contender, []]));
  for (let round = 0; round < mode.rounds; round++) {
    for (const one of running) rounds.get(one.contender).push(await measure(one));
  }
  const summaries = [...rounds].map(([contender, measured]) => summarise(contender, measured));
  const results = path.join(import.meta.dirname, 'results');
  fs.mkdirSync(results, { recursive: true });
  const report = { workload: 'Q1 my plan', employees, mode: values.mode, cores: os.cpus().length, summaries };
  fs.writeFileSync(path.join(results, `my-plan-${employees}.json`), `${JSON.stringify(report, null, 2)}\n`);
  console.log(`Q1 my plan, ${employees} employees, ${CONNECTIONS} connections\n\n${toMarkdown(summaries)}`);
} finally {
  await Promise.all(running.map(({ stop }) => stop()));
  await company.stop();
}
