import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestService, type TestService } from '../../../support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

async function departments(): Promise<
  {
    externalId: string;
    name: string;
    parent: { externalId: string } | null;
    children: { nodes: { externalId: string }[] };
  }[]
> {
  const { data, errors } = await service.ask(`{
    departments(first: 100) {
      nodes { id externalId name parent { externalId } children(first: 100) { nodes { externalId name } } }
    }
  }`);
  expect(errors).toBeUndefined();
  return data.departments.nodes;
}

test('the departments go by name', async () => {
  const names = (await departments()).map(({ name }) => name);
  expect(names).toEqual([...names].sort(new Intl.Collator('und').compare));
  expect(names).toContain('Sales');
});

test('one department is the whole company, all others are part of another', async () => {
  const all = await departments();
  expect(all.filter(({ parent }) => parent === null)).toMatchObject([{ externalId: 'D-COMPANY' }]);
});

test('the children of a department are those whose parent it is, by name', async () => {
  const all = await departments();
  for (const department of all) {
    const children = all.filter(({ parent }) => parent?.externalId === department.externalId);
    expect(department.children.nodes).toEqual(children.map(({ externalId, name }) => ({ externalId, name })));
  }
});

test('the children come in pages', async () => {
  const query = `query ($after: String) {
    departments(first: 100) { nodes { externalId children(first: 1, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } } }
  }`;
  const commercial = async (after?: string) => {
    const { data } = await service.ask(query, { after });
    return data.departments.nodes.find(({ externalId }: { externalId: string }) => externalId === 'D-COMMERCIAL')
      .children;
  };
  const first = await commercial();
  expect(first).toMatchObject({ nodes: [{ name: 'Customer Care' }], pageInfo: { hasNextPage: true } });
  expect(await commercial(first.pageInfo.endCursor)).toMatchObject({ nodes: [{ name: 'Marketing' }] });
});
