/**
 * Series of dates by the rules of RFC 5545, as far as rooms are booked by them: FREQ (DAILY, WEEKLY, MONTHLY), INTERVAL, BYDAY with the nth
 * weekday of a month, BYMONTHDAY, UNTIL, COUNT, and EXDATE on a line of its own.
 *
 * Dates are local ones and know no zone: what o'clock it is on each is for `instantAt`, so that no change of the clocks moves a series.
 * One thing is not as in the RFC: days that the office is off on, where they are skipped, do not count for COUNT, since eight meetings
 * are meant by 共8次.
 *
 * Pure: the same rule, beginning and calendar always give the same dates.
 */
import { type Weekday, weekdays } from './hours.ts';
import { isWithin } from './recurrence.ts';

/** A weekday of every week, or with `nth` that one of a month: 1 the first, -1 the last. */
export type ByDay = { readonly day: Weekday; readonly nth?: number };

/** `until`, `except`: ISO dates, `until` included. At most one of `until` and `count`. */
export type SeriesRule = {
  readonly every: 'day' | 'week' | 'month';
  /** Every so many days, weeks or months; at least 1. */
  readonly interval: number;
  readonly byDay: readonly ByDay[];
  /** 1 to 31, or from the month's end: -1 is its last day. */
  readonly byMonthDay: readonly number[];
  readonly until?: string | undefined;
  readonly count?: number | undefined;
  readonly except: readonly string[];
};

const FREQUENCY = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY' } as const;
const SHORT: { readonly [day in Weekday]: string } = {
  mon: 'MO',
  tue: 'TU',
  wed: 'WE',
  thu: 'TH',
  fri: 'FR',
  sat: 'SA',
  sun: 'SU',
};

/** 「RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231」, and the dates left out on a second line. */
export function printRule(rule: SeriesRule): string {
  const parts = [
    `FREQ=${FREQUENCY[rule.every]}`,
    ...(rule.interval === 1 ? [] : [`INTERVAL=${rule.interval}`]),
    ...(rule.byDay.length === 0
      ? []
      : [`BYDAY=${rule.byDay.map(({ day, nth }) => `${nth ?? ''}${SHORT[day]}`).join(',')}`]),
    ...(rule.byMonthDay.length === 0 ? [] : [`BYMONTHDAY=${rule.byMonthDay.join(',')}`]),
    ...(rule.until === undefined ? [] : [`UNTIL=${compact(rule.until)}`]),
    ...(rule.count === undefined ? [] : [`COUNT=${rule.count}`]),
  ];
  const except = rule.except.map(compact).join(',');
  return `RRULE:${parts.join(';')}${except === '' ? '' : `\nEXDATE;VALUE=DATE:${except}`}`;
}

/** Reads what `printRule` writes, and the same in another order. Undefined when it is no such rule, or asks for more than is known here. */
export function parseRule(text: string): SeriesRule | undefined {
  const lines = text.trim().split(/\r?\n/u);
  const body = /^RRULE:(.+)$/u.exec(lines[0] ?? '')?.[1];
  if (body === undefined || lines.length > 2) return undefined;
  const parts = new Map<string, string>();
  for (const part of body.split(';')) {
    const [name = '', value, more] = part.split('=');
    if (value === undefined || more !== undefined || parts.has(name) || !KNOWN.includes(name))
      return undefined;
    parts.set(name, value);
  }
  const every = everyOf(parts.get('FREQ'));
  const interval = numberIn(parts.get('INTERVAL') ?? '1', 1, 1_000);
  const byDay = all(parts.get('BYDAY'), byDayIn);
  const byMonthDay = all(parts.get('BYMONTHDAY'), monthDayIn);
  const except = lines[1] === undefined ? [] : exceptIn(lines[1]);
  const until = parts.has('UNTIL') ? dateIn(parts.get('UNTIL') ?? '') : null;
  const count = parts.has('COUNT') ? numberIn(parts.get('COUNT') ?? '', 1, 10_000) : null;
  if (!every || interval === undefined || !byDay || !byMonthDay || !except) return undefined;
  if (until === undefined || count === undefined || (until !== null && count !== null))
    return undefined;
  const rule: SeriesRule = {
    every,
    interval,
    byDay,
    byMonthDay,
    ...(until === null ? {} : { until }),
    ...(count === null ? {} : { count }),
    except,
  };
  return isSensible(rule) ? rule : undefined;
}

const KNOWN: readonly string[] = ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'UNTIL', 'COUNT'];

/** The nth weekday and days of the month are for months; days and weeks are told apart by weekdays only. */
export function isSensible({ every, byDay, byMonthDay }: SeriesRule): boolean {
  if (every !== 'month')
    return byMonthDay.length === 0 && byDay.every(({ nth }) => nth === undefined);
  return byDay.length === 0 || byMonthDay.length === 0;
}

/** How far a series goes, at most: so many dates, none behind `last`; and which days it skips. */
export type SeriesBounds = {
  readonly most: number;
  readonly last: Temporal.PlainDate;
  readonly skips?: (date: Temporal.PlainDate) => boolean;
};

