/**
 * Which days recurring work falls on.
 *
 * - period: the stretch of the calendar that one occurrence belongs to: a day, an ISO week, a month, a quarter, a half-year, a year.
 * - `if it is off`: what becomes of an occurrence whose own day is not worked: the working day before, the one after, or the day as it is.
 *
 * Pure: the same rule and calendar always give the same days.
 */
import type { WorkingCalendar } from './calendar.ts';
import { type Weekday, weekdays } from './hours.ts';

/** Where an occurrence goes that falls on a day off. */
export const offPolicies = ['before', 'after', 'same'] as const;
export type IfOff = (typeof offPolicies)[number];

/** A day of the month that every month has (1 to 28), or its last. */
export type DayOfMonth = number | 'last';

/**
 * `day`: every working day (every day at all with `same`). `week`: its weekday; a week in which it is off moves inside that week,
 * and a week without any working day has none. `quarter`, `half-year`, `year`: `month` counts from the beginning of that
 * stretch, so month 3 of a half-year is March and September. These may be moved over the border of a month.
 */
export type Recurrence =
  | { readonly every: 'day'; readonly ifOff: IfOff }
  | { readonly every: 'week'; readonly on: Weekday; readonly ifOff: IfOff }
  | { readonly every: 'month'; readonly on: DayOfMonth; readonly ifOff: IfOff }
  | {
      readonly every: 'quarter' | 'half-year' | 'year';
      readonly month: number;
      readonly on: DayOfMonth;
      readonly ifOff: IfOff;
    };

/** How often, as office.yaml writes it. */
export type Every = Recurrence['every'];

/** How many months a stretch has that is counted in months. */
export const monthsOf: { readonly [every in 'month' | 'quarter' | 'half-year' | 'year']: number } =
  { month: 1, quarter: 3, 'half-year': 6, year: 12 };

/** One time that it falls due. `period` stays the same when the rule or the calendar moves the day: `2026-W10`, `2026-Q1`. */
export type Occurrence = { readonly period: string; readonly date: Temporal.PlainDate };

/** The calendar as far as it is needed here. */
type Days = Pick<WorkingCalendar, 'isWorkday'>;

/**
 * The occurrences on the days from `first` to `last`, both included, in order. A policy may move an occurrence into or out of that
 * stretch, so the periods around it are looked at too.
 */
export function occurrencesBetween(
  rule: Recurrence,
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
  calendar: Days,
): readonly Occurrence[] {
  const found: Occurrence[] = [];
  const end = last.add({ days: FARTHEST });
  let start = periodStart(rule, first.subtract({ days: FARTHEST }));
  for (; Temporal.PlainDate.compare(start, end) <= 0; start = nextStart(rule, start)) {
    const date = dayIn(rule, start, calendar);
    if (date && isWithin(date, first, last)) found.push({ period: periodName(rule, start), date });
  }
  return found;
}

/** The last occurrence on `date` or before it; undefined when the year before has none. */
export const occurrenceUntil = (
  rule: Recurrence,
  date: Temporal.PlainDate,
  calendar: Days,
): Occurrence | undefined => {
  const near = occurrencesBetween(rule, date.subtract({ days: REACH[rule.every] }), date, calendar);
  return near.at(-1);
};

/** The first occurrence after `date`; undefined when the year after it has none. */
export const occurrenceAfter = (
  rule: Recurrence,
  date: Temporal.PlainDate,
  calendar: Days,
): Occurrence | undefined => {
  const tomorrow = date.add({ days: 1 });
  return occurrencesBetween(rule, tomorrow, date.add({ days: REACH[rule.every] }), calendar)[0];
};

/** Days. No policy moves an occurrence farther: the longest holidays have nine days, a company's own may have some weeks. */
const FARTHEST = 45;

/** Days in which one occurrence is surely found: one stretch and as far as it may be moved. */
const REACH: { readonly [every in Every]: number } = {
  day: FARTHEST,
  week: 7 + FARTHEST,
  month: 31 + FARTHEST,
  quarter: 92 + FARTHEST,
  'half-year': 184 + FARTHEST,
  year: 366 + FARTHEST,
};

/** Whether a date is from the first to the last, both included. */
export const isWithin = (
  date: Temporal.PlainDate,
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
): boolean =>
  Temporal.PlainDate.compare(first, date) <= 0 && Temporal.PlainDate.compare(date, last) <= 0;

function periodStart(rule: Recurrence, date: Temporal.PlainDate): Temporal.PlainDate {
  if (rule.every === 'day') return date;
  if (rule.every === 'week') return date.subtract({ days: date.dayOfWeek - 1 });
  const months = monthsOf[rule.every];
  return date.with({ day: 1, month: date.month - ((date.month - 1) % months) });
}

function nextStart(rule: Recurrence, start: Temporal.PlainDate): Temporal.PlainDate {
  if (rule.every === 'day') return start.add({ days: 1 });
  if (rule.every === 'week') return start.add({ weeks: 1 });
  return start.add({ months: monthsOf[rule.every] });
}

/** The day of the period that begins at `start`; undefined when it has none. */
function dayIn(
  rule: Recurrence,
  start: Temporal.PlainDate,
  calendar: Days,
): Temporal.PlainDate | undefined {
  if (rule.every === 'day')
    return rule.ifOff === 'same' || calendar.isWorkday(start) ? start : undefined;
  if (rule.every === 'week') return dayInWeek(rule, start, calendar);
  const month = rule.every === 'month' ? start : start.add({ months: rule.month - 1 });
  const day = month.with({ day: rule.on === 'last' ? month.daysInMonth : rule.on });
  if (rule.ifOff === 'same' || calendar.isWorkday(day)) return day;
  return nearest(day, rule.ifOff === 'before' ? -1 : 1, calendar);
}

/** Inside its week, towards where the policy points first; the other way when all that way is off. */
function dayInWeek(
  rule: Extract<Recurrence, { every: 'week' }>,
  monday: Temporal.PlainDate,
  calendar: Days,
): Temporal.PlainDate | undefined {
  const place = weekdays.indexOf(rule.on);
  const own = monday.add({ days: place });
  if (rule.ifOff === 'same' || calendar.isWorkday(own)) return own;
  const week = weekdays.map((_, days) => monday.add({ days }));
  const before = week.slice(0, place).toReversed();
  const after = week.slice(place + 1);
  const order = rule.ifOff === 'before' ? [...before, ...after] : [...after, ...before];
  return order.find((day) => calendar.isWorkday(day));
}

/** The next worked day that way; the day itself when there is none within `FARTHEST` days. */
function nearest(day: Temporal.PlainDate, step: 1 | -1, calendar: Days): Temporal.PlainDate {
  for (let days = 1; days <= FARTHEST; days++) {
    const other = day.add({ days: step * days });
    if (calendar.isWorkday(other)) return other;
  }
  return day;
}

/** `2026-03-02`, `2026-W10`, `2026-03`, `2026-Q1`, `2026-H1`, `2026`. */
function periodName(rule: Recurrence, start: Temporal.PlainDate): string {
  switch (rule.every) {
    case 'day':
      return start.toString();
    case 'week':
      return `${start.yearOfWeek}-W${String(start.weekOfYear).padStart(2, '0')}`;
    case 'month':
      return start.toString().slice(0, 7);
    case 'quarter':
      return `${start.year}-Q${Math.ceil(start.month / 3)}`;
    case 'half-year':
      return `${start.year}-H${Math.ceil(start.month / 6)}`;
    case 'year':
      return String(start.year);
    default:
      return rule satisfies never;
  }
}
