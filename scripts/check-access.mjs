// The table in docs/permissions.md is what the code says: ACCESS_TABLE, and what each type and mutation declares.
// With --write it is written anew.
import fs from 'node:fs';
import path from 'node:path';
import { accessDeclarations } from '../dist/src/graphql/access.js';
import { buildSchema } from '../dist/src/graphql/build-schema.js';
import { resolvers } from '../dist/src/resolvers.js';
import { ACCESS_TABLE, STANDINGS } from '../dist/src/shared/access-table.js';

const file = path.join(import.meta.dirname, '..', 'docs', 'permissions.md');
const [begin, end] = ['<!-- table: written by `npm run access` -->', '<!-- end of table -->'];

const HEADINGS = {
  EMPLOYEE: 'employee',
  DIRECT_MANAGER: 'direct manager',
  INDIRECT_MANAGER: 'indirect manager',
  OTHER_PARTICIPANT: 'other participant',
  CONNECTED: 'mentor or peer',
  HR_ADMIN: 'HR admin',
  HRIS: 'HRIS service',
  ANALYST: 'analyst',
  EXPORTER: 'exporter',
  COLLEAGUE: 'another employee',
  NOBODY: 'nobody',
};
const MARKS = { ALWAYS: 'yes', BY_SETTING: 'setting', OWN_PART: 'own' };

/** The coordinates under each row: a type where all its fields are there, else its fields. */
function coordinatesOfRows(schema) {
  const rows = new Map();
  const declarations = accessDeclarations(schema);
  const add = (row, coordinate) => rows.set(row, [...(rows.get(row) ?? []), coordinate]);
  for (const [type, coordinates] of groupByType(declarations)) {
    const ofType = schema.getType(type).extensions.access;
    if (ofType) add(ofType, type);
    for (const coordinate of coordinates) {
      if (declarations.get(coordinate) !== ofType) add(declarations.get(coordinate), coordinate);
    }
  }
  return rows;
}

function groupByType(declarations) {
  const types = new Map();
  for (const coordinate of declarations.keys()) {
    const type = coordinate.split('.')[0];
    types.set(type, [...(types.get(type) ?? []), coordinate]);
  }
  return types;
}

function table() {
  const coordinates = coordinatesOfRows(buildSchema(resolvers));
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rows = Object.entries(ACCESS_TABLE).map(([row, { description, grants, planned }]) =>
    line([
      `${row}${planned ? ' (to come)' : ''}`,
      description,
      ...STANDINGS.map((standing) => MARKS[grants[standing]] ?? ''),
    ]),
  );
  const recorded = Object.keys(ACCESS_TABLE).filter((row) => ACCESS_TABLE[row].recorded);
  const covered = Object.keys(ACCESS_TABLE)
    .filter((row) => coordinates.has(row))
    .map(
      (row) =>
        `- ${row}: ${coordinates
          .get(row)
          .map((name) => `\`${name}\``)
          .join(', ')}`,
    );
  const parts = `- Seen by whoever sees what leads to them: ${coordinates
    .get('PART')
    .map((name) => `\`${name}\``)
    .join(', ')}`;
  return [
    line(['row', 'what', ...STANDINGS.map((standing) => HEADINGS[standing])]),
    line(['---', '---', ...STANDINGS.map(() => '---')]),
    ...rows,
    '',
    `Reads that only a role grants are recorded in the audit trail for: ${recorded.join(', ')}.`,
    '',
    'Which part of the schema falls under which row:',
    '',
    ...covered,
    parts,
  ].join('\n');
}

/** What is wrong is a sentence; where in this script it came up says nothing. */
function tableOrExit() {
  try {
    return table();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

const text = fs.readFileSync(file, 'utf8');
const [before, rest] = text.split(begin);
const after = rest.split(end)[1];
const wanted = `${before}${begin}\n\n${tableOrExit()}\n\n${end}${after}`;
if (process.argv.includes('--write')) fs.writeFileSync(file, wanted);
else if (wanted !== text) {
  process.stderr.write(
    'docs/permissions.md is not what the code says. Run `npm run access` and read the difference.\n',
  );
  process.exitCode = 1;
}