/** The dates of a series from `start` on, in order, each once. `start` itself is one only if the rule says so. */
export function datesOf(
  rule: SeriesRule,
  start: Temporal.PlainDate,
  { most, last, skips }: SeriesBounds,
): readonly Temporal.PlainDate[] {
  const end = rule.until === undefined ? last : earlier(Temporal.PlainDate.from(rule.until), last);
  const except = new Set(rule.except);
  const wanted = rule.count ?? Number.POSITIVE_INFINITY;
  const found: Temporal.PlainDate[] = [];
  let counted = 0;
  for (const date of candidates(rule, start, end)) {
    if (counted >= wanted || found.length >= most) break;
    if (skips?.(date)) continue;
    counted++;
    if (!except.has(date.toString())) found.push(date);
  }
  return found;
}

/** Every date that the rhythm itself falls on, from `start` to `end`, in order. */
function* candidates(
  rule: SeriesRule,
  start: Temporal.PlainDate,
  end: Temporal.PlainDate,
): Generator<Temporal.PlainDate> {
  const first = stretchOf(rule, start);
  for (let round = 0; ; round++) {
    const from = first.add(step(rule, round));
    if (Temporal.PlainDate.compare(from, end) > 0) return;
    for (const date of inStretch(rule, from, start)) if (isWithin(date, start, end)) yield date;
  }
}

/** Where the day, the week (from Monday) or the month of a date begins. */
function stretchOf({ every }: SeriesRule, date: Temporal.PlainDate): Temporal.PlainDate {
  if (every === 'day') return date;
  return every === 'week' ? date.subtract({ days: date.dayOfWeek - 1 }) : date.with({ day: 1 });
}

const step = ({ every, interval }: SeriesRule, round: number): Temporal.DurationLike =>
  every === 'day'
    ? { days: interval * round }
    : every === 'week'
      ? { weeks: interval * round }
      : { months: interval * round };

/** The dates of one stretch, in order. Without a weekday or a day the rule has those of its `start`. */
function inStretch(
  rule: SeriesRule,
  from: Temporal.PlainDate,
  start: Temporal.PlainDate,
): readonly Temporal.PlainDate[] {
  const { every, byDay } = rule;
  if (every === 'day') return byDay.length === 0 || hasDay(byDay, from) ? [from] : [];
  const length = every === 'week' ? 7 : from.daysInMonth;
  const days = Array.from({ length }, (_, index) => from.add({ days: index }));
  if (byDay.length > 0) return days.filter((date) => hasDay(byDay, date));
  if (every === 'week') return days.filter((date) => date.dayOfWeek === start.dayOfWeek);
  const wanted = rule.byMonthDay.length > 0 ? rule.byMonthDay : [start.day];
  return days.filter(({ day }) => wanted.includes(day) || wanted.includes(day - length - 1));
}

const hasDay = (byDay: readonly ByDay[], date: Temporal.PlainDate): boolean =>
  byDay.some(({ day, nth }) => {
    if (weekdays[date.dayOfWeek - 1] !== day) return false;
    if (nth === undefined) return true;
    return nth > 0
      ? Math.ceil(date.day / 7) === nth
      : Math.ceil((date.daysInMonth - date.day + 1) / 7) === -nth;
  });

const earlier = (one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate =>
  Temporal.PlainDate.compare(one, other) <= 0 ? one : other;

const compact = (date: string): string => date.replaceAll('-', '');

/** The weekday of a short name, undefined for none. */
const dayNamed = (short: string): Weekday | undefined =>
  weekdays.find((day) => SHORT[day] === short);

const everyOf = (text: string | undefined): SeriesRule['every'] | undefined =>
  (['day', 'week', 'month'] as const).find((every) => FREQUENCY[every] === text);

function numberIn(text: string, least: number, most: number): number | undefined {
  if (!/^[+-]?\d{1,5}$/u.test(text)) return undefined;
  const value = Number(text);
  return value >= least && value <= most ? value : undefined;
}

function byDayIn(text: string): ByDay | undefined {
  const parts = /^([+-]?\d)?([A-Z]{2})$/u.exec(text);
  const day = dayNamed(parts?.[2] ?? '');
  if (!parts || !day) return undefined;
  if (parts[1] === undefined) return { day };
  const nth = numberIn(parts[1], -5, 5);
  return nth === undefined || nth === 0 ? undefined : { day, nth };
}

function monthDayIn(text: string): number | undefined {
  const day = numberIn(text, -31, 31);
  return day === 0 ? undefined : day;
}

/** A list whose every part can be read; empty without one. */
function all<T>(
  text: string | undefined,
  read: (part: string) => T | undefined,
): readonly T[] | undefined {
  if (text === undefined) return [];
  const parts = text.split(',').map(read);
  const good = parts.flatMap((part) => part ?? []);
  return good.length === parts.length ? good : undefined;
}

const exceptIn = (line: string): readonly string[] | undefined => {
  const dates = /^EXDATE;VALUE=DATE:(.+)$/u.exec(line)?.[1];
  return dates === undefined ? undefined : all(dates, dateIn);
};

function dateIn(text: string): string | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})$/u.exec(text);
  if (!parts) return undefined;
  try {
    return Temporal.PlainDate.from(`${parts[1]}-${parts[2]}-${parts[3]}`).toString();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
