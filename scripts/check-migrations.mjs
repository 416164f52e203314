// Entities and migrations say the same: TypeORM would generate nothing. And the SQL of the migrations passes squawk.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../dist/src/database/embedded-postgres.js';
import { migrate } from '../dist/src/database/migrate.js';
import { migrations } from '../dist/src/database/migrations.js';
import { connectForMigration } from '../dist/src/service.js';

const root = path.join(import.meta.dirname, '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'career-check-'));

async function checkEntities() {
  const postgres = await startEmbeddedPostgres(path.join(folder, 'data'), ['fsync=off']);
  try {
    const dataSource = await connectForMigration(postgres.url);
    await migrate(dataSource);
    await dataSource.destroy();
    const typeorm = path.join(root, 'node_modules', 'typeorm', 'cli.js');
    const command = ['migration:generate', '--check', '-d', 'dist/ormconfig.js', path.join(folder, 'Drift')];
    const { status, stdout, stderr } = spawnSync(process.execPath, [typeorm, ...command], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: postgres.url },
    });
    if (status !== 0) throw new Error(`Entities and migrations differ:\n${stdout}${stderr}`);
  } finally {
    await postgres.stop();
  }
}

/** The statements of each migration, in files for the linter to read. */
async function checkSql() {
  const files = [];
  for (const Migration of migrations) {
    const statements = [];
    const migration = new Migration();
    await migration.up({ query: async (statement) => statements.push(statement) });
    const file = path.join(folder, `${migration.name}.sql`);
    fs.writeFileSync(file, statements.map((statement) => `${statement};\n`).join('\n'));
    files.push(file);
  }
  const squawk = path.join(root, 'node_modules', '.bin', 'squawk');
  execFileSync(squawk, ['--config', path.join(root, '.squawk.toml'), ...files], { stdio: 'inherit' });
}

try {
  await checkSql();
  await checkEntities();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
