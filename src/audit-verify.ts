import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readConfig } from './config.js';
import { openEmbeddedPostgres } from './database/embedded-postgres.js';
import { type AuditCheckpoint, type AuditVerification, verifyAuditTrail } from './database/verify-audit-trail.js';
import { connectForMigration } from './service.js';

const USAGE = `Usage: npm run --silent audit:verify -- [--checkpoint <file>]
Compares the audit trail with its hashes and, where the file is there, with the checkpoint in it. When all is well the
file gets a new checkpoint. Keep it where the database's administrators cannot write.`;

const checkpointFile = z.record(
  z.string().regex(/^\d+$/),
  z.object({ position: z.int().min(1), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
);

function readCheckpoint(file: string | undefined): AuditCheckpoint {
  if (!file || !fs.existsSync(file)) return {};
  try {
    return checkpointFile.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch {
    throw new Error(`${file} is not a checkpoint of this command.`);
  }
}

/** The database as its owner: that of MIGRATION_DATABASE_URL, else the embedded one, whether the service runs or not. */
async function verify(expected: AuditCheckpoint): Promise<AuditVerification> {
  const { migrationDatabaseUrl, databaseUrl, dataFolder } = readConfig(process.env);
  if (!migrationDatabaseUrl && databaseUrl)
    throw new Error('Set MIGRATION_DATABASE_URL to the database, as the role that owns its schema.');
  const embedded = migrationDatabaseUrl ? null : await openEmbeddedPostgres(path.join(dataFolder, 'postgres'));
  try {
    const dataSource = await connectForMigration(migrationDatabaseUrl ?? embedded!.url);
    try {
      return await verifyAuditTrail(dataSource, expected);
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await embedded?.stop();
  }
}

function readParameters() {
  try {
    return parseArgs({ options: { help: { type: 'boolean' }, checkpoint: { type: 'string' } } }).values;
  } catch (error) {
    const [sentence] = (error as Error).message.split('\n');
    throw new Error(`${sentence}\n${USAGE}`);
  }
}

/** Before anything is computed, which may take a while. */
function checkFolder(file: string | undefined): void {
  const folder = file && path.dirname(file);
  if (folder && !fs.existsSync(folder))
    throw new Error(`The checkpoint ${file} cannot be written: there is no folder ${folder}.`);
}

async function main(): Promise<void> {
  const values = readParameters();
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  checkFolder(values.checkpoint);
  const { entries, findings, checkpoint } = await verify(readCheckpoint(values.checkpoint));
  if (findings.length > 0) {
    process.stderr.write(`The audit trail has been tampered with, or was damaged:\n${findings.join('\n')}\n`);
    process.exitCode = 1;
    return;
  }
  const isFirst = values.checkpoint !== undefined && !fs.existsSync(values.checkpoint);
  if (values.checkpoint) fs.writeFileSync(values.checkpoint, `${JSON.stringify(checkpoint, null, 2)}\n`);
  process.stdout.write(`All is well with the ${entries} entries of the audit trail.\n`);
  if (isFirst) process.stdout.write('There was no checkpoint to compare with: the first one is taken.\n');
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}
