// What each workload of the benchmark costs is what budgets.json says: statements, round trips, plans, rows, buffers, allocations.
// None of that depends on how fast the machine is. With --write it is written anew.
import fs from 'node:fs';
import path from 'node:path';
import { workloads } from '../bench/workloads/workloads.mjs';
import { startCompany } from './budgets/company.mjs';
import { compareBudgets } from './budgets/compare-budgets.mjs';
import { describePhase } from './budgets/describe-phase.mjs';
import { measureWorkload } from './budgets/measure-workload.mjs';

const file = path.join(import.meta.dirname, '..', 'budgets.json');

/** What is written into the file with the numbers: by which part they may differ. All others may not. */
const TOLERANCES = { rows: 0.02, buffers: 0.02, allocatedKilobytes: 0.1 };

const node = Number(process.versions.node.split('.')[0]);

async function measureAll() {
  const company = await startCompany();
  try {
    const measured = {};
    for (const [place, workload] of workloads.entries())
      measured[workload.name] = await measureWorkload(workload, place, company);
    return measured;
  } finally {
    await company.stop();
  }
}

const numbersOf = (phases) => Object.fromEntries(Object.entries(phases).map(([name, { numbers }]) => [name, numbers]));

function report(problems, measured) {
  const places = new Map(problems.map(({ workload, phase }) => [`${workload}, ${phase}`, measured[workload]?.[phase]]));
  const said = problems.map(({ text }) => text);
  for (const [place, phase] of places)
    if (phase) said.push('', `${place}, of all people together:`, describePhase(phase));
  said.push(
    '',
    'If this is meant, run `npm run budgets`, and commit budgets.json with the change. CONTRIBUTING.md says what the numbers are.',
  );
  process.stderr.write(`${said.join('\n')}\n`);
}

/** Before anything is measured, which takes a while. */
function readRecorded() {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    process.stderr.write(`budgets.json cannot be read: ${error.message}\nRun \`npm run budgets\` to write it anew.\n`);
    process.exit(1);
  }
}

function check(recorded, measured, workloadNumbers) {
  if (recorded.node !== node)
    process.stdout.write(
      `Allocations were recorded with Node ${recorded.node} and are not compared with those of Node ${node}.\n`,
    );
  // What is tolerated stands in the file to be read: who changes it there changes nothing.
  const problems = compareBudgets({ ...recorded, tolerances: TOLERANCES }, { node, workloads: workloadNumbers });
  if (problems.length === 0) return;
  report(problems, measured);
  process.exitCode = 1;
}

const recorded = process.argv.includes('--write') ? null : readRecorded();
const measured = await measureAll();
const workloadNumbers = Object.fromEntries(Object.entries(measured).map(([name, phases]) => [name, numbersOf(phases)]));
if (recorded) check(recorded, measured, workloadNumbers);
else {
  const budgets = { node, tolerances: TOLERANCES, workloads: workloadNumbers };
  fs.writeFileSync(file, `${JSON.stringify(budgets, null, 2)}\n`);
}
