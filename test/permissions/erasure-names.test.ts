import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource, QueryRunner } from 'typeorm';
import { migrate } from '../../src/database/migrate.js';
import { verifyAuditTrail } from '../../src/database/verify-audit-trail.js';
import { connectForMigration } from '../../src/service.js';
import { encodeTypedId } from '../../src/shared/typed-id.js';
import { dropDatabase, onServer, urlOfDatabase } from '../support/databases.mjs';
import { eraseEmployee } from '../support/erase-employee.js';
import { planMutations } from '../support/plans.js';
import { startTestService, type TestService } from '../support/service.js';

/** What names a person in texts of others, however it is written. */

let service: TestService;
let owner: DataSource;
beforeAll(async () => {
  service = await startTestService();
  owner = await connectForMigration(service.databaseUrl);
});
afterAll(async () => {
  await owner.destroy();
  await service.close();
});

interface Called {
  name?: string;
  externalId?: string;
  workEmail?: string;
}

let next = 0;
/** Somebody who is called so now. */
async function somebody({
  name = 'Nobody Atall',
  externalId = `E-X${next}`,
  workEmail = `mail${next}@example.com`,
}: Called) {
  const [{ id }] = await owner.query(
    `select id from employee where manager_id is not null and employed and erased_at is null and external_id like 'E-0%'
     order by id offset $1 limit 1`,
    [next++],
  );
  const values = [id, name, externalId, workEmail];
  await owner.query('update employee set name = $2, external_id = $3, work_email = $4 where id = $1', values);
  return id as string;
}

async function erase(id: string): Promise<void> {
  const answer = await eraseEmployee(service, { id: encodeTypedId('employee', id) });
  expect(answer.errors).toBeUndefined();
  expect(answer.data.eraseEmployee.userErrors).toEqual([]);
}

/** Erases somebody who is called so, after Ally has written this about them; answers what it reads now. */
async function afterErasureOf(called: Called, text: string) {
  const id = await somebody(called);
  const plans = planMutations(service);
  const plan = await plans.create({
    employee: { externalId: 'ally.adventure' },
    goal: text,
    idempotencyKey: `1 ${text}`,
  });
  expect(plan.userErrors).toEqual([]);
  await plans.create({
    employee: { externalId: 'ally.adventure' },
    goal: text,
    idempotencyKey: `1 ${text.toUpperCase()}`,
  });
  await erase(id);
  const { goal, revisions } = await plans.read(plan.plan.id);
  return { goal, label: revisions.nodes[0].changes[0].label, changes: JSON.stringify(revisions.nodes[0].changes) };
}

const NORA = { name: 'Nora Zzqone', externalId: 'nora.zzqone', workEmail: 'nora.zz3@mail.example' };
const ANNA = { name: 'Anna Maria Zzqone' };

