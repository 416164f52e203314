import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource, EntityManager } from 'typeorm';
import type { Database } from '../../src/database/database.js';
import { hold, withoutWaiting } from '../../src/database/holding.js';
import { inTransaction, violatedConstraint } from '../../src/database/transaction.js';
import { newIdentifier } from '../../src/shared/identifier.js';
import { failure, success } from '../../src/shared/result.js';
import { HR, openDatabase, ownerOf } from '../support/database.js';
import { roundTripsOf } from '../support/statement-counter.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** A third of them are for the transactions of one viewer: two, that can meet. */
const POOL_SIZE = 6;

let database: TestDatabase;
let opened: Database;
let dataSource: DataSource;
beforeAll(async () => {
  database = await createTestDatabase();
  opened = await openDatabase(database.url, { poolSize: POOL_SIZE });
  dataSource = opened.dataSource;
});
afterEach(() => dataSource.query(`delete from department where external_id like 'test-%'`));
afterAll(async () => {
  await opened.close();
  await database.drop();
});

const addDepartment = (manager: EntityManager, code: string, name = code): Promise<unknown> =>
  manager.query('insert into department (id, external_id, name) values ($1, $2, $3)', [
    newIdentifier(new Date()),
    `test-${code}`,
    name,
  ]);

async function departments(): Promise<string[]> {
  const rows = await dataSource.query(`select name from department where external_id like 'test-%' order by name`);
  return rows.map((row: { name: string }) => row.name);
}

const refuseWith = (manager: EntityManager, code: string) =>
  manager.query(`do $$ begin raise exception 'made up' using errcode = '${code}'; end $$`);

/** A point that some have to reach before any goes on. */
function meetingPoint(expected: number): () => Promise<void> {
  let arrived = 0;
  let open: () => void;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    arrived++;
    if (arrived === expected) open();
    return gate;
  };
}

describe('what becomes of the work', () => {
  test('a success is kept and returned', async () => {
    const result = await inTransaction(ownerOf(opened, HR), async (manager) => {
      await addDepartment(manager, 'kept');
      return success(42);
    });
    expect(result).toEqual({ ok: true, value: 42 });
    expect(await departments()).toEqual(['kept']);
  });

  test('a failure leaves nothing behind, and is returned', async () => {
    const result = await inTransaction(ownerOf(opened, HR), async (manager) => {
      await addDepartment(manager, 'refused');
      return failure(['no']);
    });
    expect(result).toEqual({ ok: false, problems: ['no'] });
    expect(await departments()).toEqual([]);
  });

  test('an error leaves nothing behind, and is thrown once', async () => {
    let attempts = 0;
    const work = inTransaction(ownerOf(opened, HR), async (manager) => {
      attempts++;
      await addDepartment(manager, 'broken');
      throw new Error('a bug');
    });
    await expect(work).rejects.toThrow('a bug');
    expect(attempts).toBe(1);
    expect(await departments()).toEqual([]);
  });

  test('every connection is given back, more often than there are connections', async () => {
    for (let turn = 0; turn < 10; turn++) {
      await inTransaction(ownerOf(opened, HR), async () => failure(['no']));
      await inTransaction(ownerOf(opened, HR), async () => Promise.reject(new Error('a bug'))).catch(() => {});
      await inTransaction(ownerOf(opened, HR), (manager) => refuseWith(manager, '23514')).catch(() => {});
    }
    expect(
      await inTransaction(ownerOf(opened, HR), async (manager) => success(await manager.query('select 1 as one'))),
    ).toEqual({
      ok: true,
      value: [{ one: 1 }],
    });
  });

  test('a connection that breaks in the middle breaks that work alone', async () => {
    const broken = inTransaction(ownerOf(opened, HR), async (manager) => {
      await addDepartment(manager, 'cut off');
      await manager.query('select pg_terminate_backend(pg_backend_pid())');
      return success(undefined);
    });
    await expect(broken).rejects.toThrow();
    for (let turn = 0; turn < 5; turn++) {
      await inTransaction(ownerOf(opened, HR), async (manager) =>
        success(await addDepartment(manager, `after ${turn}`)),
      );
    }
    expect(await departments()).toHaveLength(5);
  });
});

