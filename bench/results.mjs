import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const folder = path.join(import.meta.dirname, 'results');

export const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

/** Keeps a result with what it was measured on. */
export function writeResult(name, result) {
  const machine = { node: process.version, processor: os.cpus()[0].model, cores: os.cpus().length };
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify({ ...result, machine }, null, 2)}\n`);
}

/** All results that have been kept, by their names. */
export function readResults() {
  const names = fs.readdirSync(folder).filter((name) => name.endsWith('.json'));
  return new Map(
    names.map((name) => [name.slice(0, -'.json'.length), JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'))]),
  );
}
