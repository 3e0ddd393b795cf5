/** A time of day as the office writes it: `09:30`. `24:00` is the end of a day and only stands at the end of hours. */
export type ClockTime = string;

/** A stretch of the day, half-open: `from` belongs to it, `to` does not. `to` before `from` runs over midnight. */
export type Hours = { readonly from: ClockTime; readonly to: ClockTime };

/** Monday first, as ISO 8601 counts (`dayOfWeek - 1` is the place here). */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A weekday as office.yaml writes it. */
export type Weekday = (typeof weekdays)[number];

/** Minutes after midnight of a time of day; null when the text is none (`9:30`, `25:00`, `09:60`). */
export function minutesOfClock(text: ClockTime): number | null {
  const found = /^([0-9]{2}):([0-9]{2})$/.exec(text);
  const hour = Number(found?.[1]);
  const minute = Number(found?.[2]);
  if (!found || minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return null;
  return hour * 60 + minute;
}

/** The same for a time that was checked before; RangeError when it was not. */
export function clockMinutes(text: ClockTime): number {
  const minutes = minutesOfClock(text);
  if (minutes === null) throw new RangeError(`Not a time of day: ${text}`);
  return minutes;
}

/** Reads `09:00-12:00`; both ends are times of day and differ. Null: not hours. */
export function parseHours(text: string): Hours | null {
  const [from = '', to = '', ...more] = text.split('-');
  const wellFormed = minutesOfClock(from) !== null && minutesOfClock(to) !== null;
  if (more.length > 0 || !wellFormed || from === to || from === '24:00') return null;
  return { from, to };
}

/** As in office.yaml: `09:00-12:00`. */
export const hoursText = ({ from, to }: Hours): string => `${from}-${to}`;
