import { spawn } from 'node:child_process';
import fs from 'node:fs';

/** Keeps a process and its threads to the cores, where the system can. */
export const pinned = (cores, command) =>
  process.platform === 'linux' ? ['taskset', '-c', cores, ...command] : command;

/** Starts a contender on a core of its own. */
export function start(contender, company, core) {
  const [command, ...rest] = pinned(core, [process.execPath, contender.script]);
  const child = spawn(command, rest, {
    env: { ...process.env, ...contender.environment(company) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let printed = '';
    child.once('exit', (code) => reject(new Error(`${contender.name} ended with code ${code}: ${printed}`)));
    child.stdout.on('data', (chunk) => {
      if (printed === null) return;
      printed += chunk;
      const url = contender.readyAddress(printed);
      if (!url) return;
      printed = null; // what follows is log
      child.removeAllListeners('exit');
      resolve({ url, pid: child.pid, stop: () => stop(child) });
    });
  });
}

function stop(child) {
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}

const TICKS_PER_SECOND = 100;

/** What a process has used of a processor so far, in seconds; only Linux tells. */
export function processorSeconds(pid) {
  const [, rest] = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const fields = rest.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** The memory that a process holds, in megabytes. */
export const residentMegabytes = (pid) =>
  Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
