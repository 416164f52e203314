import { load, prepare } from './load.mjs';
import { memoryMegabytes, processorSeconds, processorSecondsWithChildren } from './processes.mjs';

const CONNECTIONS = 32;

/** Requests are about many different people, so that no cache of Postgres or of a contender is measured by itself. */
export const MODES = {
  short: { rounds: 5, seconds: 1.5, warmSeconds: 3, subjects: 4_000 },
  full: { rounds: 9, seconds: 15, warmSeconds: 20, subjects: 20_000 },
};

const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

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

/**
 * Lets the contenders take turns, so that what the machine does besides falls on all of them.
 * @param subjects whom the requests are about
 * @returns for each contender its medians
 */
export async function compare(running, workload, subjects, { mode, postmaster, progress }) {
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
  const roundsOf = new Map(prepared.map((one) => [one, []]));
  for (let round = 1; round <= mode.rounds; round++) {
    for (const [one, rounds] of roundsOf) {
      rounds.push(await measure(one, mode, postmaster, (round * subjects.length) / CONNECTIONS / mode.rounds));
      progress(
        `${workload.title}: round ${round} of ${mode.rounds}, ${one.contender.name}: ${Math.round(rounds.at(-1).perSecond)} a second`,
      );
    }
  }
  return [...roundsOf].map(([one, rounds]) => summarise(one, rounds));
}
