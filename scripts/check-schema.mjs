// schema.graphql is generated from the code and committed. `--write` writes it; without, it must be in step with the
// code, and must not take anything away that one of its last versions promised to clients. A commit that has to break a
// promise says so, and why, in a line `Schema-break: ...` of its message: nothing before it counts any longer.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { buildSchema, findBreakingChanges, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchema as buildFromCode } from '../dist/src/graphql/build-schema.js';
import { resolvers } from '../dist/src/resolvers.js';

const file = path.join(import.meta.dirname, '..', 'schema.graphql');
const current = `${printSchema(lexicographicSortSchema(buildFromCode(resolvers)))}\n`;

const VERSIONS = 50;

const git = (...args) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** The commits that changed the schema, the newest first, back to the last that broke a promise. */
function versions() {
  let commits;
  try {
    commits = git('log', `-${VERSIONS}`, '--format=%H', '--', 'schema.graphql').split('\n').filter(Boolean);
  } catch {
    return []; // not a git checkout
  }
  const breaking = commits.findIndex((commit) =>
    /^Schema-break: ./m.test(git('show', '--no-patch', '--format=%B', commit)),
  );
  return breaking < 0 ? commits : commits.slice(0, breaking + 1);
}

if (process.argv.includes('--write')) {
  fs.writeFileSync(file, current);
} else {
  const committed = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  if (committed !== current) {
    process.stderr.write('schema.graphql is not in step with the code. Run: npm run schema\n');
    process.exitCode = 1;
  }
  const seen = new Set();
  for (const commit of versions()) {
    for (const { type, description } of findBreakingChanges(
      buildSchema(git('show', `${commit}:schema.graphql`)),
      buildSchema(current),
    )) {
      if (seen.has(description)) continue;
      seen.add(description);
      process.stderr.write(`Breaks a promise of ${commit.slice(0, 9)}: ${type}: ${description}\n`);
      process.exitCode = 1;
    }
  }
}
