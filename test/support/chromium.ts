import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

const run = promisify(execFile);
const projectFolder = path.join(import.meta.dirname, '..', '..');

// Run by a process of its own: the package unpacks into the temporary folder of its process, wherever that is, and sets
// LD_LIBRARY_PATH there. The variable makes it bring the shared libraries that a bare system does not have.
const UNPACK = `
  const { default: chromium } = await import('@sparticuz/chromium');
  await chromium.executablePath();
`;

async function unpackChromium(folder: string): Promise<void> {
  await run(process.execPath, ['--input-type=module', '--eval', UNPACK], {
    cwd: projectFolder,
    env: { ...process.env, NODE_OPTIONS: '', TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
  });
}

/** The package's own list of folders with fonts knows only /tmp, and without a font Chromium crashes. */
function listFonts(folder: string): void {
  const list = '<fontconfig><dir prefix="relative">fonts</dir></fontconfig>\n';
  fs.writeFileSync(path.join(folder, 'fonts', 'fonts.conf'), list);
}

/** Unpacked once for each user: what another user unpacked cannot be run, and should not be trusted. */
async function packagedChromium(): Promise<LaunchOptions> {
  const manifest = path.join(projectFolder, 'node_modules', '@sparticuz', 'chromium', 'package.json');
  const { version } = JSON.parse(fs.readFileSync(manifest, 'utf8')) as { version: string };
  const folder = path.join(os.tmpdir(), `career-chromium-${version}-${os.userInfo().uid}`);
  if (!fs.existsSync(folder)) {
    // Aside first, so that a test that runs at the same time never sees half a browser.
    const workFolder = fs.mkdtempSync(`${folder}-`);
    await unpackChromium(workFolder);
    listFonts(workFolder);
    try {
      fs.renameSync(workFolder, folder);
    } catch {
      fs.rmSync(workFolder, { recursive: true, force: true }); // somebody else was faster
    }
  }
  if (fs.statSync(folder).uid !== os.userInfo().uid) throw new Error(`${folder} belongs to another user. Remove it.`);
  return {
    executablePath: path.join(folder, 'chromium'),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib'),
      FONTCONFIG_PATH: path.join(folder, 'fonts'),
    },
  };
}

/** A real browser without a window: from npm on Linux x64, else the Chrome that is installed. */
export async function launchChromium(): Promise<Browser> {
  const isPackaged = process.platform === 'linux' && process.arch === 'x64';
  return chromium.launch(isPackaged ? await packagedChromium() : { channel: 'chrome' });
}
