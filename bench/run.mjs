import { parseArgs } from 'node:util';
import { openCompany } from './company/company.mjs';
import { contenders, limit } from './contenders/contenders.mjs';
import { checkEquality } from './equality.mjs';
import { compareAndUndo, MODES } from './measure.mjs';
import { CORES, pin, start } from './processes.mjs';
import { progressOn } from './progress.mjs';
import { toMarkdown } from './report.mjs';
import { writeResult } from './results.mjs';
import { workloads } from './workloads/workloads.mjs';

const COMPARED_SUBJECTS = 50;

const { values } = parseArgs({
  options: {
    mode: { type: 'string', default: 'short' },
    employees: { type: 'string', default: '20000' },
    workload: { type: 'string', default: workloads.map(({ name }) => name).join(',') },
    contenders: { type: 'string', default: Object.keys(contenders).join(',') },
  },
});

/** The things that are named, in the order of the list. */
function choose(option, choices) {
  const names = values[option].split(',');
  const unknown = names.find((name) => !choices.has(name));
  if (unknown !== undefined)
    throw new Error(`--${option} has ${unknown}: it is any of ${[...choices.keys()].join(',')}`);
  return names.map((name) => choices.get(name));
}

const [mode] = choose('mode', new Map(Object.entries(MODES)));
const chosenWorkloads = choose('workload', new Map(workloads.map((workload) => [workload.name, workload])));
const chosenContenders = choose('contenders', new Map(Object.entries(contenders)));
const employees = Number(values.employees);

function keep(workload, summaries) {
  const result = { workload: workload.name, title: workload.title, employees, mode: values.mode, summaries };
  writeResult(`${workload.name}-${employees}`, result);
  return result;
}

const progress = progressOn(process.stderr);
const company = await openCompany(employees, progress);
const running = [];
try {
  pin(company.postmaster, CORES.database);
  pin(process.pid, CORES.load);
  for (const contender of chosenContenders) {
    progress(`${contender.name} starts`);
    running.push(await start(contender, company));
  }
  for (const workload of chosenWorkloads) {
    const subjects = Array.from({ length: Math.min(mode.subjects, workload.subjectsIn(employees)) }, (_, place) =>
      workload.subjectOf(place, employees),
    );
    await workload.refresh?.(company.client, subjects);
    progress(`${workload.title}: the answers are compared`);
    await checkEquality(running, workload, subjects.slice(0, COMPARED_SUBJECTS), company.client);
    const summaries = await compareAndUndo(running, workload, subjects, {
      mode,
      client: company.client,
      postmaster: company.postmaster,
      progress,
    });
    console.log(`\n${toMarkdown(keep(workload, summaries), limit.name)}`);
  }
} finally {
  await Promise.all(running.map(({ stop }) => stop()));
  await company.stop();
}
