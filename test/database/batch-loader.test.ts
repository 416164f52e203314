import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestService, type TestService } from '../support/service.js';
import { statementsOf } from '../support/statement-counter.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

const QUERY = `query ($first: Int!) {
  employees(first: $first) {
    nodes {
      name
      role { title department { name } requiredSkills { level skill { name } } }
      department { name parent { name } }
      manager { name role { title } department { name } manager { name department { name } } }
      reports(first: 5) { nodes { name role { title } } }
    }
  }
}`;

/** One statement for who is asking, one for the list, and at most one for each of the 13 fields that lead elsewhere. */
const MAXIMUM_STATEMENTS = 15;

test.each([1, 5, 50, 100])('%s people with all around them cost no more statements than fewer', async (first) => {
  const statements = await statementsOf(async () => {
    const { data, errors } = await service.ask(QUERY, { first });
    expect(errors).toBeUndefined();
    expect(data.employees.nodes).toHaveLength(first);
  });
  expect(statements.length).toBeLessThanOrEqual(MAXIMUM_STATEMENTS);
});

test('somebody who is asked for many times is read once', async () => {
  const fields = Array.from(
    { length: 20 },
    (_, place) => `p${place}: employee(ref: { externalId: "morgan.summit" }) { name }`,
  );
  await service.ask('{ me { permissions } }'); // who is asking is known from here on
  const statements = await statementsOf(async () => {
    const { data } = await service.ask(`{ ${fields.join(' ')} }`);
    expect(Object.values(data)).toEqual(Array.from({ length: 20 }, () => ({ name: 'Morgan Summit' })));
  });
  expect(statements).toHaveLength(1);
});

test('one request does not remember what another one read', async () => {
  const ask = () => service.ask('{ employee(ref: { externalId: "morgan.summit" }) { name } }');
  await ask();
  expect(await statementsOf(ask)).toHaveLength(1);
});
