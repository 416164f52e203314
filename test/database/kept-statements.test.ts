import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Database } from '../../src/database/database.js';
import { hold } from '../../src/database/holding.js';
import { MAXIMUM_KEPT_STATEMENTS } from '../../src/database/kept-statements.js';
import { inTransaction } from '../../src/database/transaction.js';
import { success } from '../../src/shared/result.js';
import { HR, openDatabase, ownerOf } from '../support/database.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
let opened: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  opened = await openDatabase(database.serviceUrl, { poolSize: 1 });
});
afterAll(async () => {
  await opened.close();
  await database.drop();
});

const COUNT = 'select count(*)::integer as statements from pg_prepared_statements';

const read = (text: string) => opened.readerFor(HR).read(text, []);

const write = (text: string, values: unknown[]) =>
  inTransaction(ownerOf(opened, HR), async (manager) => success(await manager.query(text, values)));

test('what a connection keeps has an end, for reads and writes together, and all of them go on working', async () => {
  for (let number = 0; number < MAXIMUM_KEPT_STATEMENTS; number++) {
    expect(await read(`select ${number} as number`)).toEqual([{ number }]);
    expect(await write(`select ${number} + $1::integer as number`, [1])).toEqual(success([{ number: number + 1 }]));
  }
  const [kept] = (await read(COUNT)) as { statements: number }[];
  // The one for the scope of a reader is not among those that go.
  expect(kept!.statements).toBeLessThanOrEqual(MAXIMUM_KEPT_STATEMENTS + 1);
  expect(kept!.statements).toBeGreaterThan(MAXIMUM_KEPT_STATEMENTS / 2);
  expect(await read('select 0 as number')).toEqual([{ number: 0 }]);
  expect(await write('select 0 + $1::integer as number', [1])).toEqual(success([{ number: 1 }]));
});

test('one that Postgres refuses goes on being refused for what is wrong with it', async () => {
  for (let time = 0; time < 3; time++) {
    await expect(read('select nothing_of_the_kind')).rejects.toThrow('column "nothing_of_the_kind" does not exist');
    await expect(write('select nothing_of_the_kind + $1', [1])).rejects.toThrow('nothing_of_the_kind');
    await expect(write('select 1 / $1::integer', [0])).rejects.toThrow('division by zero');
  }
});

test('one that went out behind one that failed is not taken for kept', async () => {
  const ask = (divisor: number) =>
    inTransaction(ownerOf(opened, HR), async (manager) => {
      await hold(manager, 'select 7 / $1::integer', [divisor]);
      return success(await manager.query('select 7 + $1::integer as behind', [1]));
    });
  await expect(ask(0)).rejects.toThrow('division by zero');
  expect(await ask(1)).toEqual(success([{ behind: 8 }]));
});

test('what makes room for one that went out behind one that failed is closed all the same', async () => {
  for (let number = 0; number < MAXIMUM_KEPT_STATEMENTS; number++) await read(`select ${number} as number`);
  const failing = inTransaction(ownerOf(opened, HR), async (manager) => {
    await hold(manager, 'select 8 / $1::integer', [0]);
    return success(await manager.query('select 8 + $1::integer as behind', [1]));
  });
  await expect(failing).rejects.toThrow('division by zero');
  for (let number = 0; number < 5; number++) expect(await read(`select ${number} as number`)).toEqual([{ number }]);
});
