// Each file of a migration is in the list. Entities and migrations say the same: TypeORM would generate nothing. And the SQL of
// the migrations passes squawk.
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

/** `20261123000100-create-people.ts` holds CreatePeople20261123000100. */
const classOf = (file) => {
  const [, time, words] = /^(\d+)-(.+)\.ts$/.exec(file) ?? [];
  if (!time)
    throw new Error(`src/database/migrations/${file} is not named as a migration: <14 digits>-<what-it-does>.ts.`);
  return words.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase()) + time;
};

/** What is not listed never runs, and nothing else would say so. */
function checkList() {
  const listed = migrations.map((Migration) => Migration.name);
  const files = fs.readdirSync(path.join(root, 'src', 'database', 'migrations')).sort();
  const forgotten = files.filter((file) => !listed.includes(classOf(file)));
  if (forgotten.length > 0) {
    const lines = forgotten.map(
      (file) => `src/database/migrations/${file} is not listed: add ${classOf(file)} to src/database/migrations.ts.`,
    );
    throw new Error(lines.join('\n'));
  }
  const sorted = files.map(classOf);
  const wrong = listed.find((name, place) => name !== sorted[place]);
  if (wrong) throw new Error(`src/database/migrations.ts lists ${wrong} out of turn: the oldest comes first.`);
}

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
  checkList();
  await checkSql();
  await checkEntities();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
