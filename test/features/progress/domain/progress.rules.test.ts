import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ACTION_STATUSES, type ActionStatus } from '../../../../src/features/action-plans/domain/action-plan.js';
import { checkProgress, completeProgress } from '../../../../src/features/progress/domain/progress.rules.js';

const now = new Date('2026-03-01T12:00:00Z');
const entryOf = (percentComplete: number, status: ActionStatus) => ({
  percentComplete,
  status,
  note: null as string | null,
  occurredAt: now,
});
const codesFor = (entry: ReturnType<typeof entryOf>) => checkProgress(entry, now).map(({ code }) => code);

describe('an entry', () => {
  test('is recorded exactly when percent and status agree', () => {
    const agreeing = new Set<string>(['0 NOT_STARTED', '100 DONE']);
    for (let percent = 0; percent < 100; percent++) agreeing.add(`${percent} IN_PROGRESS`);
    for (let percent = 0; percent <= 100; percent++) {
      for (const status of ACTION_STATUSES.filter((one) => one !== 'CANCELLED')) {
        const expected = agreeing.has(`${percent} ${status}`) ? [] : ['STATUS_DISAGREES'];
        expect([percent, status, codesFor(entryOf(percent, status))]).toEqual([percent, status, expected]);
      }
    }
  });

  test.each([-1, 101, 0.5, Number.NaN])('cannot be %d percent', (percent) => {
    expect(checkProgress(entryOf(percent, 'DONE'), now)).toEqual([
      { code: 'PERCENT_OUT_OF_RANGE', message: expect.stringContaining('0 to 100'), path: ['percentComplete'] },
    ]);
  });

  test('cannot cancel the action, which is said by revising the plan', () => {
    expect(checkProgress(entryOf(40, 'CANCELLED'), now)).toEqual([
      { code: 'STATUS_NOT_ALLOWED', message: expect.stringContaining('Revise the plan'), path: ['status'] },
    ]);
  });

  test('may be up to a minute ahead of the clock, and any time back', () => {
    const at = (milliseconds: number) => ({
      ...entryOf(0, 'NOT_STARTED'),
      occurredAt: new Date(now.getTime() + milliseconds),
    });
    expect(codesFor(at(60_000))).toEqual([]);
    expect(codesFor(at(60_001))).toEqual(['OCCURRED_IN_FUTURE']);
    expect(codesFor(at(-1e12))).toEqual([]);
  });

  test('has a note of up to 2000 characters', () => {
    expect(codesFor({ ...entryOf(0, 'NOT_STARTED'), note: '🙂'.repeat(2000) })).toEqual([]);
    expect(codesFor({ ...entryOf(0, 'NOT_STARTED'), note: '🙂'.repeat(2001) })).toEqual(['NOTE_TOO_LONG']);
  });

  test('is told everything that is wrong at once', () => {
    const occurredAt = new Date(now.getTime() + 3_600_000);
    expect(codesFor({ percentComplete: 100, status: 'IN_PROGRESS', note: 'x'.repeat(2001), occurredAt })).toEqual([
      'STATUS_DISAGREES',
      'OCCURRED_IN_FUTURE',
      'NOTE_TOO_LONG',
    ]);
  });
});

describe('what is left out', () => {
  test.each<[Parameters<typeof completeProgress>[0], number | null, number, ActionStatus]>([
    [{ percentComplete: 0 }, null, 0, 'NOT_STARTED'],
    [{ percentComplete: 1 }, null, 1, 'IN_PROGRESS'],
    [{ percentComplete: 99 }, 100, 99, 'IN_PROGRESS'],
    [{ percentComplete: 100, status: null }, null, 100, 'DONE'],
    [{ status: 'DONE' }, 30, 100, 'DONE'],
    [{ status: 'NOT_STARTED' }, 30, 0, 'NOT_STARTED'],
    [{ status: 'IN_PROGRESS' }, 30, 30, 'IN_PROGRESS'],
    [{ status: 'IN_PROGRESS' }, 0, 0, 'IN_PROGRESS'],
    [{ percentComplete: 20, status: 'DONE' }, null, 20, 'DONE'],
  ])('of %j at %p is %i percent, %s', (given, current, percentComplete, status) => {
    expect(completeProgress(given, current)).toEqual({ ok: true, value: { percentComplete, status } });
  });

  test.each<[Parameters<typeof completeProgress>[0], number | null, string]>([
    [{}, 30, 'PROGRESS_INCOMPLETE'],
    [{ status: 'IN_PROGRESS' }, null, 'PROGRESS_INCOMPLETE'],
    [{ status: 'IN_PROGRESS' }, 100, 'PROGRESS_INCOMPLETE'],
    [{ status: 'CANCELLED' }, 30, 'STATUS_NOT_ALLOWED'],
    [{ percentComplete: 101 }, 30, 'PERCENT_OUT_OF_RANGE'],
  ])('of %j at %p cannot be told: %s', (given, current, code) => {
    expect(completeProgress(given, current)).toMatchObject({ ok: false, problems: [{ code }] });
  });

  test('always comes out as an entry that can be recorded', () => {
    const status = fc.constantFrom('NOT_STARTED' as const, 'IN_PROGRESS' as const, 'DONE' as const);
    const given = fc.oneof(fc.record({ percentComplete: fc.integer() }), fc.record({ status }));
    fc.assert(
      fc.property(given, fc.option(fc.integer({ min: 0, max: 100 })), (one, current) => {
        const result = completeProgress(one, current);
        if (result.ok) expect(codesFor({ ...entryOf(0, 'DONE'), ...result.value })).toEqual([]);
      }),
    );
  });
});
