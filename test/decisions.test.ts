import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const folder = path.join(import.meta.dirname, '..', 'docs', 'adr');

test('the index of decisions has each, by its title', () => {
  const decisions = fs.readdirSync(folder).filter((name) => /^\d{4}-/.test(name));
  const lines = decisions.sort().map((name) => {
    const [, number, title] = /^# (\d+)\. (.+)/.exec(fs.readFileSync(path.join(folder, name), 'utf8'))!;
    return `| [${number!.padStart(4, '0')}](${name}) | ${title} |`;
  });
  const index = fs.readFileSync(path.join(folder, 'README.md'), 'utf8');
  expect(index.split('\n').filter((line) => line.startsWith('| ['))).toEqual(lines);
});
