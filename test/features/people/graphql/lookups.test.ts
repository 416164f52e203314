import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestService, type TestService } from '../../../support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

describe.each([
  ['department', 'DepartmentRef', 'D-SALES', 'name', 'Sales'],
  ['role', 'RoleRef', 'R-SALES-ASSOCIATE', 'title', 'Sales Associate'],
  ['skill', 'SkillRef', 'S-PRODUCT-MESSAGING', 'name', 'Product messaging'],
])('one %s', (field, type, externalId, label, text) => {
  const find = async (ref: object) => {
    const query = `query ($ref: ${type}!) { found: ${field}(ref: $ref) { id externalId label: ${label} } }`;
    return (await service.ask(query, { ref })).data.found;
  };

  test('is found by either id', async () => {
    const found = await find({ externalId });
    expect(found).toMatchObject({ externalId, label: text });
    expect(await find({ id: found.id })).toEqual(found);
  });

  test('that is not there is null', async () => {
    expect(await find({ externalId: 'nothing' })).toBeNull();
  });
});
