import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { calendarDayIn, systemClock } from '../../src/shared/clock.js';

describe('the day that an instant falls on', () => {
  test.each([
    ['UTC', '2026-11-22T23:59:59.999Z', '2026-11-22'],
    ['UTC', '2026-11-23T00:00:00.000Z', '2026-11-23'],
    ['Europe/Berlin', '2026-01-31T22:59:59.999Z', '2026-01-31'],
    ['Europe/Berlin', '2026-01-31T23:00:00.000Z', '2026-02-01'],
    ['America/New_York', '2027-01-01T04:59:59.999Z', '2026-12-31'],
    ['America/New_York', '2027-01-01T05:00:00.000Z', '2027-01-01'],
    ['Asia/Kathmandu', '2026-11-22T18:14:59.999Z', '2026-11-22'],
    ['Asia/Kathmandu', '2026-11-22T18:15:00.000Z', '2026-11-23'],
    ['Pacific/Kiritimati', '2026-11-22T10:00:00.000Z', '2026-11-23'],
    ['Pacific/Pago_Pago', '2026-11-23T10:59:59.999Z', '2026-11-22'],
    ['UTC', '2028-02-29T12:00:00.000Z', '2028-02-29'],
  ])('in %s at %s is %s', (zone, instant, day) => {
    expect(calendarDayIn(zone, new Date(instant))).toBe(day);
  });

  test.each([
    // Summer time begins on 2026-03-29: the midnight before is 23:00 UTC, the one after 22:00 UTC.
    ['Europe/Berlin', '2026-03-28T22:30:00Z', '2026-03-28'],
    ['Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29'],
    ['Europe/Berlin', '2026-03-29T21:59:59Z', '2026-03-29'],
    ['Europe/Berlin', '2026-03-29T22:00:00Z', '2026-03-30'],
    // It ends on 2026-10-25, a day of 25 hours.
    ['Europe/Berlin', '2026-10-24T22:00:00Z', '2026-10-25'],
    ['Europe/Berlin', '2026-10-25T22:59:59Z', '2026-10-25'],
    ['Europe/Berlin', '2026-10-25T23:00:00Z', '2026-10-26'],
    // In Beirut the clocks change at midnight: 2026-03-29 begins at one o'clock.
    ['Asia/Beirut', '2026-03-28T21:59:59Z', '2026-03-28'],
    ['Asia/Beirut', '2026-03-28T22:00:00Z', '2026-03-29'],
    ['America/New_York', '2026-11-02T04:59:59Z', '2026-11-01'],
    ['America/New_York', '2026-11-02T05:00:00Z', '2026-11-02'],
  ])('when the clocks change, in %s at %s, is %s', (zone, instant, day) => {
    expect(calendarDayIn(zone, new Date(instant))).toBe(day);
  });

  test('in zones of a fixed offset is the day of the shifted instant', () => {
    const instants = fc.date({
      min: new Date('1970-01-03T00:00:00Z'),
      max: new Date('9999-12-28T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.integer({ min: -14, max: 12 }), (instant, hoursBehind) => {
        // Etc/GMT+5 is five hours behind: the sign is the wrong way round, by POSIX.
        const zone = hoursBehind === 0 ? 'UTC' : `Etc/GMT${hoursBehind > 0 ? '+' : ''}${hoursBehind}`;
        const shifted = new Date(instant.getTime() - hoursBehind * 3_600_000);
        expect(calendarDayIn(zone, instant)).toBe(shifted.toISOString().slice(0, 10));
      }),
    );
  });
});

test('the clock of the machine tells the present, and its day where the company lives', () => {
  for (const zone of ['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
    const clock = systemClock(zone);
    const before = new Date();
    const [now, today] = [clock.now(), clock.today()];
    const after = new Date();
    expect(now.getTime()).toBeGreaterThanOrEqual(before.getTime());
    expect(now.getTime()).toBeLessThanOrEqual(after.getTime());
    expect([calendarDayIn(zone, before), calendarDayIn(zone, after)]).toContain(today);
  }
});
