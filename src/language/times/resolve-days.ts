import {
  calendarDays,
  dateOf,
  festivalIn,
  inYearOrNext,
  isBefore,
  lunarMonthDays,
  mondayOf,
  nthWeekdayIn,
  yearOf,
} from './calendar.ts';
import type { Days } from './calendar.ts';
import type { Festival } from './festivals.ts';
import { lunarDate } from './lunar.ts';
import { exactLength } from './moments.ts';
import type { Day, Length, Period } from './tree.ts';

type PlainDate = Temporal.PlainDate;

/** What a day depends on: when it is said, which days are worked, and for the end of a range where it began. */
export type Spoken = {
  readonly now: () => Temporal.PlainDateTime;
  readonly today: PlainDate;
  readonly isWorkday: (date: PlainDate) => boolean;
  readonly start: PlainDate | null;
};

/** Nearest such day from the start of the range, or today, on. */
const nearestFrom = (spoken: Spoken): PlainDate => spoken.start ?? spoken.today;

/** 15号: this month, or the next one that has such a day. */
function nextMonthday(from: PlainDate, day: number): PlainDate | null {
  for (let offset = 0; offset < 3; offset++) {
    const first = from.with({ day: 1 }).add({ months: offset });
    const date = dateOf(first.year, first.month, day);
    if (date !== null && !isBefore(date, from)) return date;
  }
  return null;
}

function calendarDay(
  { year, month, day }: Extract<Day, { kind: 'date' }>,
  spoken: Spoken,
): PlainDate | null {
  if (month === null) return nextMonthday(nearestFrom(spoken), day);
  if ('absolute' in month)
    return inYearOrNext(year, spoken.today, nearestFrom(spoken), (y) =>
      dateOf(y, month.absolute, day),
    );
  const first = spoken.today.with({ day: 1 }).add({ months: month.offset });
  return dateOf(first.year, first.month, day);
}

function weekday(
  { week, weekday: name }: Extract<Day, { kind: 'weekday' }>,
  spoken: Spoken,
): PlainDate {
  if (week !== null) return mondayOf(spoken.today).add({ days: week * 7 + name - 1 });
  const from = nearestFrom(spoken);
  return from.add({ days: (name - from.dayOfWeek + 7) % 7 });
}

function nthDay({ start, end }: Days, nth: number): PlainDate | null {
  const date = nth > 0 ? start.add({ days: nth - 1 }) : end.add({ days: nth + 1 });
  return isBefore(date, start) || isBefore(end, date) ? null : date;
}

/** Longest holiday and widest gap between two that are looked through, in days. */
const searchDays = 400;
/** Three days off in a row are more than a weekend. */
const holidayDays = 3;

/** The n-th working day after a date. */
function workdayAfter(date: PlainDate, count: number, spoken: Spoken): PlainDate | null {
  let left = count;
  for (let step = 1; step <= searchDays; step++) {
    const candidate = date.add({ days: step });
    if (spoken.isWorkday(candidate) && --left === 0) return candidate;
  }
  return null;
}

/** The n-th working day after a festival, or after the next holiday; null when no days off longer than a weekend are known. */
function afterHoliday(festival: Festival | null, count: number, spoken: Spoken): PlainDate | null {
  if (festival !== null) {
    const date = inYearOrNext(null, spoken.today, nearestFrom(spoken), (y) =>
      festivalIn(festival, y),
    );
    return date === null ? null : workdayAfter(date, count, spoken);
  }
  const date = nextHolidayEnd(spoken);
  return date === null || count === 1 ? date : workdayAfter(date, count - 1, spoken);
}

/** Of one day and one calendar the search is made once: it looks through a year, and a sentence may speak of it again and again. */
const holidayEnds = new WeakMap<
  Spoken['isWorkday'],
  { readonly today: PlainDate; readonly date: PlainDate | null }
>();

/** The first working day after the next days off that are more than a weekend. */
function nextHolidayEnd(spoken: Spoken): PlainDate | null {
  const known = holidayEnds.get(spoken.isWorkday);
  if (known?.today.equals(spoken.today) === true) return known.date;
  let off = 0;
  let found: PlainDate | null = null;
  for (let step = 0; step <= searchDays && found === null; step++) {
    const date = spoken.today.add({ days: step });
    const working = spoken.isWorkday(date);
    if (working && off >= holidayDays) found = date;
    off = working ? 0 : off + 1;
  }
  holidayEnds.set(spoken.isWorkday, { today: spoken.today, date: found });
  return found;
}

