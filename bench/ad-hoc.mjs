import { parseArgs } from 'node:util';
import { openCompany } from './company/company.mjs';
import { contenders } from './contenders/contenders.mjs';
import { compareAndUndo, MODES } from './measure.mjs';
import { CORES, pin, start } from './processes.mjs';
import { progressOn } from './progress.mjs';
import { toMarkdown } from './report.mjs';
import { writeResult } from './results.mjs';
import * as myPlan from './workloads/my-plan.mjs';

/** What documents cost that nobody has sent before: the same question, each time under another name, against one that is known. */

const { values } = parseArgs({
  options: {
    mode: { type: 'string', default: 'short' },
    employees: { type: 'string', default: '20000' },
    contenders: { type: 'string', default: 'ours' },
  },
});
const mode = MODES[values.mode];
if (!mode) throw new Error(`--mode is any of ${Object.keys(MODES).join(',')}`);
const employees = Number(values.employees);

/** The contender with documents of which no two are the same. */
function withNewDocuments(contender) {
  let document = 0;
  return {
    ...contender,
    name: `${contender.name}, documents never seen before`,
    async request(workload, subject) {
      const request = await contender.request(workload, subject);
      const body = JSON.parse(request.body);
      // Written when it is sent, so that what warms up the process does not use the documents up.
      const query = () => body.query.replace('goal status', `goal${++document}: goal status`);
      return { ...request, body: () => JSON.stringify({ ...body, query: query() }) };
    },
  };
}

const progress = progressOn(process.stderr);
const company = await openCompany(employees, progress);
const running = [];
try {
  pin(company.postmaster, CORES.database);
  pin(process.pid, CORES.load);
  for (const name of values.contenders.split(',')) {
    const known = await start(contenders[name], company);
    running.push(known, await start(withNewDocuments(contenders[name]), company));
  }
  const subjects = Array.from({ length: Math.min(mode.subjects, employees) }, (_, place) =>
    myPlan.subjectOf(place, employees),
  );
  const { client, postmaster } = company;
  const summaries = await compareAndUndo(running, myPlan, subjects, { mode, client, postmaster, progress });
  const result = { title: 'Q1 with documents never seen before', employees, mode: values.mode, summaries };
  writeResult(`ad-hoc-${employees}`, result);
  console.log(toMarkdown(result, running[0].contender.name, 'of known ones'));
} finally {
  await Promise.all(running.map(({ stop }) => stop()));
  await company.stop();
}
