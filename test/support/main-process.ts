import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..');

export interface MainProcess {
  /** Where it serves. */
  url: string;
  /** Everything that it has printed so far. */
  output(): string;
  stop(): Promise<number | null>;
  child: ChildProcess;
}

/** Starts the service as `npm start` does, on a free port, and waits until it is ready. */
export async function startMain(environment: Record<string, string>): Promise<MainProcess> {
  const child = spawn(process.execPath, ['--enable-source-maps', path.join('dist', 'src', 'main.js')], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'development', PORT: '0', NODE_OPTIONS: '', ...environment },
  });
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      const line = output.split('\n').find((text) => text.includes('"msg":"ready"'));
      if (line) resolve(JSON.parse(line).url.replace(/\/graphql$/, ''));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`The service ended with code ${code}:\n${output}`)));
  });
  return {
    url,
    output: () => output,
    child,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
