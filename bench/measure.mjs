import { setTimeout as delay } from 'node:timers/promises';
import { newIdentifier } from '../dist/src/shared/identifier.js';
import { employeeId } from './company/identifiers.mjs';
import { countAdded, keepRows, restoreRows, vacuum } from './effects.mjs';
import { load, prepare } from './load.mjs';
import { memoryMegabytes, processorSeconds, processorSecondsWithChildren } from './processes.mjs';
import { median } from './results.mjs';

const CONNECTIONS = 32;

/**
 * Requests are about many different people, so that no cache of Postgres or of a contender is measured by itself. Node has
 * compiled what it runs often after some thousand requests, so what comes before them is not measured: it is a minute of a
 * service's life, and tells how much code a contender has, more than how fast that is.
 */
export const MODES = {
  short: { rounds: 5, seconds: 1.5, leadSeconds: 1, warmSeconds: 15, subjects: 4_000 },
  full: { rounds: 7, seconds: 3, leadSeconds: 1, warmSeconds: 20, subjects: 20_000 },
};

/** One round of one contender. */
async function measure({ url, pid, requestsOf }, { seconds }, postmaster, skip) {
  const before = [processorSeconds(pid), processorSecondsWithChildren(postmaster)];
  const { answered, ...result } = await load(url, requestsOf, seconds, skip);
  const each = (now, then) => (1e6 * (now - then)) / answered;
  const { resident, peak } = memoryMegabytes(pid);
  return {
    ...result,
    answered,
    nodeMicroseconds: each(processorSeconds(pid), before[0]),
    postgresMicroseconds: each(processorSecondsWithChildren(postmaster), before[1]),
    residentMegabytes: resident,
    peakMegabytes: peak,
  };
}

function summarise({ contender }, rounds) {
  const of = (key) => median(rounds.map((round) => round[key]));
  const whole = (key) => Math.round(of(key));
  const hundredths = (key) => Math.round(100 * of(key)) / 100;
  return {
    name: contender.name,
    perSecond: Math.round(10 * of('perSecond')) / 10,
    p50: hundredths('p50'),
    p99: hundredths('p99'),
    nodeMicroseconds: whole('nodeMicroseconds'),
    postgresMicroseconds: whole('postgresMicroseconds'),
    loadMicroseconds: whole('loadMicroseconds'),
    residentMegabytes: whole('residentMegabytes'),
    peakMegabytes: Math.round(Math.max(...rounds.map(({ peakMegabytes }) => peakMegabytes))),
    rounds: rounds.map(({ perSecond }) => Math.round(10 * perSecond) / 10),
  };
}

/** A round of a workload that changes something counts only if each answer stands for a change. */
async function measureChanges(one, workload, client, measureOne) {
  const since = newIdentifier(new Date());
  await delay(5); // ids of the same millisecond are in no order between two processes
  const result = await measureOne();
  const added = await countAdded(client, workload.adds, since);
  if (added !== result.answered)
    throw new Error(
      `${one.contender.name} has given ${result.answered} answers and added ${added} to ${workload.adds}.`,
    );
  return result;
}

/** What a workload changes is undone after all rounds, so that the next one finds the company as it was. */
export async function compareAndUndo(running, workload, subjects, options) {
  if (!workload.adds) return compare(running, workload, subjects, options);
  const { client, progress } = options;
  const ids = subjects.map(({ viewer }) => employeeId(viewer));
  const since = await keepRows(client, ids);
  try {
    return await compare(running, workload, subjects, options);
  } finally {
    progress(`${workload.title}: the changes are undone`);
    await restoreRows(client, since);
    await vacuum(client);
  }
}

/**
 * Lets the contenders take turns, so that what the machine does besides falls on all of them.
 * @param subjects whom the requests are about
 * @returns for each contender its medians
 */
async function compare(running, workload, subjects, { mode, client, postmaster, progress }) {
  const prepared = [];
  for (const one of running) {
    const requests = [];
    for (const subject of subjects) requests.push(await one.contender.request(workload, subject));
    prepared.push({ ...one, requestsOf: prepare(one.url, requests, CONNECTIONS) });
  }
  for (const one of prepared) {
    progress(`${workload.title}: ${one.contender.name} gets warm`);
    await load(one.url, one.requestsOf, mode.warmSeconds);
  }
  // Autovacuum, which would do it, is off; else Postgres would go on planning for tables that were empty before.
  await client.query('analyze');
  const roundsOf = new Map(prepared.map((one) => [one, []]));
  for (let round = 1; round <= mode.rounds; round++) {
    for (const [one, rounds] of roundsOf) {
      // Each round begins elsewhere among the subjects.
      const skip = Math.floor((round * subjects.length) / CONNECTIONS / mode.rounds);
      // While others had their turn, the system may have taken its memory away: what brings it back is not measured.
      await load(one.url, one.requestsOf, mode.leadSeconds, skip);
      const measureOne = () => measure(one, mode, postmaster, skip);
      rounds.push(await (workload.adds ? measureChanges(one, workload, client, measureOne) : measureOne()));
      progress(
        `${workload.title}: round ${round} of ${mode.rounds}, ${one.contender.name}: ${Math.round(rounds.at(-1).perSecond)} a second`,
      );
    }
  }
  return [...roundsOf].map(([one, rounds]) => summarise(one, rounds));
}