const WRITTEN: [string, Called, string, string][] = [
  ['the full name', NORA, 'As Nora Zzqone did', 'As [erased] did'],
  ['after a line break and a tab', NORA, 'see\nNora Zzqone and\tNora Zzqone', 'see\n[erased] and\t[erased]'],
  ['in any case', { name: 'Nora  Zzqone' }, 'NORA zzqone, nora\nZzQone', '[erased], [erased]'],
  [
    'with spaces that do not break',
    NORA,
    'Nora\u00a0Zzqone Nora\u202fZzqone Nora\u2007Zzqone',
    '[erased] [erased] [erased]',
  ],
  [
    'with spaces of any width',
    NORA,
    'Nora\u2009Zzqone Nora\u3000Zzqone Nora \u200b Zzqone',
    '[erased] [erased] [erased]',
  ],
  [
    'with soft hyphens and joiners',
    NORA,
    'No\u00adra Zz\u200bq\u2060one\ufeff, Nora\u200bZzqone',
    '[erased]\ufeff, [erased]',
  ],
  ['that has a joiner', { name: 'No\u200cra Zzqone' }, 'Nora Zzqone, No\u200cra Zzqone', '[erased], [erased]'],
  ['the other way round', NORA, 'Ask Zzqone, Nora.', 'Ask [erased].'],
  ['of three words, the last one first', ANNA, 'Zzqone, Anna Maria; ZZQONE ,Anna', '[erased]; [erased]'],
  ['of three words, the first and the last', ANNA, 'Anna Zzqone; Anna Maria Zzqone', '[erased]; [erased]'],
  ['not the first two of three words', ANNA, 'Anna Maria; Maria Zzqone', 'Anna Maria; Maria Zzqone'],
  ['after somebody of that family', NORA, 'Pia Zzqone, Nora Zzqone', 'Pia Zzqone, [erased]'],
  ['after somebody of that family, of three words', ANNA, 'Pia Zzqone, Anna Maria Zzqone', 'Pia Zzqone, [erased]'],
  ['before something else', NORA, 'Zzqone, Nora Zzqones; Zzqone, Nora\nZzq', '[erased] Zzqones; [erased]\nZzq'],
  ['in another composition', { name: 'Ren\u00e9e Zzqone' }, 'As Rene\u0301e Zzqone', 'As [erased]'],
  [
    'in capitals with accents',
    { name: 'Ren\u00e9e Zzqon\u00e9' },
    'RENÉE ZZQONÉ, RENE\u0301E ZZQONÉ',
    '[erased], [erased]',
  ],
  [
    'with two marks on one letter',
    { name: 'Zzq Vi\u1ec7t' },
    'Zzq Vie\u0302\u0323t, ZZQ VI\u1ec6T',
    '[erased], [erased]',
  ],
  ['in Greek', { name: 'Νίκος Ζζ' }, 'ΝΊΚΟΣ ΖΖ, νίκος ζζ', '[erased], [erased]'],
  [
    'with a sharp s',
    { name: 'Nora Zzweiß' },
    'NORA ZZWEISS, Nora Zzweiss, NORA ZZWEIẞ',
    '[erased], [erased], [erased]',
  ],
  ['with two s', { name: 'Nora Zzweiss' }, 'Nora Zzweiß, NORA ZZWEISS', '[erased], [erased]'],
  ['with a dotted i', { name: 'Çağla Zzince' }, 'ÇAĞLA ZZİNCE, çağla zzi\u0307nce', '[erased], [erased]'],
  ['with a capital dotted i', { name: 'Çağla İncezz' }, 'çağla incezz, ÇAĞLA INCEZZ', '[erased], [erased]'],
  ['with a dotless i', { name: 'Işıl Zzq' }, 'IŞIL ZZQ, ışıl zzq, işil zzq', '[erased], [erased], [erased]'],
  ['with another apostrophe', { name: "Pat O'Zzqone" }, 'Pat O’Zzqone, Pat Oʼzzqone', '[erased], [erased]'],
  [
    'with another hyphen',
    { name: 'Anna-Lena Zzqone' },
    'Anna\u2011Lena Zzqone, Anna–Lena Zzqone',
    '[erased], [erased]',
  ],
  ['in full width', { name: 'Nora Zzqone' }, 'Ｎｏｒａ　ＺＺＱＯＮＥ', '[erased]'],
  ['that is of full width', { name: 'Ｎora Zzqone' }, 'Nora Zzqone ½', '[erased] ½'],
  ['with signs of patterns', { name: 'A(.*)+ [Z]|$' }, 'As A(.*)+ [Z]|$ says', 'As [erased] says'],
  ['with quotation marks', { name: 'Nora "No" O\'Zzq\\one' }, 'As Nora "No" O\'Zzq\\one', 'As [erased]'],
  ['marked up', NORA, '_Nora Zzqone_ *Nora Zzqone*', '_[erased]_ *[erased]*'],
  ['not within other words', NORA, 'Elenora Zzqones', 'Elenora Zzqones'],
  ['not one word alone', { name: 'Will' }, 'I Will do it', 'I Will do it'],
  ['an external id', { externalId: 'sales-2' }, 'Ask sales-2.', 'Ask [erased].'],
  ['a mention', NORA, 'Ask @nora.zzqone about it', 'Ask @[erased] about it'],
  ['an id that is marked up', NORA, '_nora.zzqone_ __nora.zzqone__ nora\\.zzqone', '_[erased]_ __[erased]__ [erased]'],
  ['an id in a list', NORA, '-nora.zzqone\n- nora.zzqone- yes', '-[erased]\n- [erased]- yes'],
  ['an id with a sharp s', { externalId: 'nora-zzweiss' }, 'Nora-Zzweiß', '[erased]'],
  ['an e-mail address', NORA, '-nora.zz3@mail.example mailto:nora.zz3@mail.example.', '-[erased] mailto:[erased].'],
  [
    'an e-mail address that is marked up',
    NORA,
    '<nora.zz3@mail.example> _NORA.ZZ3@mail.example_',
    '<[erased]> _[erased]_',
  ],
  [
    'not within other addresses',
    NORA,
    'anora.zz3@mail.example nora.zz3@mail.example.org',
    'anora.zz3@mail.example nora.zz3@mail.example.org',
  ],
  ['not within other ids', { externalId: 'sales-2' }, 'sales-22 x.sales-2 sales-2.de', 'sales-22 x.sales-2 sales-2.de'],
  [
    'not within longer ids',
    NORA,
    'anna.nora.zzqone nora.zzqone2 x-nora.zzqone',
    'anna.nora.zzqone nora.zzqone2 x-nora.zzqone',
  ],
  ['an id of four signs', { externalId: 'E9-1' }, 'Ask E9-1', 'Ask [erased]'],
  ['an id of letters and digits', { externalId: 'zz91' }, 'Ask ZZ91', 'Ask [erased]'],
  ['an id with a backslash', { externalId: 'CORP\\nzz' }, 'Ask CORP\\nzz', 'Ask [erased]'],
  ['an id with a slash', { externalId: 'emp:zz/one' }, 'Ask emp:zz/one', 'Ask [erased]'],
  ['an id with a quotation mark', { externalId: 'zz"one"' }, 'Ask zz"one"', 'Ask [erased]'],
  ['an id with a space', { externalId: 'zzq one' }, 'Ask zzq\u00a0one', 'Ask [erased]'],
  ['not an id of three signs', { externalId: 'Q-1' }, 'In Q-1', 'In Q-1'],
  ['not an id that is a word', { externalId: 'label' }, 'The label', 'The label'],
  ['not an id that is a word with accents', { externalId: 'zélée' }, 'zélée', 'zélée'],
  ['not an id that is a number', { externalId: '100000' }, 'Sell 100000', 'Sell 100000'],
];

