import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { startTestService, type TestService } from '../../../support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  const database = new pg.Client({ connectionString: service.databaseUrl });
  await database.connect();
  await database.query(`insert into role (id, external_id, title, level)
    select gen_random_uuid(), 'T-' || title, title, 1
    from unnest(array['100% Remote', 'Back\\slash', 'Under_score', 'UnderXscore', 'İnsan Kaynakları']) as title`);
  await database.end();
});
afterAll(() => service.close());

async function roles(filter?: object) {
  const { data, errors } = await service.ask(
    `query ($filter: RoleFilter) {
      roles(filter: $filter, first: 100) { nodes { externalId title level department { externalId } requiredSkills { level skill { name } } } }
    }`,
    { filter },
  );
  expect(errors).toBeUndefined();
  return data.roles.nodes;
}
const titles = async (search: string): Promise<string[]> =>
  (await roles({ search })).map(({ title }: { title: string }) => title);

test('the roles go by title', async () => {
  const all = (await roles()).map(({ title }: { title: string }) => title);
  expect(all.length).toBeGreaterThan(10);
  expect(all).toEqual([...all].sort(new Intl.Collator('und').compare));
});

test('the roles of a department are those and no others', async () => {
  const inSales = await roles({ department: { externalId: 'D-SALES' } });
  expect(inSales.map(({ title }: { title: string }) => title)).toContain('Sales Associate');
  for (const { department } of inSales) expect(department.externalId).toBe('D-SALES');
  expect(await roles({ department: { externalId: 'D-NONE' } })).toEqual([]);
});

test('a role may belong nowhere, and ask for nothing', async () => {
  expect(await roles({ search: '100%' })).toMatchObject([{ department: null, requiredSkills: [] }]);
});

describe('the search for a title', () => {
  test.each([
    ['a part in another case', 'ALES ASSO', 'Sales Associate'],
    ['a percent sign', '0% r', '100% Remote'],
    ['a capital that has two small letters, as it is written', 'İnsan', 'İnsan Kaynakları'],
    ['spaces around it', ' Sales Associate ', 'Sales Associate'],
  ])('finds by %s', async (_, search, title) => {
    expect(await titles(search)).toContain(title);
  });

  test('takes the signs of patterns as they are', async () => {
    expect(await titles('_')).toEqual(['Under_score']);
    expect(await titles('%')).toEqual(['100% Remote']);
    expect(await titles('\\')).toEqual(['Back\\slash']);
  });

  test('within a department finds what fits both', async () => {
    const found = await roles({ department: { externalId: 'D-SALES' }, search: 'manager' });
    expect(found.length).toBeGreaterThan(0);
    for (const { title, department } of found) {
      expect(title).toMatch(/manager/i);
      expect(department.externalId).toBe('D-SALES');
    }
  });
});

test('the skills that a role asks for come with the highest level first, then by name', async () => {
  for (const { requiredSkills } of await roles()) {
    const order = requiredSkills.map(
      ({ level, skill }: { level: number; skill: { name: string } }) => `${9 - level} ${skill.name}`,
    );
    expect(order).toEqual([...order].sort(new Intl.Collator('und').compare));
  }
  const [associate] = await roles({ search: 'Sales Associate' });
  expect(associate.requiredSkills.length).toBeGreaterThan(2);
});
