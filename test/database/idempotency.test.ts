import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Database } from '../../src/database/database.js';
import { onlyOnce } from '../../src/database/idempotency.js';
import { inTransaction } from '../../src/database/transaction.js';
import { newIdentifier } from '../../src/shared/identifier.js';
import { failure, success } from '../../src/shared/result.js';
import { HR, openDatabase, ownerOf } from '../support/database.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
let opened: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  opened = await openDatabase(database.url, { poolSize: 10 });
});
afterAll(async () => {
  await opened.close();
  await database.drop();
});

interface Call {
  key: string | null;
  subject?: string;
  operation?: string;
  input?: object;
  /** Awaited after the effect and before the end of the transaction. */
  pause?: () => Promise<void>;
  refused?: boolean;
}

/** A call whose effect is a department with the key as its name; its value tells the department, and by which way. */
const call = ({ key, subject = 'ally', operation = 'create', input = { name: 'x' }, pause, refused }: Call) =>
  inTransaction(ownerOf(opened, HR), async (manager) => {
    const resultId = newIdentifier(new Date());
    const viewer = { subject, employeeId: null, roles: [] };
    const result = await onlyOnce(
      manager,
      { viewer, operation, key, input, resultId },
      async () => {
        const values = [resultId, key ?? 'without a key'];
        await manager.query('insert into department (id, external_id, name) values ($1::uuid, $1, $2)', values);
        return refused ? failure([{ code: 'REFUSED' }]) : success({ way: 'first', id: resultId });
      },
      async (id) => success({ way: 'again', id }),
    );
    await pause?.();
    return result;
  });

async function effects(key: string): Promise<string[]> {
  const rows = await opened.dataSource.query('select id from department where name = $1', [key]);
  return rows.map((row: { id: string }) => row.id);
}

/** By which way a call came to its end, or what it was refused for. */
const outcomeOf = async (one: Call): Promise<string> => {
  const result = await call(one);
  return result.ok ? result.value.way : result.problems.map(({ code }) => code).join();
};

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe('the same call', () => {
  test('has one effect however often it comes at once, and each is told the same result', async () => {
    const results = await Promise.all(Array.from({ length: 10 }, () => call({ key: 'at once' })));
    const ids = await effects('at once');
    expect(ids).toHaveLength(1);
    expect(results.map((result) => result.ok && result.value.id)).toEqual(Array.from({ length: 10 }, () => ids[0]));
    expect(results.filter((result) => result.ok && result.value.way === 'first')).toHaveLength(1);
  });

  test('is known again later', async () => {
    await call({ key: 'later' });
    expect(await call({ key: 'later' })).toEqual({
      ok: true,
      value: { way: 'again', id: (await effects('later'))[0] },
    });
    expect(await effects('later')).toHaveLength(1);
  });

  test('is the same whatever the order of its fields', async () => {
    await call({ key: 'order', input: { a: 1, b: { c: [1, { d: 2, e: new Date(0) }], f: null } } });
    const again = { b: { f: null, c: [1, { e: new Date(0), d: 2 }] }, a: 1 };
    expect(await outcomeOf({ key: 'order', input: again })).toBe('again');
  });

  test('waits for the first one, and takes over when that is refused', async () => {
    const claimed = gate();
    const goOn = gate();
    const pause = () => {
      claimed.open();
      return goOn.opened;
    };
    const first = call({ key: 'refused', pause, refused: true });
    await claimed.opened;
    const second = call({ key: 'refused' });
    goOn.open();
    expect(await first).toEqual({ ok: false, problems: [{ code: 'REFUSED' }] });
    expect(await second).toMatchObject({ value: { way: 'first' } });
    expect(await effects('refused')).toHaveLength(1);
  });
});

describe('the same key', () => {
  test.each([
    ['another value', { list: ['a', 'b'], text: 'y' }],
    ['another instant', { list: ['a', 'b'], text: 'x', at: new Date(1) }],
    ['another order in a list', { list: ['b', 'a'], text: 'x', at: new Date(0) }],
    ['a field more', { list: ['a', 'b'], text: 'x', at: new Date(0), more: false }],
    ['a field less', { list: ['a', 'b'], at: new Date(0) }],
  ])('with %s is refused', async (what, input) => {
    await call({ key: what, input: { list: ['a', 'b'], text: 'x', at: new Date(0) } });
    expect(await call({ key: what, input })).toMatchObject({
      ok: false,
      problems: [{ code: 'IDEMPOTENCY_KEY_REUSED', path: ['idempotencyKey'] }],
    });
    expect(await effects(what)).toHaveLength(1);
  });

  test('of somebody else, or for something else, is another key', async () => {
    const key = 'not mine alone';
    expect(await outcomeOf({ key })).toBe('first');
    expect(await outcomeOf({ key, subject: 'morgan' })).toBe('first');
    expect(await outcomeOf({ key, operation: 'record' })).toBe('first');
    expect(await outcomeOf({ key: 'NOT MINE ALONE' })).toBe('first');
    expect(await outcomeOf({ key })).toBe('again');
  });

  test('is free again after a call of which nothing was kept', async () => {
    expect(await outcomeOf({ key: 'free again', input: { name: 'wrong' }, refused: true })).toBe('REFUSED');
    expect(await outcomeOf({ key: 'free again', input: { name: 'right' } })).toBe('first');
  });
});

test('without a key every call is the first', async () => {
  expect([await outcomeOf({ key: null }), await outcomeOf({ key: null })]).toEqual(['first', 'first']);
  expect(await effects('without a key')).toHaveLength(2);
});

test('a key has 1 to 200 characters', async () => {
  expect(await outcomeOf({ key: '' })).toBe('OUT_OF_RANGE');
  expect(await outcomeOf({ key: 'k'.repeat(201) })).toBe('OUT_OF_RANGE');
  expect(await outcomeOf({ key: 'k'.repeat(200) })).toBe('first');
});
