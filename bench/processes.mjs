import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const canPin = process.platform === 'linux' && os.availableParallelism() > 1;

/** The server has a core, the database has one, and the load has a third one where there is one. */
export const CORES = { server: '0', database: '1', load: os.availableParallelism() > 2 ? '2' : '1' };

/** Keeps a process that runs, its threads and its children to a core. */
export function pin(pid, core) {
  if (!canPin) return;
  for (const one of [pid, ...childrenOf(pid)]) spawnSync('taskset', ['-acp', core, String(one)], { stdio: 'ignore' });
}

/** What a contender says of errors goes into a file, and not between the progress. */
function openLog({ name }) {
  const file = path.join(import.meta.dirname, '.data', `${name.replaceAll(/\W+/g, '-')}.log`);
  return { descriptor: fs.openSync(file, 'w'), read: () => fs.readFileSync(file, 'utf8') };
}

/** Starts a contender on the core of the server. */
export async function start(contender, company) {
  const line = canPin ? ['taskset', '-c', CORES.server, ...contender.command] : contender.command;
  const environment = await contender.environment(company);
  const complaints = openLog(contender);
  const child = spawn(line[0], line.slice(1), {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', complaints.descriptor],
  });
  return new Promise((resolve, reject) => {
    let printed = '';
    child.once('exit', (code) =>
      reject(new Error(`${contender.name} ended with code ${code}: ${printed}${complaints.read()}`)),
    );
    child.stdout.on('data', (chunk) => {
      if (printed === null) return;
      printed += chunk;
      const url = contender.readyAddress(printed);
      if (!url) return;
      printed = null; // what follows is log
      child.removeAllListeners('exit');
      resolve({ contender, url, pid: child.pid, stop: () => stop(child) });
    });
  });
}

function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}

const TICKS_PER_SECOND = 100;

/** The fields of /proc/<pid>/stat after the name, which may hold anything: the state is field 0, the parent 1. */
function statOf(pid) {
  const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(') ') + 2).split(' ');
}

function childrenOf(pid) {
  return fs.readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && Number(statOf(name)[1]) === pid;
    } catch {
      return false; // it has ended since
    }
  });
}

const seconds = (...ticks) => ticks.reduce((sum, one) => sum + Number(one), 0) / TICKS_PER_SECOND;

/** What a process has used of a processor so far, in seconds; only Linux tells. */
export function processorSeconds(pid) {
  const fields = statOf(pid);
  return seconds(fields[11], fields[12]);
}

/** The same of a server with its children, those that have ended included. */
export function processorSecondsWithChildren(pid) {
  const [user, system, endedUser, endedSystem] = statOf(pid).slice(11);
  return childrenOf(pid).reduce(
    (sum, child) => {
      try {
        return sum + processorSeconds(child);
      } catch {
        return sum; // it has ended since: the next time it counts among those
      }
    },
    seconds(user, system, endedUser, endedSystem),
  );
}

/** The memory that a process holds now, and the most that it ever held, in megabytes. */
export function memoryMegabytes(pid) {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) / 1024;
  return { resident: of('VmRSS'), peak: of('VmHWM') };
}
