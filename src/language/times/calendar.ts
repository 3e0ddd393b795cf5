import type { Festival } from './festivals.ts';
import { lunarDate } from './lunar.ts';
import type { Calendar, Month, Year } from './tree.ts';

type PlainDate = Temporal.PlainDate;

/** A stretch of days, both ends included. */
export type Days = { readonly start: PlainDate; readonly end: PlainDate };

export const isBefore = (a: PlainDate, b: PlainDate): boolean =>
  Temporal.PlainDate.compare(a, b) < 0;

/** A date that exists, or null (31 April, month 13). */
export function dateOf(year: number, month: number, day: number): PlainDate | null {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  return new Temporal.PlainDate(year, month, day);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The first of the candidates of successive years (from the one before `from` on) that is not before `from`. Leap days come within eight. */
function firstFrom(from: PlainDate, inYear: (year: number) => PlainDate | null): PlainDate | null {
  for (let year = from.year - 1; year <= from.year + 20; year++) {
    const date = inYear(year);
    if (date !== null && !isBefore(date, from)) return date;
  }
  return null;
}

export const yearOf = (year: Year, today: PlainDate): number =>
  'absolute' in year ? year.absolute : today.year + year.offset;

/** In the year said, or without one on the next occasion from `from` on. */
export function inYearOrNext(
  year: Year | null,
  today: PlainDate,
  from: PlainDate,
  inYear: (year: number) => PlainDate | null,
): PlainDate | null {
  return year === null ? firstFrom(from, inYear) : inYear(yearOf(year, today));
}

/** Monday of the week. */
export const mondayOf = (date: PlainDate): PlainDate => date.subtract({ days: date.dayOfWeek - 1 });

/** The n-th weekday of a stretch, -1 the last; null when it has fewer. */
export function nthWeekdayIn({ start, end }: Days, nth: number, weekday: number): PlainDate | null {
  const date =
    nth > 0
      ? start.add({ days: ((weekday - start.dayOfWeek + 7) % 7) + (nth - 1) * 7 })
      : end.subtract({ days: (end.dayOfWeek - weekday + 7) % 7 });
  return isBefore(date, start) || isBefore(end, date) ? null : date;
}

const months = (start: PlainDate, count: number): Days => ({
  start,
  end: start.add({ months: count }).subtract({ days: 1 }),
});

const firstOf = (year: number, month: number): PlainDate => new Temporal.PlainDate(year, month, 1);

/** The first day of a month: in the year said, else the present or next such month from `from` on. */
function monthStart(year: Year | null, month: Month, today: PlainDate, from: PlainDate): PlainDate {
  if ('offset' in month) return today.with({ day: 1 }).add({ months: month.offset });
  const first = firstOf(year === null ? from.year : yearOf(year, today), month.absolute);
  return year === null && month.absolute < from.month ? first.add({ years: 1 }) : first;
}

/** The days of a month, quarter, half-year or year. Quarters and halves without a year are those of the present one. */
export function calendarDays(calendar: Calendar, today: PlainDate, from: PlainDate): Days {
  switch (calendar.kind) {
    case 'year':
      return months(firstOf(yearOf(calendar.year, today), 1), 12);
    case 'half':
      return months(
        firstOf(
          calendar.year === null ? today.year : yearOf(calendar.year, today),
          calendar.half * 6 - 5,
        ),
        6,
      );
    case 'quarter':
      return months(
        firstOf(
          calendar.year === null ? today.year : yearOf(calendar.year, today),
          calendar.quarter * 3 - 2,
        ),
        3,
      );
    case 'quarterOffset':
      return months(
        today
          .with({ day: 1 })
          .subtract({ months: (today.month - 1) % 3 })
          .add({ months: calendar.offset * 3 }),
        3,
      );
    case 'month':
      return months(monthStart(calendar.year, calendar.month, today, from), 1);
  }
}

/** 清明 falls on 4, 5 or (rarely) 6 April: ⌊y·0.2422 + 4.81⌋ − ⌊y/4⌋ with y the last two digits, good for 2001–2099. */
const clearDay = (year: number): number =>
  Math.floor((year % 100) * 0.2422 + 4.81) - Math.floor((year % 100) / 4);

/** The day of a festival in a year; for lunar ones the Chinese year that begins in it. */
export function festivalIn(festival: Festival, year: number): PlainDate | null {
  switch (festival.kind) {
    case 'solar':
      return dateOf(year, festival.month, festival.day);
    case 'lunar':
      return lunarDate(year, festival.month, false, festival.day);
    case 'nth':
      return nthWeekdayIn(months(firstOf(year, festival.month), 1), festival.nth, festival.weekday);
    case 'clear':
      return dateOf(year, 4, clearDay(year));
  }
}

/** Days of a Chinese month in the Chinese year that begins in `year`. */
export function lunarMonthDays(year: number, month: number, leap: boolean): Days | null {
  const start = lunarDate(year, month, leap, 1);
  const end = lunarDate(year, month, leap, -1);
  return start === null || end === null ? null : { start, end };
}
