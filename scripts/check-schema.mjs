// schema.graphql is generated from the code and committed. `--write` writes it; without, it must be in step with the
// code, and must not take anything away that the last commit promised to clients.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { buildSchema, findBreakingChanges, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchema as buildFromCode } from '../dist/src/graphql/build-schema.js';
import { resolvers } from '../dist/src/resolvers.js';

const file = path.join(import.meta.dirname, '..', 'schema.graphql');
const current = `${printSchema(lexicographicSortSchema(buildFromCode(resolvers)))}\n`;

/** The schema that a commit holds; null where there is none. */
function schemaAt(commit) {
  try {
    return execFileSync('git', ['show', `${commit}:schema.graphql`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return null;
  }
}

if (process.argv.includes('--write')) {
  fs.writeFileSync(file, current);
} else {
  const committed = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  if (committed !== current) {
    process.stderr.write('schema.graphql is not in step with the code. Run: npm run schema\n');
    process.exitCode = 1;
  }
  // HEAD shows what a change at work would break, its parent what the last commit broke.
  for (const commit of ['HEAD', 'HEAD^']) {
    const promised = schemaAt(commit);
    const broken = promised === null ? [] : findBreakingChanges(buildSchema(promised), buildSchema(current));
    for (const { type, description } of broken) {
      process.stderr.write(`Breaks clients of ${commit}: ${type}: ${description}\n`);
      process.exitCode = 1;
    }
  }
}