test.each(WRITTEN)('what names a person is taken out of texts of others: %s', async (_, called, text, expected) => {
  const { goal, label, changes } = await afterErasureOf(called, text);
  expect(goal).toBe(expected);
  expect(label).toEqual(expect.any(String));
  expect(changes).toContain(JSON.stringify(expected));
  if (expected !== text) expect(changes).not.toContain(JSON.stringify(text));
  expect((await verifyAuditTrail(owner, {})).findings).toEqual([]);
});

test('what names a person is found whatever the locale of the database', async () => {
  const server = process.env['TEST_SERVER_URL']!;
  const name = `career_test_${randomBytes(8).toString('hex')}`;
  await onServer(server, `create database ${name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`);
  const database = await connectForMigration(urlOfDatabase(server, name));
  try {
    await migrate(database);
    for (const [what, called, text, expected] of WRITTEN) {
      await database.query('delete from employee');
      const { name: by = 'Nobody Atall', externalId = 'E-X', workEmail = 'mail@example.com' } = called;
      await database.query(
        `insert into employee (id, external_id, name, work_email, job_title) values (gen_random_uuid(), $1, $2, $3, '')`,
        [externalId, by, workEmail],
      );
      const [row] = await database.query(
        'select scrub_text($1, pattern) as scrubbed from employee, name_patterns(employee.id)',
        [text],
      );
      expect({ what, text: row.scrubbed }).toEqual({ what, text: expected });
    }
  } finally {
    await database.destroy();
    await dropDatabase(server, name);
  }
});

describe('texts of the company', () => {
  test('that name a person keep what else they say', async () => {
    const id = await somebody({ name: 'Fiona Zzingleby' });
    const [{ id: assistant }] = await owner
      .query(
        `update employee set job_title = 'Assistant to Fiona Zzingleby' where external_id = 'sasha.trail' returning id`,
      )
      .then(([rows]) => rows);
    await owner.query(
      `update department set name = 'Team Fiona Zzingleby' where id = (select id from department order by id limit 1)`,
    );
    await owner.query(
      `update role set title = 'Assistant to Fiona Zzingleby' where id = (select id from role order by id limit 1)`,
    );
    await owner.query(`update skill set name = 'Listening to Fiona Zzingleby', description = 'As Fiona Zzingleby does'
      where id = (select id from skill order by id limit 1)`);
    await erase(id);
    const [found] = await owner.query(
      `select (select job_title from employee where id = $1), (select name from department order by id limit 1),
        (select title from role order by id limit 1), (select description from skill order by id limit 1),
        (select name as skill from skill order by id limit 1)`,
      [assistant],
    );
    expect(found).toEqual({
      job_title: 'Assistant to [erased]',
      name: 'Team [erased]',
      title: 'Assistant to [erased]',
      description: 'As [erased] does',
      skill: expect.stringMatching(/^Listening to \[erased-[0-9a-f-]{36}\]$/),
    });
  });

  test('stay apart where each may be there but once', async () => {
    const id = await somebody({ name: 'Fiona Zzapart' });
    const skills: { id: string }[] = await owner.query('select id from skill order by id limit 3');
    const names = ['Fiona Zzapart', 'Zzapart, Fiona', 'FIONA  ZZAPART'];
    for (const [index, skill] of skills.entries()) {
      await owner.query('update skill set name = $2 where id = $1', [skill.id, `As ${names[index]}`]);
      await owner.query('insert into skill_alias (skill_id, alias, position) values ($1, $2, 90)', [
        skills[0]!.id,
        names[index],
      ]);
    }
    await erase(id);
    const left = await owner.query(
      `select count(*)::integer as count from (select name from skill union all select alias from skill_alias) as text
       where name ~* 'zzapart'`,
    );
    expect(left).toEqual([{ count: 0 }]);
    const [{ count }] = await owner.query(
      `select count(*)::integer as count from skill_alias where alias like '[erased-%]'`,
    );
    expect(count).toBe(3);
  });
});