describe('round trips', () => {
  const scope = expect.stringContaining('viewer.employee_id');
  const audit = expect.stringContaining('append_audit_entries');

  test('it begins with its first statement, and is recorded with the commit', async () => {
    const trips = await roundTripsOf(() =>
      inTransaction(ownerOf(opened, HR), async (manager) => {
        await manager.query('select 1');
        return success(await manager.query('select 2'));
      }),
    );
    expect(trips).toEqual([['START TRANSACTION', scope, 'select 1'], ['select 2'], [audit, 'COMMIT']]);
  });

  test('a refusal before the first statement costs none', async () => {
    const trips = await roundTripsOf(() => inTransaction(ownerOf(opened, HR), async () => failure(['no'])));
    expect(trips).toEqual([]);
  });

  test('a refusal afterwards costs one, and nothing that was held goes out', async () => {
    const trips = await roundTripsOf(() =>
      inTransaction(ownerOf(opened, HR), async (manager) => {
        await manager.query('select 1');
        await hold(manager, 'select 2');
        return failure(['no']);
      }),
    );
    expect(trips).toEqual([['START TRANSACTION', scope, 'select 1'], ['ROLLBACK']]);
  });

  test('what is held goes out with the next statement, in order, and sees what went before', async () => {
    let held: string[] = [];
    const trips = await roundTripsOf(async () => {
      await inTransaction(ownerOf(opened, HR), async (manager) => {
        await manager.query('select 1');
        await withoutWaiting(manager, () => addDepartment(manager, 'first'));
        const names = await hold<{ name: string }>(manager, `select name from department where external_id = $1`, [
          'test-first',
        ]);
        expect(() => names.rows).toThrow('Nothing is known of a held statement');
        await addDepartment(manager, 'second');
        held = names.rows.map(({ name }) => name);
        return success(undefined);
      });
    });
    expect(held).toEqual(['first']);
    expect(trips.map(({ length }) => length)).toEqual([3, 3, 2]);
    expect(await departments()).toEqual(['first', 'second']);
  });
});

describe('of statements that go out together', () => {
  /** So that connections that are not as they were would be met again. */
  const expectHealth = async (): Promise<void> => {
    for (let turn = 0; turn < POOL_SIZE; turn++) {
      await inTransaction(ownerOf(opened, HR), async (manager) => success(await addDepartment(manager, `${turn}`)));
    }
    expect(await departments()).toHaveLength(POOL_SIZE);
  };

  test('none is run in the name of nobody: where the scope fails, nothing is', async () => {
    const unscoped = await openDatabase(database.url, { poolSize: 1, timeouts: { statement: -5 } });
    let isAnswered = false;
    const work = inTransaction(ownerOf(unscoped, HR), async (manager) => {
      await addDepartment(manager, 'of nobody');
      isAnswered = true;
      return success(undefined);
    });
    await expect(work).rejects.toMatchObject({
      driverError: { code: '22023' },
      query: expect.stringMatching(/^select set_config/),
    });
    expect(isAnswered).toBe(false);
    expect(await unscoped.dataSource.query('select pg_current_xact_id_if_assigned() as id')).toEqual([{ id: null }]);
    await unscoped.close();
    expect(await departments()).toEqual([]);
  });

  test('the commit is not run where what is done cannot be recorded', async () => {
    const nobody = { subject: '', employeeId: null, roles: [] };
    const work = inTransaction(ownerOf(opened, nobody), async (manager) =>
      success(await addDepartment(manager, 'not recorded')),
    );
    await expect(work).rejects.toMatchObject({
      driverError: { code: '42501' },
      query: expect.stringContaining('append_audit_entries'),
    });
    expect(await departments()).toEqual([]);
    await expectHealth();
  });

  test('one that is held and fails fails for the next one, in its own name, and with it all', async () => {
    const work = inTransaction(ownerOf(opened, HR), async (manager) => {
      await addDepartment(manager, 'once');
      await withoutWaiting(manager, () => addDepartment(manager, 'once', 'again'));
      return success(undefined);
    });
    const error = await work.catch((reason: unknown) => reason);
    expect(violatedConstraint(error)).toBe('department_external_id_key');
    expect(error).toMatchObject({ query: expect.stringMatching(/^insert into department/) });
    expect(await departments()).toEqual([]);
    await expectHealth();
  });

  test('one whose values cannot be written out is refused at once', async () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    const work = inTransaction(ownerOf(opened, HR), async (manager) => {
      await withoutWaiting(manager, () => addDepartment(manager, 'before'));
      await withoutWaiting(manager, () => manager.query('select $1::jsonb', [circle]));
      return success(undefined);
    });
    await expect(work).rejects.toThrow(/circular/);
    expect(await departments()).toEqual([]);
    await expectHealth();
  });

  test('a race that is lost at the commit is run again', async () => {
    await dataSource.query(`create function lose_race() returns trigger language plpgsql
      as $$ begin raise exception 'made up' using errcode = '40001'; end $$`);
    await dataSource.query(`create constraint trigger lose_race after insert on department deferrable initially deferred
      for each row when (new.name = 'lost') execute function lose_race()`);
    let attempts = 0;
    const result = await inTransaction(ownerOf(opened, HR), async (manager) => {
      attempts++;
      return success(await addDepartment(manager, 'race', attempts === 1 ? 'lost' : 'won'));
    });
    await dataSource.query('drop function lose_race cascade');
    expect([result.ok, attempts, await departments()]).toEqual([true, 2, ['won']]);
  });
});

