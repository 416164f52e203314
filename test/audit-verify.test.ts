import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { withOwner } from './permissions/world.js';
import { startMain } from './support/main-process.js';
import { planMutations, READY_PLAN } from './support/plans.js';
import { startTestService, type TestService } from './support/service.js';

const project = path.join(import.meta.dirname, '..');

/** The command `npm run audit:verify`, with no settings but these. */
const verify = (settings: Record<string, string>, ...parameters: string[]) =>
  new Promise<{ code: number; output: string }>((resolve) => {
    const script = path.join(project, 'dist', 'src', 'audit-verify.js');
    const env = { PATH: process.env['PATH'], ...settings };
    execFile(process.execPath, [script, ...parameters], { env, cwd: project }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'career-audit-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('the verification of the audit trail', () => {
  let service: TestService;
  let settings: Record<string, string>;
  let checkpoint: string;
  beforeAll(async () => {
    service = await startTestService();
    settings = { MIGRATION_DATABASE_URL: service.databaseUrl };
    checkpoint = path.join(folder, 'checkpoint.json');
    await planMutations(service).create(READY_PLAN);
  });
  afterAll(() => service.close());

  test('says that all is well, takes a checkpoint, and goes by it the next time', async () => {
    expect(await verify(settings, '--checkpoint', checkpoint)).toEqual({
      code: 0,
      output:
        'All is well with the 1 entries of the audit trail.\nThere was no checkpoint to compare with: the first one is taken.\n',
    });
    const taken = JSON.parse(fs.readFileSync(checkpoint, 'utf8'));
    expect(Object.values(taken)).toEqual([{ position: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    await planMutations(service).create(READY_PLAN);
    const { output } = await verify(settings, '--checkpoint', checkpoint);
    expect(output).toBe('All is well with the 2 entries of the audit trail.\n');
    expect(JSON.parse(fs.readFileSync(checkpoint, 'utf8'))).not.toEqual(taken);
  });

  test('fails when something was changed, and keeps the checkpoint', async () => {
    const before = fs.readFileSync(checkpoint, 'utf8');
    await withOwner(service.databaseUrl, async (owner) => {
      await owner.query('set session_replication_role = replica');
      await owner.query('delete from audit_entry');
    });
    expect((await verify(settings)).code).toBe(0);
    const { code, output } = await verify(settings, '--checkpoint', checkpoint);
    expect(code).toBe(1);
    expect(output).toMatch(/tampered with[\s\S]*ends at entry 0/);
    expect(fs.readFileSync(checkpoint, 'utf8')).toBe(before);
  });

  test('says what is wrong with its use', async () => {
    const broken = path.join(folder, 'broken.json');
    fs.writeFileSync(broken, '{"a": 1}');
    expect(await verify(settings, '--checkpoint', broken)).toMatchObject({
      code: 2,
      output: expect.stringContaining('is not a checkpoint'),
    });
    const nowhere = path.join(folder, 'nowhere', 'checkpoint.json');
    expect(await verify(settings, '--checkpoint', nowhere)).toEqual({
      code: 2,
      output: `The checkpoint ${nowhere} cannot be written: there is no folder ${path.dirname(nowhere)}.\n`,
    });
    for (const wrong of [['--checkpont', broken], [broken], ['--checkpoint']]) {
      const { code, output } = await verify(settings, ...wrong);
      expect({ code, output }).toEqual({ code: 2, output: expect.stringMatching(/^[^\n]+\nUsage: npm run/) });
    }
    const asService = await verify({ DATABASE_URL: 'postgres://x/y' });
    expect(asService).toMatchObject({ code: 2, output: expect.stringContaining('MIGRATION_DATABASE_URL') });
    expect((await verify({}, '--help')).output).toContain('Usage:');
  });
});

test('the trail of the embedded Postgres is verified while the service runs, and after it', async () => {
  const settings = { DATA_DIR: path.join(folder, 'data') };
  const service = await startMain(settings);
  expect(await verify(settings)).toMatchObject({ code: 0 });
  await service.stop();
  expect(await verify(settings)).toMatchObject({ code: 0 });
});
