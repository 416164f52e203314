import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ours } from '../../bench/contenders/ours/contender.mjs';
import { SERVICE_ROLE } from '../../dist/src/database/service-role.js';

/** In megabytes: what a batch of requests allocates fits in, so that nothing is collected while it is counted. */
const YOUNG_GENERATION = 128;

const FLAGS = [
  '--expose-gc',
  `--min-semi-space-size=${YOUNG_GENERATION}`,
  `--max-semi-space-size=${YOUNG_GENERATION}`,
  // Optimized code makes fewer objects, and when there is some depends on time. Without it all are made that the source says.
  '--no-opt',
  ...['--import', pathToFileURL(path.join(import.meta.dirname, 'allocation-probe.mjs')).href],
];

/** The address, from what the process prints; what it prints afterwards is thrown away. */
async function untilReady(child) {
  let printed = '';
  for await (const chunk of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    printed += chunk;
    const url = ours.readyAddress(printed);
    if (!url) continue;
    child.stdout.resume();
    return url;
  }
  throw new Error(`The service ended before it was ready:\n${printed}`);
}

async function post(url, workload, { path: place, body, ...init }) {
  const response = await fetch(url + place, { ...init, body: typeof body === 'function' ? body() : body });
  const answer = await response.json();
  const isGood = answer.data && !answer.errors && !(workload.answerOf(answer).userErrors?.length > 0);
  if (!isGood) throw new Error(`${workload.title} was answered with ${JSON.stringify(answer)}`);
}

/** What the probe within the service says to a question. @param ended resolves when there is nobody to answer */
async function askProbe(child, ended, question) {
  child.send(question);
  const message = await Promise.race([once(child, 'message'), ended]);
  if (!message) throw new Error('The service ended while its allocations were counted.');
  return message[0];
}

/** The service as it is shipped, set up as for the benchmark, with all that it says to Postgres on the line. */
export async function startService(line) {
  const settings = await ours.environment({
    serviceUrl: `postgresql://${SERVICE_ROLE}@127.0.0.1:${line.port}/postgres`,
    ownerUrl: '', // it is migrated
  });
  const [command, ...parameters] = ours.command;
  const child = spawn(command, [...FLAGS, ...parameters], {
    env: { PATH: process.env.PATH, ...settings }, // no setting of whoever runs the check
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = new Promise((resolve) => child.once('exit', () => resolve(null)));
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  try {
    const url = await untilReady(child);
    return {
      /** Has a workload's question about somebody answered. */
      run: async (workload, subject) => post(url, workload, await ours.request(workload, subject)),
      beginAllocation: () => askProbe(child, ended, 'begin'),
      endAllocation: () => askProbe(child, ended, 'end'),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