describe('lost races', () => {
  test('of two that block each other both end well', async () => {
    await dataSource.query(`insert into department (id, external_id, name)
      select gen_random_uuid(), 'test-' || name, name from (values ('a'), ('b')) as given (name)`);
    const bothHoldOne = meetingPoint(2);
    let attempts = 0;
    const renameBoth = (first: string, second: string, mark: string) =>
      inTransaction(ownerOf(opened, HR), async (manager) => {
        attempts++;
        const rename = (code: string) =>
          manager.query('update department set name = name || $2 where external_id = $1', [`test-${code}`, mark]);
        await rename(first);
        await bothHoldOne();
        await rename(second);
        return success(mark);
      });
    expect(await Promise.all([renameBoth('a', 'b', '1'), renameBoth('b', 'a', '2')])).toEqual([
      { ok: true, value: '1' },
      { ok: true, value: '2' },
    ]);
    expect(attempts).toBe(3);
    const [first, second] = await departments();
    expect(['a12', 'a21']).toContain(first);
    expect(second!.slice(1)).toBe(first!.slice(1));
  });

  test('of two that cannot be put in order one is run again, on what the other left', async () => {
    await dataSource.query(`do $$ begin
      execute format('alter database %I set default_transaction_isolation = serializable', current_database());
    end $$`);
    const serializable = await openDatabase(database.url, { poolSize: POOL_SIZE });
    const bothHaveCounted = meetingPoint(2);
    let attempts = 0;
    const addNumbered = (code: string) =>
      inTransaction(ownerOf(serializable, HR), async (manager) => {
        attempts++;
        const [row] = await manager.query(
          `select count(*)::integer as count from department where external_id like 'test-%'`,
        );
        await bothHaveCounted();
        await addDepartment(manager, code, `number ${row.count}`);
        return success(undefined);
      });
    await Promise.all([addNumbered('x'), addNumbered('y')]);
    await serializable.close();
    expect(await departments()).toEqual(['number 0', 'number 1']);
    expect(attempts).toBe(3);
  });

  test.each(['40001', '40P01'])('that are always lost (%s) are not tried for ever', async (code) => {
    let attempts = 0;
    const work = inTransaction(ownerOf(opened, HR), async (manager) => {
      attempts++;
      await addDepartment(manager, 'never');
      await refuseWith(manager, code);
      return success(undefined);
    });
    await expect(work).rejects.toMatchObject({ driverError: { code } });
    expect(attempts).toBeGreaterThan(1);
    expect(attempts).toBeLessThanOrEqual(10);
    expect(await departments()).toEqual([]);
  });

  test.each(['23505', '23503', '22001', '42601'])('are not what %s tells', async (code) => {
    let attempts = 0;
    const work = inTransaction(ownerOf(opened, HR), async (manager) => {
      attempts++;
      await refuseWith(manager, code);
      return success(undefined);
    });
    await expect(work).rejects.toMatchObject({ driverError: { code } });
    expect(attempts).toBe(1);
  });
});

describe('the constraint that refused a write', () => {
  const constraintOf = (statement: string) =>
    inTransaction(ownerOf(opened, HR), async (manager) => success(await manager.query(statement))).then(
      () => 'nothing refused it',
      violatedConstraint,
    );

  test.each([
    [
      'a unique one',
      `insert into department (id, external_id, name) values (gen_random_uuid(), 'D-SALES', 'Again')`,
      'department_external_id_key',
    ],
    [
      'a unique index',
      `insert into skill (id, external_id, name, description, category) values (gen_random_uuid(), 'test-1', 'PUBLIC SPEAKING', '', '')`,
      'skill_name_key',
    ],
    ['a foreign key', `update employee set role_id = gen_random_uuid()`, 'employee_role_id_fkey'],
    ['a check', `update employee set manager_id = id`, 'employee_manager_check'],
  ])('is named: %s', async (_, statement, name) => {
    expect(await constraintOf(statement)).toBe(name);
  });

  test('is named when it speaks up at the commit only', async () => {
    expect(
      await constraintOf(`
        with plan as (
          insert into action_plan (id, employee_id, goal, status, version, created_at, updated_at)
          select gen_random_uuid(), id, 'Goal', 'DRAFT', 1, now(), now() from employee limit 1 returning id, employee_id
        )
        insert into plan_skill (id, plan_id, employee_id, skill_id, rank)
        select gen_random_uuid(), plan.id, plan.employee_id, skill.id, 1 from plan, (select id from skill limit 2) as skill`),
    ).toMatch(/^plan_skill_plan_id_(rank_key|fkey)$/);
  });

  test.each([
    ['there is none', 'select 1 / 0'],
    [
      'it is named by an error of another kind',
      `do $$ begin raise exception 'x' using errcode = '55000', constraint = 'made_up'; end $$`,
    ],
    ['a value is missing', `insert into department (id, external_id) values (gen_random_uuid(), 'test-1')`],
  ])('is null where %s', async (_, statement) => {
    expect(await constraintOf(statement)).toBeNull();
  });

  test('is null for an error that is not from the database', () => {
    expect(violatedConstraint(new Error('a bug'))).toBeNull();
    expect(violatedConstraint(undefined)).toBeNull();
    expect(violatedConstraint({ code: '23505', constraint: 'x' })).toBeNull();
  });
});
