// Builds the explorer page into dist/explorer, unless what is there was made from the same files.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const projectFolder = path.join(import.meta.dirname, '..');
const sources = path.join(projectFolder, 'src', 'http', 'explorer');
const target = path.join(projectFolder, 'dist', 'explorer');

function listInputs() {
  const sourceFiles = fs
    .readdirSync(sources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const others = ['README.md', 'package-lock.json'].map((name) => path.join(projectFolder, name));
  return [...sourceFiles.sort(), ...others, import.meta.filename].filter((file) => fs.existsSync(file));
}

function hashOfInputs() {
  const hash = createHash('sha256');
  for (const file of listInputs()) {
    hash
      .update(`${path.relative(projectFolder, file)}\0`)
      .update(fs.readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Built aside and then put in place: nobody sees half a page, and two builds at once do not mix. */
async function build(hash) {
  process.stderr.write('Building the explorer page, about half a minute, once ...\n');
  const { build: bundle } = await import('vite'); // slow to load, so only when there is something to do
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const workFolder = fs.mkdtempSync(`${target}-`);
  try {
    await bundle({
      configFile: path.join(sources, 'vite.config.ts'),
      build: { outDir: workFolder, emptyOutDir: true },
    });
    fs.writeFileSync(path.join(workFolder, '.built'), hash);
    fs.chmodSync(workFolder, 0o755);
    fs.rmSync(target, { recursive: true, force: true });
    fs.renameSync(workFolder, target);
  } catch (error) {
    fs.rmSync(workFolder, { recursive: true, force: true });
    // Another build was faster.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  }
}

const hash = hashOfInputs();
const stamp = path.join(target, '.built');
if (!fs.existsSync(stamp) || fs.readFileSync(stamp, 'utf8') !== hash) await build(hash);
