import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { encodeTypedId } from '../../../../src/shared/typed-id.js';
import { HR_ADMIN, startTestService, type TestService } from '../../../support/service.js';

let service: TestService;
let database: pg.Client;
beforeAll(async () => {
  service = await startTestService();
  database = new pg.Client({ connectionString: service.databaseUrl });
  await database.connect();
  await addPeople(
    '100% Sure',
    'Under_score',
    'UnderXscore',
    'Back\\slash',
    "O'Quote",
    'İpek Şahin',
    'ΟΔΥΣΣΕΥΣ',
    'Große Straße',
    'Qzara Other',
    'Other Qzara',
    'Other Aqzel',
    'Ödön Other',
    'Oqdon Other',
  );
});
afterAll(async () => {
  await database.end();
  await service.close();
});

const addPeople = (...names: string[]) =>
  database.query(
    `insert into employee (id, external_id, name, work_email, job_title)
     select gen_random_uuid(), 'T-' || place, name, 't-' || place || '@example.com', 'Tester'
     from unnest($1::text[]) with ordinality as given (name, place)`,
    [names],
  );

async function ask(query: string, variables?: object) {
  const { data, errors } = await service.ask(query, variables, HR_ADMIN);
  expect(errors).toBeUndefined();
  return data;
}

const LIST = `query ($filter: EmployeeFilter, $first: Int = 100) {
  employees(filter: $filter, first: $first) {
    nodes { id externalId name employmentStatus department { externalId } manager { externalId } }
    edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;
const list = async (filter: object) => (await ask(LIST, { filter })).employees.nodes;
const names = async (search: string): Promise<string[]> =>
  (await list({ search })).map(({ name }: { name: string }) => name);

/** The external ids for which a condition holds, by name as the list is. */
async function expected(condition: string): Promise<string[]> {
  const { rows } = await database.query(
    `select external_id as id from employee where ${condition} order by name, id limit 100`,
  );
  return rows.map(({ id }) => id);
}

describe('one person', () => {
  const ONE = `query ($ref: EmployeeRef!) {
    employee(ref: $ref) {
      id externalId name workEmail jobTitle hiredOn employmentStatus
      department { externalId name } role { externalId title level } manager { externalId name }
    }
  }`;

  test('is found by the id of the HRIS and by ours', async () => {
    const { employee } = await ask(ONE, { ref: { externalId: 'ally.adventure' } });
    expect(employee).toEqual({
      id: expect.stringMatching(/^employee_[0-7][0-9a-z]{25}$/),
      externalId: 'ally.adventure',
      name: 'Ally Adventure',
      workEmail: 'ally.adventure@cairnwick.example',
      jobTitle: 'Sales Associate',
      hiredOn: '2024-03-04',
      employmentStatus: 'ACTIVE',
      department: { externalId: 'D-SALES', name: 'Sales' },
      role: { externalId: 'R-SALES-ASSOCIATE', title: 'Sales Associate', level: expect.any(Number) },
      manager: { externalId: 'morgan.summit', name: 'Morgan Summit' },
    });
    expect((await ask(ONE, { ref: { id: employee.id } })).employee).toEqual(employee);
  });

  test('of whom the HRIS said little has nulls', async () => {
    expect((await ask(ONE, { ref: { externalId: 'T-1' } })).employee).toMatchObject({
      name: '100% Sure',
      hiredOn: null,
      department: null,
      role: null,
      manager: null,
      employmentStatus: 'ACTIVE',
    });
  });

  test.each([
    ['id of the HRIS', { externalId: 'nobody' }],
    ['id of the HRIS in another case', { externalId: 'ALLY.ADVENTURE' }],
    ['id', { id: encodeTypedId('employee', '01900000-0000-7000-8000-000000000000') }],
  ])('is null for an unknown %s', async (_, ref) => {
    expect((await ask(ONE, { ref })).employee).toBeNull();
  });

  test.each([
    ['none', {}],
    ['both', { id: encodeTypedId('employee', '01900000-0000-7000-8000-000000000000'), externalId: 'ally.adventure' }],
    ['a null', { externalId: null }],
    ['the id of something else', { id: encodeTypedId('role', '01900000-0000-7000-8000-000000000000') }],
    ['a bare UUID', { id: '01900000-0000-7000-8000-000000000000' }],
  ])('cannot be named by %s', async (_, ref) => {
    const { errors } = await service.ask(ONE, { ref });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('the list of people', () => {
  test('goes by name', async () => {
    const nodes = await list({});
    expect(nodes.map(({ externalId }: { externalId: string }) => externalId)).toEqual(await expected('true'));
  });

  test('has pages by the Relay specification', async () => {
    const { employees } = await ask(LIST, { first: 3 });
    expect(employees.edges.map((edge: { node: object }) => edge.node)).toEqual(
      employees.nodes.map(({ id }: { id: string }) => ({ id })),
    );
    expect(employees.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: employees.edges[0].cursor,
      endCursor: employees.edges[2].cursor,
    });
    const next = await ask(
      'query ($after: String) { employees(first: 2, after: $after) { nodes { id } pageInfo { hasPreviousPage } } }',
      {
        after: employees.edges[0].cursor,
      },
    );
    expect(next.employees).toEqual({
      nodes: employees.nodes.slice(1).map(({ id }: { id: string }) => ({ id })),
      pageInfo: { hasPreviousPage: true },
    });
    const back = await ask(
      'query ($before: String) { employees(last: 1, before: $before) { nodes { id } pageInfo { hasNextPage } } }',
      {
        before: employees.edges[2].cursor,
      },
    );
    expect(back.employees).toEqual({ nodes: [{ id: employees.nodes[1].id }], pageInfo: { hasNextPage: true } });
  });

  test('has 20 entries where it is not said how many, and none when nobody fits', async () => {
    expect((await ask('{ employees { nodes { id } } }')).employees.nodes).toHaveLength(20);
    const none = await ask(LIST, { filter: { search: 'Nobody at all' } });
    expect(none.employees).toEqual({
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  test('can be that of a department, without those below it', async () => {
    const nodes = await list({ department: { externalId: 'D-SALES' } });
    const inSales = `department_id = (select id from department where external_id = 'D-SALES')`;
    expect(nodes.map(({ externalId }: { externalId: string }) => externalId)).toEqual(await expected(inSales));
    const { departments } = await ask('{ departments(first: 100) { nodes { id externalId } } }');
    const sales = departments.nodes.find(({ externalId }: { externalId: string }) => externalId === 'D-SALES');
    expect(await list({ department: { id: sales.id } })).toEqual(nodes);
    expect(nodes.length).toBeGreaterThan(5);
  });

  test('can be that of the direct reports of somebody', async () => {
    const nodes = await list({ manager: { externalId: 'morgan.summit' } });
    expect(nodes.map(({ externalId }: { externalId: string }) => externalId)).toContain('ally.adventure');
    for (const { manager } of nodes) expect(manager.externalId).toBe('morgan.summit');
    const { employee } = await ask('{ employee(ref: { externalId: "morgan.summit" }) { id } }');
    expect(await list({ manager: { id: employee.id } })).toEqual(nodes);
  });

  test.each(['ACTIVE', 'ON_LEAVE', 'TERMINATED'])('can be that of the people who are %s', async (employmentStatus) => {
    const nodes = await list({ employmentStatus });
    expect(nodes.map(({ externalId }: { externalId: string }) => externalId)).toEqual(
      await expected(`employment_status = '${employmentStatus}'`),
    );
    expect(nodes.length).toBeGreaterThan(0);
  });

  test('can be asked by all of it at once', async () => {
    const filter = {
      department: { externalId: 'D-SALES' },
      manager: { externalId: 'morgan.summit' },
      employmentStatus: 'ACTIVE',
      search: 'ally',
    };
    expect((await list(filter)).map(({ externalId }: { externalId: string }) => externalId)).toEqual([
      'ally.adventure',
    ]);
    expect(await list({ ...filter, employmentStatus: 'TERMINATED' })).toEqual([]);
  });

  test('is empty for a department or a manager that is not there', async () => {
    expect(await list({ department: { externalId: 'D-NONE' } })).toEqual([]);
    expect(await list({ manager: { externalId: 'nobody' } })).toEqual([]);
  });
});

describe('the search for a name', () => {
  test.each([
    ['the whole', 'Ally Adventure', 'Ally Adventure'],
    ['a part', 'dventur', 'Ally Adventure'],
    ['another case', 'aLLY aDVENTURE', 'Ally Adventure'],
    ['letters with marks', 'rößler', 'Jörg Rößler'],
    ['marks in another case', 'JÖRG R', 'Jörg Rößler'],
    ['a quote', "o'quote", "O'Quote"],
    ['a percent sign', '100% s', '100% Sure'],
    ['a backslash', 'k\\s', 'Back\\slash'],
    ['an underscore', 'under_', 'Under_score'],
    ['a capital that has two small letters, as it is written', 'İpek', 'İpek Şahin'],
    ['a capital sigma at the end, as it is written', 'ΟΔΥΣΣΕΥΣ', 'ΟΔΥΣΣΕΥΣ'],
    ['a sharp s, as it is written', 'Große Straße', 'Große Straße'],
    ['spaces around it', '  Ally Adventure ', 'Ally Adventure'],
  ])('finds by %s', async (_, search, name) => {
    expect(await names(search)).toContain(name);
  });

  test('takes the signs of patterns as they are', async () => {
    expect(await names('r_s')).toEqual(['Under_score']);
    expect(await names('0% ')).toEqual([]);
    expect(await names('00%')).toEqual(['100% Sure']);
    expect(await names('k\\s')).toEqual(['Back\\slash']);
    expect(await names('A%e')).toEqual([]);
    expect(await names('u_')).toEqual([]);
    expect(await names('1%')).toEqual([]);
    expect(await names("'; drop table employee; --")).toEqual([]);
  });

  test('of two characters finds names of which a word begins so', async () => {
    expect(await names('qz')).toEqual(['Other Qzara', 'Qzara Other']);
    expect(await names('QZ')).toEqual(['Other Qzara', 'Qzara Other']);
    expect(await names("o'")).toEqual(expect.arrayContaining(["O'Quote", "Siobhán O'Sullivan"]));
  });

  test('of one character finds names that begin so', async () => {
    expect((await names('q')).filter((name) => name.includes('Other'))).toEqual(['Qzara Other']);
    expect(await names('Ö')).toEqual(['Ödön Other']);
    expect(await names('İ')).toEqual(['İpek Şahin']);
    const withO = await names('o');
    expect(withO).toEqual(expect.arrayContaining(["O'Quote", 'Oqdon Other', 'Other Qzara']));
    expect(withO).not.toContain('Ödön Other');
    const found = (await list({ search: 'm' })).map(({ externalId }: { externalId: string }) => externalId);
    expect(found).toEqual(await expected(`lower(name) like 'm%'`));
    expect(found.length).toBeGreaterThan(1);
  });

  test('of signs alone finds nobody', async () => {
    for (const signs of ['_', '%', '\\', '---', "'", '%%%%', '\u200b', '😀']) expect(await names(signs)).toEqual([]);
  });

  test('for nothing finds everybody', async () => {
    expect(await names('')).toHaveLength(100);
    expect(await names('   ')).toHaveLength(100);
  });
});

describe('around a person', () => {
  test('are the direct reports, by name and page by page', async () => {
    const REPORTS = `query ($after: String) {
      employee(ref: { externalId: "morgan.summit" }) {
        reports(first: 4, after: $after) { nodes { externalId name manager { externalId } } pageInfo { hasNextPage endCursor } }
      }
    }`;
    const first = (await ask(REPORTS)).employee.reports;
    const rest = (await ask(REPORTS, { after: first.pageInfo.endCursor })).employee.reports;
    expect(first.pageInfo.hasNextPage).toBe(true);
    const found = [...first.nodes, ...rest.nodes].map(({ externalId }: { externalId: string }) => externalId);
    const all = await expected(`manager_id = (select id from employee where external_id = 'morgan.summit')`);
    expect(found).toEqual(all.slice(0, 8));
  });

  test('are no reports where there are none', async () => {
    const { employee } = await ask(
      '{ employee(ref: { externalId: "ally.adventure" }) { reports { nodes { id } pageInfo { hasNextPage } } } }',
    );
    expect(employee.reports).toEqual({ nodes: [], pageInfo: { hasNextPage: false } });
  });

  test('stands nobody above the head of the company', async () => {
    const { employees } = await ask(LIST, { filter: { search: "Siobhán O'Sullivan" } });
    expect(employees.nodes).toMatchObject([{ name: "Siobhán O'Sullivan", manager: null }]);
  });
});
