import { parseArgs } from 'node:util';
import { openCompany } from './company/company.mjs';
import { contenders } from './contenders/contenders.mjs';
import { CORES, pin, start } from './processes.mjs';
import { progressOn } from './progress.mjs';
import { median, writeResult } from './results.mjs';
import * as workload from './workloads/my-plan.mjs';

/** How long it takes from the start of a process until it has given its first good answer, on a database that is warm. */

const { values } = parseArgs({
  options: {
    employees: { type: 'string', default: '20000' },
    contenders: { type: 'string', default: 'ours,bare' },
    times: { type: 'string', default: '9' },
  },
});
const employees = Number(values.employees);

async function startOnce(contender, company, place) {
  // What is not part of the start, such as keys of an identity provider, is there before.
  await contender.environment(company);
  const subject = workload.subjectOf(place, employees);
  const began = performance.now();
  const running = await start(contender, company);
  const ready = performance.now() - began;
  const { path, body, ...init } = await contender.request(workload, subject);
  const response = await fetch(`${running.url}${path}`, { ...init, body });
  const answer = await response.json();
  const answered = performance.now() - began;
  await running.stop();
  if (!answer.data || answer.errors) throw new Error(`${contender.name}: ${JSON.stringify(answer)}`);
  return { ready, answered };
}

const progress = progressOn(process.stderr);
const company = await openCompany(employees, progress);
try {
  pin(company.postmaster, CORES.database);
  pin(process.pid, CORES.load);
  const summaries = [];
  for (const name of values.contenders.split(',')) {
    const contender = contenders[name];
    const rounds = [];
    for (let place = 0; place <= Number(values.times); place++) {
      rounds.push(await startOnce(contender, company, place));
      progress(`${contender.name}: ${Math.round(rounds.at(-1).answered)} ms to the first answer`);
    }
    rounds.shift(); // it reads the files of the first one from the disk
    const of = (key) => Math.round(median(rounds.map((round) => round[key])));
    summaries.push({ name: contender.name, readyMilliseconds: of('ready'), answeredMilliseconds: of('answered') });
  }
  writeResult(`cold-start-${employees}`, { title: 'Cold start', employees, summaries });
  console.log('| contender | ready, ms | first answer, ms |\n| --- | --- | --- |');
  for (const { name, readyMilliseconds, answeredMilliseconds } of summaries)
    console.log(`| ${name} | ${readyMilliseconds} | ${answeredMilliseconds} |`);
} finally {
  await company.stop();
}
