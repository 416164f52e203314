import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findPostgresLauncher, type PostgresLauncher, placeData } from './postgres-launcher.js';

/** A Postgres of our own, reachable through a unix socket that only this user can open. */
export interface EmbeddedPostgres {
  /** The connection string of its `postgres` database. */
  url: string;
  stop(): Promise<void>;
}

/** Another Postgres works on the data folder. */
class FolderInUseError extends Error {}

const PORT = 5432;

/** How long the Postgres of a process that was killed may take to end. */
const HANDOVER_MILLISECONDS = 5_000;

/** Socket paths have at most about 100 bytes, the name of the socket included. */
const LONGEST_SOCKET_FOLDER = 80;

/**
 * Makes the data folder where there is none. It is made aside and then put in place, so that a start that is killed
 * halfway leaves nothing behind that looks like a database.
 */
function initialise(data: string, launcher: PostgresLauncher): void {
  if (fs.existsSync(path.join(data, 'PG_VERSION'))) return;
  removeUnfinished(data);
  const unfinished = `${data}.unfinished-${process.pid}`;
  fs.mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  if (launcher.ownerId !== null) fs.chownSync(unfinished, launcher.ownerId, launcher.ownerId);
  const [command, ...args] = [
    ...launcher.command,
    path.join(launcher.binaries, 'bin', 'initdb'),
    ...['-D', unfinished, '-U', 'app', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'],
  ];
  try {
    execFileSync(command!, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    throw new Error(`initdb failed in ${unfinished}: ${String((error as { stderr?: Buffer }).stderr ?? error)}`);
  }
  fs.renameSync(unfinished, data);
}

const isRunning = (processId: number): boolean => {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
};

/** What starts that were killed halfway have left. */
function removeUnfinished(data: string): void {
  const prefix = `${path.basename(data)}.unfinished-`;
  for (const name of fs.readdirSync(path.dirname(data))) {
    if (!name.startsWith(prefix) || isRunning(Number(name.slice(prefix.length)))) continue;
    fs.rmSync(path.join(path.dirname(data), name), { recursive: true, force: true });
  }
}

/** Resolves when postgres accepts connections; rejects with its last words when it ends before. */
function untilReady(server: ChildProcess, data: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.stderr!.on('data', (chunk) => {
      log = (log + chunk).slice(-4000);
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    // Not 'exit': the last words may still be on their way then.
    server.once('close', (code) => {
      const message = `Postgres ended with code ${code} on ${data}.`;
      const isInUse = log.includes('postmaster.pid');
      reject(
        isInUse
          ? new FolderInUseError(
              `${message} Another process is using this data folder (DATA_DIR). Is the service running already?\n${log}`,
            )
          : new Error(`${message}\n${log}`),
      );
    });
  });
}

/** Launches postgres; a folder that is in use may be about to be left by the Postgres of a process that was killed. */
async function launch(command: string[], data: string): Promise<ChildProcess> {
  const deadline = Date.now() + HANDOVER_MILLISECONDS;
  for (;;) {
    // A process group of its own: Ctrl-C in a terminal reaches node alone, which then stops postgres in order.
    const server = spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    try {
      await untilReady(server, data);
      return server;
    } catch (error) {
      if (!(error instanceof FolderInUseError) || Date.now() > deadline) throw error;
      await delay(100);
    }
  }
}

/** The data folder itself is closed to everybody else, so the socket lives there where its path is short enough. */
function placeSocket(data: string, launcher: PostgresLauncher): { folder: string; remove(): void } {
  if (Buffer.byteLength(data) <= LONGEST_SOCKET_FOLDER) return { folder: data, remove: () => {} };
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'postgres-'));
  if (launcher.ownerId !== null) fs.chownSync(folder, launcher.ownerId, launcher.ownerId);
  return { folder, remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}

/** The Postgres that another process has started on a data folder; null when none runs there. */
function findRunning(data: string): string | null {
  const file = path.join(data, 'postmaster.pid');
  if (!fs.existsSync(file)) return null;
  // The lines of this file: process id, data folder, start, port, folder of the socket.
  const [processId, , , , folder] = fs.readFileSync(file, 'utf8').split('\n');
  return folder && isRunning(Number(processId)) ? urlOf(folder) : null;
}

const urlOf = (socketFolder: string): string =>
  `postgresql://app@localhost:${PORT}/postgres?host=${encodeURIComponent(socketFolder)}`;

/** The Postgres of a data folder: the one that runs there, else one that is started, and stopped in the end. */
export async function openEmbeddedPostgres(dataFolder: string): Promise<EmbeddedPostgres> {
  const running = findRunning(placeData(path.resolve(dataFolder), findPostgresLauncher()));
  return running ? { url: running, stop: async () => {} } : startEmbeddedPostgres(dataFolder);
}

/**
 * Starts the real Postgres that comes with npm on a data folder, which is made on the first start.
 * @param settings further server settings, such as `fsync=off` for a throw-away database
 */
export async function startEmbeddedPostgres(dataFolder: string, settings: string[] = []): Promise<EmbeddedPostgres> {
  const launcher = findPostgresLauncher();
  const data = placeData(path.resolve(dataFolder), launcher);
  initialise(data, launcher);
  const socket = placeSocket(data, launcher);
  const command = [
    ...launcher.command,
    path.join(launcher.binaries, 'bin', 'postgres'),
    ...['-D', data, '-p', String(PORT), '-k', socket.folder, '-c', 'listen_addresses='],
    ...settings.flatMap((setting) => ['-c', setting]),
  ];
  let server: ChildProcess;
  try {
    server = await launch(command, data);
  } catch (error) {
    socket.remove();
    throw error;
  }
  return {
    url: urlOf(socket.folder),
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) {
        const ended = new Promise((resolve) => server.once('exit', resolve));
        server.kill('SIGINT');
        await ended;
      }
      socket.remove();
    },
  };
}
