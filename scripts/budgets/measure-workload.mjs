import { EMPLOYEES } from './company.mjs';
import { openCountingLine } from './counting-line.mjs';
import { measureAllocation } from './measure-allocation.mjs';
import { measurePhase } from './measure-phase.mjs';
import { repeat } from './repeat.mjs';
import { startService } from './service.mjs';

/** How many ask first of all, make the service warm, and are measured. */
const PEOPLE = { first: 1, warming: 5, measured: 5 };

/** Until all that is done once is done, such as to compile what is asked for the third time. */
const WARMING_TURNS = 3;

/** Each workload has people of its own. @param place among the workloads */
function peopleOf(workload, place) {
  const { first, warming, measured } = PEOPLE;
  const all = first + warming + measured;
  const subjects = Array.from({ length: all }, (_, one) => workload.subjectOf(place * all + one, EMPLOYEES));
  return {
    subjects,
    first: subjects.slice(0, first),
    warming: subjects.slice(first, -measured),
    measured: subjects.slice(-measured),
  };
}

/**
 * What a workload costs: `first` is the first question that a process is asked, `newcomer` the first of somebody when the service
 * is warm, `again` the second of the same person.
 */
export async function measureWorkload(workload, place, { client, connect }) {
  const { subjects, first, warming, measured } = peopleOf(workload, place);
  await workload.refresh?.(client, subjects);
  await client.query('vacuum (analyze)'); // no workload finds what the one before has left
  const line = await openCountingLine(connect);
  const service = await startService(line);
  const ask = (subject) => service.run(workload, subject);
  const parts = { line, client, ask };
  try {
    const phases = { first: await measurePhase(first, parts) };
    await repeat(WARMING_TURNS, warming, ask);
    phases.newcomer = await measurePhase(measured, parts);
    phases.again = await measurePhase(measured, parts);
    phases.again.numbers.allocatedKilobytes = await measureAllocation(service, measured, ask);
    return phases;
  } finally {
    await service.stop();
    await line.close();
  }
}