describe('the search', () => {
  let searching: QueryRunner;
  beforeAll(async () => {
    searching = owner.createQueryRunner();
    await searching.startTransaction();
    await searching.query(`select set_config('erasure.running', 'on', true)`);
  });
  afterAll(async () => {
    await searching.rollbackTransaction();
    await searching.release();
  });

  const word = fc.stringMatching(/^[A-Zß]?[a-zéğışßςñ'’"\\-]{2,7}$/u);
  /** Ways in which one letter may be written, said anew. */
  const written = (letter: string): fc.Arbitrary<string> => {
    const ways: Record<string, string[]> = {
      "'": ["'", '’', 'ʼ'],
      '’': ["'", '’', 'ʼ'],
      '-': ['-', '‐', '‑', '–'],
      ß: ['ß', 'ẞ', 'ss', 'SS'],
      ς: ['ς', 'Σ'],
    };
    return fc.constantFrom(...(ways[letter] ?? [letter, letter.toUpperCase(), letter.normalize('NFD')]));
  };
  const invisible = fc.constantFrom('', '', '', '', '\u00ad', '\u200b', '\u200d', '\u2060');
  const manner = (name: string): fc.Arbitrary<string> =>
    fc
      .tuple(
        ...[...name].map((letter) =>
          letter === ' '
            ? fc.constantFrom(' ', '\n', '\t ', '\u00a0', '\u2009', '\u202f')
            : fc.tuple(written(letter), invisible).map((parts) => parts.join('')),
        ),
      )
      .map((letters) => letters.join(''));
  const named = fc
    .tuple(fc.array(word, { minLength: 2, maxLength: 3 }), fc.constantFrom('', '\u0301x ', '"\\ ', 'Zürich\n'))
    .chain(([words, before]) =>
      fc.record({ name: fc.constant(words.join(' ')), before: fc.constant(before), text: manner(words.join(' ')) }),
    );

  test('finds every row whose texts are scrubbed, in documents, too', async () => {
    const [{ id: planId }] = await searching.query('select id from action_plan order by id limit 1');
    const [{ id: revisionId }] = await searching.query('select id from plan_revision order by id limit 1');
    const [{ id }] = await searching.query(`select id from employee where external_id = 'sasha.trail'`);
    await fc.assert(
      fc.asyncProperty(named, async ({ name, before, text }) => {
        await searching.query('update employee set name = $2 where id = $1', [id, name]);
        const goal = `${before}${text}. ${before}`;
        await searching.query('update action_plan set goal = $2 where id = $1', [planId, goal]);
        await searching.query('update plan_revision set changes = $2 where id = $1', [
          revisionId,
          JSON.stringify([{ label: goal }]),
        ]);
        const found = await searching.query(
          `select scrub_text($2, pattern) as text, array(
             select mention.id::text from find_mentions(pattern, hint, null, null) as mention where mention.id = any ($3)) as ids
           from name_patterns($1)`,
          [id, goal, [planId, revisionId]],
        );
        expect(found[0].text.replace(/\u00ad|\u200b|\u200d|\u2060/g, '')).toBe(`${before}[erased]. ${before}`);
        expect(found[0].ids.sort()).toEqual([planId, revisionId].sort());
      }),
      { numRuns: 150 },
    );
  });
});
