/** A day of the calendar without a time or a zone, written `YYYY-MM-DD`, so that it compares as text. */
export type CalendarDay = string;

/** The present, passed in wherever a rule depends on it, so that rules about time can be tested. */
export interface Clock {
  now(): Date;
  /** The current day where the company lives. */
  today(): CalendarDay;
}

/** The day that an instant falls on in an IANA time zone. */
export function calendarDayIn(timeZone: string, instant: Date): CalendarDay {
  // The Swedish locale writes dates the ISO way.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    instant,
  );
}

/** The machine's clock, with days counted in the company's time zone. */
export function systemClock(timeZone: string): Clock {
  return { now: () => new Date(), today: () => calendarDayIn(timeZone, new Date()) };
}
