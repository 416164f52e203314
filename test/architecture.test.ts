import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const root = path.join(import.meta.dirname, '..');
const config = path.join(root, '.dependency-cruiser.cjs');
const rules: { name: string }[] = createRequire(import.meta.url)(config).forbidden;

/** For each rule a file that breaks it: where it stands, and what it imports. */
const VIOLATIONS: Record<string, [file: string, imported: string]> = {
  'domain-is-pure': ['src/features/people/domain/employee.ts', 'node:fs'],
  'persistence-points-down': ['src/features/people/persistence/employee.row.ts', '../graphql/employee.type.js'],
  'usecases-know-no-graphql': ['src/features/skills/usecases/rate-skill.ts', '../graphql/skill.type.js'],
  'graphql-knows-no-sql': ['src/features/people/graphql/role.type.ts', '../persistence/role.row.js'],
  'graphql-ground-knows-no-data': ['src/graphql/node.ts', '../database/reader.js'],
  'only-the-context-names-loaders': ['src/graphql/connection.ts', '../loaders.js'],
  'four-folders-only': ['src/features/people/helper.ts', './domain/department.js'],
  'http-is-thin': ['src/http/server.ts', '../features/people/domain/department.js'],
  'loggers-are-made-in-one-place': ['src/http/connections.ts', 'pino'],
  'database-is-ground': ['src/database/page.ts', '../features/people/domain/department.js'],
  'shared-is-a-leaf': ['src/shared/clock.ts', '../database/reader.js'],
  'no-circles': ['src/database/reader.ts', './transaction.js'],
  'order-of-people': ['src/features/people/domain/role.ts', '../../skills/domain/skill.js'],
  'order-of-skills': ['src/features/skills/domain/skill-rating.ts', '../../guidance/domain/guide.js'],
  'order-of-guidance': ['src/features/guidance/domain/prompt.ts', '../../action-plans/domain/plan.js'],
  'order-of-action-plans': ['src/features/action-plans/domain/action.ts', '../../progress/domain/update.js'],
  'order-of-progress': ['src/features/progress/domain/roll-up.ts', '../../conversations/domain/agenda.js'],
  'order-of-conversations': ['src/features/conversations/domain/notes.ts', '../../connections/domain/host.js'],
  'order-of-connections': ['src/features/connections/domain/offer.ts', '../../hris/domain/run.js'],
  'order-of-hris': ['src/features/hris/domain/row.ts', '../../analytics/domain/metric.js'],
};

/** Files that the violations import, so that there is something to resolve. */
const TARGETS = [
  'src/features/people/graphql/employee.type.ts',
  'src/features/people/persistence/role.row.ts',
  'src/features/people/domain/department.ts',
  'src/features/skills/graphql/skill.type.ts',
  'src/features/skills/domain/skill.ts',
  'src/features/guidance/domain/guide.ts',
  'src/features/action-plans/domain/plan.ts',
  'src/features/progress/domain/update.ts',
  'src/features/conversations/domain/agenda.ts',
  'src/features/connections/domain/host.ts',
  'src/features/hris/domain/run.ts',
  'src/features/analytics/domain/metric.ts',
  'src/loaders.ts',
];

let house: string;
beforeAll(() => {
  house = fs.mkdtempSync(path.join(os.tmpdir(), 'career-house-'));
  const write = (file: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(house, file)), { recursive: true });
    fs.writeFileSync(path.join(house, file), text);
  };
  for (const file of TARGETS) write(file, 'export const here = true;\n');
  for (const [file, imported] of Object.values(VIOLATIONS)) write(file, `import '${imported}';\nexport {};\n`);
  write('src/database/transaction.ts', "import './reader.js';\nexport {};\n");
  fs.copyFileSync(path.join(root, 'tsconfig.json'), path.join(house, 'tsconfig.json'));
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(house, 'node_modules'));
});
afterAll(() => fs.rmSync(house, { recursive: true, force: true }));

function violationsIn(folder: string): { rule: { name: string }; from: string }[] {
  const cruiser = path.join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const { stdout } = spawnSync(process.execPath, [cruiser, '--config', config, '--output-type', 'json', 'src'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout).summary.violations;
}

describe('the import rules', () => {
  test('are each broken by a file made for it', () => {
    const violations = violationsIn(house);
    const caught = Object.entries(VIOLATIONS).filter(([rule, [file]]) =>
      violations.some((violation) => violation.rule.name === rule && violation.from === file),
    );
    expect(caught.map(([rule]) => rule).sort()).toEqual(rules.map(({ name }) => name).sort());
  });

  test('are kept by the service', () => {
    expect(violationsIn(root)).toEqual([]);
  });
});

test('the context names the data side by types alone', () => {
  const text = fs.readFileSync(path.join(root, 'src', 'graphql', 'context.ts'), 'utf8');
  const imports = text.split('\n').filter((line) => /from '\.\.\/(loaders|database)/.test(line));
  expect(imports.length).toBeGreaterThan(0);
  for (const line of imports) expect(line).toMatch(/^import type /);
});
