import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { startTestService, type TestService } from '../../../support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  const database = new pg.Client({ connectionString: service.databaseUrl });
  await database.connect();
  await database.query(`insert into skill (id, external_id, name, description, category)
    select gen_random_uuid(), 'T-' || name, name, 'For tests.', 'Tests'
    from unnest(array['100% attention', 'Under_score', 'UnderXscore', 'Back\\slash', 'İstanbul tours',
      'Assessment of environmental and occupational hazards']) as name`);
  await database.end();
});
afterAll(() => service.close());

interface Found {
  nodes: { name: string; category: string; aliases: string[] }[];
  pageInfo: { hasNextPage: boolean; startCursor: string; endCursor: string };
}

async function find(variables: object): Promise<Found> {
  const { data, errors } = await service.ask(
    `query ($search: String, $category: String, $first: Int, $after: String, $last: Int, $before: String) {
      skills(search: $search, category: $category, first: $first, after: $after, last: $last, before: $before) {
        nodes { name category aliases } pageInfo { hasNextPage startCursor endCursor }
      }
    }`,
    variables,
  );
  expect(errors).toBeUndefined();
  return data.skills;
}

const names = async (search: string, more: object = {}): Promise<string[]> =>
  (await find({ search, first: 100, ...more })).nodes.map(({ name }) => name);

describe('the search finds, as the best,', () => {
  test.each([
    ['the very name', 'Negotiation', 'Negotiation'],
    ['the name in another case', 'pUBLIC SPEAKING', 'Public speaking'],
    ['the beginning of a name', 'negot', 'Negotiation'],
    ['the beginning of a later word', 'speaki', 'Public speaking'],
    ['an alias', 'giving talks', 'Public speaking'],
    ['the beginning of an alias', 'giving ta', 'Public speaking'],
    ['an alias of capitals', 'gtm', 'Go-to-market planning'],
    ['a name with a letter missing', 'mesaging', 'Product messaging'],
    ['a name with a syllable missing', 'negotation', 'Negotiation'],
    ['two words, both misspelt', 'pubic speking', 'Public speaking'],
    ['two words, both misspelt in the middle', 'prodct mesaging', 'Product messaging'],
    ['one misspelt word of a long name', 'ocupational', 'Assessment of environmental and occupational hazards'],
    ['letters that are swapped', 'stroytelling', 'Storytelling'],
    ['a name with spaces around it', '  negotiation  ', 'Negotiation'],
    ['an alias with a sign', 'a/b test', 'Experiment design'],
    ['the part of a name after a hyphen', 'cultural communication', 'Cross-cultural communication'],
    ['a capital that has two small letters, as it is written', 'İstanbul tours', 'İstanbul tours'],
  ])('%s', async (_, search, name) => {
    expect((await names(search))[0]).toBe(name);
  });
});

describe('the search', () => {
  test('puts the best first: the same, then a beginning, then a word, then what is alike', async () => {
    const found = await names('communication');
    expect(found.length).toBeGreaterThan(1);
    // Where a name is met exactly it comes before one that merely begins so.
    expect((await names('public speaking'))[0]).toBe('Public speaking');
    const speaking = await names('speaking in public');
    expect(speaking[0]).toBe('Public speaking');
  });

  test('takes the signs of patterns as they are', async () => {
    expect((await names('under_'))[0]).toBe('Under_score');
    expect((await names('100%'))[0]).toBe('100% attention');
    expect((await names('back\\'))[0]).toBe('Back\\slash');
    expect(await names('%')).not.toContain('Negotiation');
    expect(await names('_')).not.toContain('Negotiation');
    expect(await names('n%tion')).not.toContain('Negotiation');
    expect(await names('\\')).not.toContain('Negotiation');
  });

  test.each(['zzqxv', 'qwrtplk', '%%%', '12345678', "'; drop table skill; --"])(
    'finds nothing for %s',
    async (search) => {
      expect(await names(search)).toEqual([]);
    },
  );

  test.each(['', '   ', '\t\n'])('for nothing (%j) gives the whole catalogue by name', async (search) => {
    const all = await names('', { search: undefined });
    expect(await names(search)).toEqual(all);
    expect(all.length).toBeGreaterThanOrEqual(60);
    expect(all).toEqual([...all].sort(new Intl.Collator('und').compare));
  });

  test('gives no skill twice, though its name and its aliases fit', async () => {
    const found = await names('stakeholder');
    expect(new Set(found).size).toBe(found.length);
  });

  test('within a category finds what fits both', async () => {
    const found = await find({ search: 'planning', category: 'Marketing', first: 100 });
    expect(found.nodes.length).toBeGreaterThan(0);
    for (const { category } of found.nodes) expect(category).toBe('Marketing');
    expect(await names('planning', { category: 'No such category' })).toEqual([]);
  });

  test.each(['design', 'management', 'ma', 'data analysis'])(
    'gives the same pages for %s, forward and backward, whatever their size',
    async (search) => {
      const all = await names(search);
      expect(all.length).toBeGreaterThan(1);
      for (const size of [1, 2, 3, 5]) {
        const forward: string[] = [];
        let after: string | undefined;
        for (let more = true; more; ) {
          const page = await find({ search, first: size, after });
          forward.push(...page.nodes.map(({ name }) => name));
          after = page.pageInfo.endCursor;
          more = page.pageInfo.hasNextPage;
        }
        expect(forward).toEqual(all);
      }
      const backward: string[] = [];
      let before: string | undefined;
      while (backward.length < all.length) {
        const page = await find({ search, last: 2, before });
        backward.unshift(...page.nodes.map(({ name }) => name));
        before = page.pageInfo.startCursor;
      }
      expect(backward).toEqual(all);
    },
  );

  test('refuses a cursor of the catalogue', async () => {
    const { pageInfo } = await find({ first: 1 });
    const { errors } = await service.ask(
      'query ($after: String) { skills(search: "design", after: $after) { nodes { id } } }',
      {
        after: pageInfo.endCursor,
      },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('has at most 100 characters, whatever they are', async () => {
    await names('x'.repeat(100));
    await names('😀'.repeat(100));
    const { errors } = await service.ask('query ($search: String) { skills(search: $search) { nodes { id } } }', {
      search: 'x'.repeat(101),
    });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('the catalogue', () => {
  test('can be read by category', async () => {
    const { nodes } = await find({ category: 'Sales', first: 100 });
    expect(nodes.length).toBeGreaterThan(5);
    for (const { category } of nodes) expect(category).toBe('Sales');
    expect((await find({ category: 'sales' })).nodes).toEqual([]);
  });

  test('tells its categories, by name', async () => {
    const { data } = await service.ask('{ skillCategories }');
    const all = await find({ first: 100 });
    expect(data.skillCategories).toEqual([...new Set(all.nodes.map(({ category }) => category))].sort());
  });

  test('tells the aliases of a skill in their order', async () => {
    const [skill] = (await find({ search: 'Public speaking', first: 1 })).nodes;
    expect(skill!.aliases).toEqual(['speaking in public', 'giving talks', 'presenting to an audience']);
    expect((await find({ search: 'Under_score', first: 1 })).nodes[0]!.aliases).toEqual([]);
  });
});
