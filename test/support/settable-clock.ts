import { type Clock, calendarDayIn } from '../../src/shared/clock.js';

export interface SettableClock extends Clock {
  set(instant: string): void;
  /** Moves the present on by some seconds. */
  advance(seconds: number): void;
}

/** A clock that stands still until it is told to move. */
export function settableClock(start: string): SettableClock {
  let present = new Date(start);
  return {
    now: () => new Date(present),
    today: () => calendarDayIn('UTC', present),
    set: (instant) => {
      present = new Date(instant);
    },
    advance: (seconds) => {
      present = new Date(present.getTime() + seconds * 1000);
    },
  };
}