/** A date so many months and days away; working days count as such. */
export function shifted(
  date: PlainDate,
  length: Length,
  direction: 1 | -1,
  spoken: Spoken,
): PlainDate | null {
  if (length.workdays !== undefined && direction === 1)
    return workdayAfter(date, length.workdays, spoken);
  const { months, days } = exactLength(length);
  return date.add({ months: months * direction }).add({ days: days * direction });
}

/** The date a day names; null where there is none (31 June). */
export function resolveDay(day: Day, spoken: Spoken): PlainDate | null {
  const { today } = spoken;
  switch (day.kind) {
    case 'offset':
      return today.add({ days: day.days });
    case 'following':
      return nearestFrom(spoken).add({ days: 1 });
    case 'weekday':
      return weekday(day, spoken);
    case 'date':
      return calendarDay(day, spoken);
    case 'lunar':
      return inYearOrNext(day.year, today, nearestFrom(spoken), (y) =>
        lunarDate(y, day.month, day.leap, day.day),
      );
    case 'festival':
      return (
        inYearOrNext(day.year, today, nearestFrom(spoken), (y) => festivalIn(day.festival, y))?.add(
          { days: day.shift },
        ) ?? null
      );
    case 'nthWeekday':
      return nthWeekdayIn(
        calendarDays(day.within, today, nearestFrom(spoken)),
        day.nth,
        day.weekday,
      );
    case 'nthDay':
      return nthDay(calendarDays(day.within, today, nearestFrom(spoken)), day.nth);
    case 'apart':
      return shifted(today, day.length, day.direction, spoken);
    case 'workday':
      return workdayAfter(today, day.count, spoken);
    case 'afterHoliday':
      return afterHoliday(day.festival, day.count, spoken);
  }
}

const week = (monday: PlainDate): Days => ({ start: monday, end: monday.add({ days: 6 }) });

/** Weeks belong to the month in which their Monday lies. */
function nthWeek(within: Days, nth: number): Days | null {
  const monday = nthWeekdayIn(within, nth, 1);
  return monday === null ? null : week(monday);
}

function lunarMonth(
  { year, month, leap }: Extract<Period, { kind: 'lunarMonth' }>,
  spoken: Spoken,
): Days | null {
  if (year !== null) return lunarMonthDays(yearOf(year, spoken.today), month, leap);
  for (let y = spoken.today.year - 1; y < spoken.today.year + 40; y++) {
    const days = lunarMonthDays(y, month, leap);
    if (days !== null && !isBefore(days.end, nearestFrom(spoken))) return days;
  }
  return null;
}

/** 1st to 10th, 11th to 20th, 21st to the end. */
function tenDays({ start, end }: Days, third: number): Days {
  return {
    start: start.add({ days: (third - 1) * 10 }),
    end: third === 3 ? end : start.add({ days: third * 10 - 1 }),
  };
}

/** The days of a period, both ends included. */
export function resolvePeriod(period: Period, spoken: Spoken): Days | null {
  const { today } = spoken;
  switch (period.kind) {
    case 'week':
      return week(mondayOf(today).add({ days: period.offset * 7 }));
    case 'weekend': {
      const saturday = mondayOf(today).add({ days: (period.offset ?? 0) * 7 + 5 });
      return { start: saturday, end: saturday.add({ days: 1 }) };
    }
    case 'weekdays': {
      const start = weekday({ kind: 'weekday', week: period.week, weekday: period.first }, spoken);
      return { start, end: start.add({ days: period.last - period.first }) };
    }
    case 'tenDays':
      return tenDays(calendarDays(period.within, today, nearestFrom(spoken)), period.third);
    case 'nthWeek':
      return nthWeek(calendarDays(period.within, today, nearestFrom(spoken)), period.nth);
    case 'firstMonths': {
      const { start } = calendarDays({ kind: 'year', year: period.year }, today, today);
      return { start, end: start.add({ months: period.count }).subtract({ days: 1 }) };
    }
    case 'days':
      return { start: today.add({ days: period.from }), end: today.add({ days: period.to }) };
    case 'years': {
      const first = calendarDays({ kind: 'year', year: { offset: period.from } }, today, today);
      return {
        start: first.start,
        end: calendarDays({ kind: 'year', year: { offset: period.to } }, today, today).end,
      };
    }
    case 'lunarMonth':
      return lunarMonth(period, spoken);
    case 'year':
    case 'half':
    case 'quarter':
    case 'quarterOffset':
    case 'month':
      return calendarDays(period, today, nearestFrom(spoken));
  }
}
