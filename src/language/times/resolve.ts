import type { DayPart, TimeValue } from '../meaning.ts';
import { isBefore } from './calendar.ts';
import type { Days } from './calendar.ts';
import { isShort } from './lengths.ts';
import {
  clockSeconds,
  clockText,
  endSeconds,
  exactLength,
  lengthText,
  momentText,
} from './moments.ts';
import { resolveDay, resolvePeriod, shifted } from './resolve-days.ts';
import type { Spoken } from './resolve-days.ts';
import type { Day, End, Expression, Length, Point, Repeat } from './tree.ts';

type PlainDate = Temporal.PlainDate;

/** One end of a range on the calendar: days, and seconds from the midnight of the first where an hour is said. */
type Placed = { readonly days: Days | null; readonly seconds: number | null };

const oneDay = (date: PlainDate): Days => ({ start: date, end: date });

/** Places an end; null where it names a day that does not exist. `after`: the start of the range it closes. */
function placed(end: End, spoken: Spoken, after: Placed | null): Placed | null {
  if (end.kind === 'period') {
    const days = resolvePeriod(end.period, spoken);
    return days === null ? null : { days, seconds: null };
  }
  const date = end.day === null ? null : resolveDay(end.day, spoken);
  if (end.day !== null && date === null) return null;
  const days = date === null ? null : oneDay(date);
  return { days, seconds: end.clock === null ? null : hourOf(end, days, after) };
}

/** What begins from here on and ends 次日1点 runs through the night: 17:00, in seconds. */
const evening = 17 * 3600;

/** On the day of the start, the hour comes after that of the start; on another day it is read by itself. */
function hourOf(
  { clock, part, day }: Point,
  days: Days | null,
  after: Placed | null,
): number | null {
  if (clock === null) return null;
  const first = after?.seconds ?? null;
  if (first !== null && first >= evening && day?.kind === 'following' && part === null)
    return clockSeconds(clock, 'dawn');
  const sameDay = days === null || (after?.days ?? null)?.start.equals(days.start) === true;
  return first !== null && sameDay ? endSeconds(clock, part, first) : clockSeconds(clock, part);
}

const withPart = (part: DayPart | null): { readonly part?: DayPart } =>
  part === null ? {} : { part };

function resolvePoint(point: Point, spoken: Spoken): TimeValue | null {
  const found = placed(point, spoken, null);
  if (found === null) return null;
  const { days, seconds } = found;
  if (days === null)
    return seconds === null
      ? { type: 'time', ...withPart(point.part) }
      : { type: 'time', start: clockText(seconds) };
  if (seconds !== null) return { type: 'datetime', start: momentText(days.start, seconds) };
  return { type: 'date', start: days.start.toString(), ...withPart(point.part) };
}

function dayRange({ start, end }: Days): TimeValue | null {
  if (isBefore(end, start)) return null;
  const value = { start: start.toString(), end: end.toString() };
  return value.start === value.end
    ? { type: 'date', start: value.start }
    : { type: 'daterange', ...value };
}

function momentRange(from: PlainDate, start: number, to: PlainDate, end: number): TimeValue | null {
  const value = { start: momentText(from, start), end: momentText(to, end) };
  return value.end < value.start ? null : { type: 'datetimerange', ...value };
}

function resolveRange(from: End, to: End, spoken: Spoken): TimeValue | null {
  const start = placed(from, spoken, null);
  if (start === null) return null;
  const end = placed(
    to,
    { ...spoken, start: start.days?.start ?? (hasFollowing(to) ? spoken.today : null) },
    start,
  );
  return end === null ? null : between(start, end, spoken);
}

const hasFollowing = (end: End): boolean => end.kind === 'point' && end.day?.kind === 'following';

/** Both ends are known: clock times, moments or days. An hour without a day is on the day of the other end, or today. */
function between(start: Placed, end: Placed, spoken: Spoken): TimeValue | null {
  if (start.seconds !== null && end.seconds !== null) {
    if (start.days === null && end.days === null)
      return { type: 'timerange', start: clockText(start.seconds), end: clockText(end.seconds) };
    const from = start.days?.start ?? spoken.today;
    return momentRange(from, start.seconds, end.days?.start ?? from, end.seconds);
  }
  if (start.days === null || end.days === null) return null;
  return dayRange({ start: start.days.start, end: end.days.end });
}

/** From an end on. A part of the day has no hour to begin at (昨天下午开始): it stays the day and the part. */
function resolveSince(from: End, spoken: Spoken): TimeValue | null {
  const found = placed(from, spoken, null);
  if (found === null) return null;
  const { days, seconds } = found;
  if (days === null)
    return seconds === null
      ? resolveEnd(from, spoken)
      : { type: 'timerange', start: clockText(seconds), end: null };
  if (seconds !== null)
    return { type: 'datetimerange', start: momentText(days.start, seconds), end: null };
  if (from.kind === 'point' && from.part !== null) return resolveEnd(from, spoken);
  return { type: 'daterange', start: days.start.toString(), end: null };
}

/** The last day before the bound. Before a whole stretch of days is before its first; a single day itself still counts. */
const lastDay = (to: End, days: Days, through: boolean): PlainDate =>
  to.kind === 'period' && !through ? days.start.subtract({ days: 1 }) : days.end;

function resolveUntil(to: End, through: boolean, spoken: Spoken): TimeValue | null {
  const found = placed(to, spoken, null);
  if (found === null) return null;
  const { days, seconds } = found;
  if (days === null && seconds !== null)
    return { type: 'timerange', start: null, end: clockText(seconds) };
  if (days !== null && seconds !== null)
    return { type: 'datetimerange', start: null, end: momentText(days.start, seconds) };
  const end = days === null ? spoken.today : lastDay(to, days, through);
  return { type: 'daterange', start: null, end: end.toString() };
}

function resolveEnd(end: End, spoken: Spoken): TimeValue | null {
  if (end.kind === 'point') return resolvePoint(end, spoken);
  const days = resolvePeriod(end.period, spoken);
  return days === null ? null : dayRange(days);
}

const momentOf = (moment: Temporal.PlainDateTime): string =>
  moment.toString({ smallestUnit: 'second' });

function movedBy(
  now: Temporal.PlainDateTime,
  length: Length,
  direction: 1 | -1,
): Temporal.PlainDateTime {
  const { months, days, seconds } = exactLength(length);
  return now.add({
    months: months * direction,
    days: days * direction,
    seconds: seconds * direction,
  });
}

function resolveWithin(length: Length, direction: 1 | -1, spoken: Spoken): TimeValue | null {
  const { today } = spoken;
  if (isShort(length)) {
    const now = spoken.now();
    const other = movedBy(now, length, direction);
    const [start, end] = direction === 1 ? [now, other] : [other, now];
    return { type: 'datetimerange', start: momentOf(start), end: momentOf(end) };
  }
  const other = shifted(today, length, direction, spoken);
  if (other === null) return null;
  return dayRange(direction === 1 ? { start: today, end: other } : { start: other, end: today });
}

/** From a point on for a length: hours from a clock time, days from a day, which counts as the first. */
function resolveLasting(from: Point, length: Length, spoken: Spoken): TimeValue | null {
  const found = placed(from, spoken, null);
  if (found === null) return null;
  const { days, seconds } = found;
  if (isShort(length)) {
    if (seconds === null) return null;
    const end = seconds + exactLength(length).seconds + exactLength(length).days * 86_400;
    return days === null
      ? { type: 'timerange', start: clockText(seconds), end: clockText(end) }
      : momentRange(days.start, seconds, days.start, end);
  }
  const last = days === null ? null : shifted(days.start.subtract({ days: 1 }), length, 1, spoken);
  return days === null || last === null ? null : dayRange({ start: days.start, end: last });
}

function resolveList(list: readonly Day[], spoken: Spoken): TimeValue | null {
  const dates: PlainDate[] = [];
  for (const day of list) {
    const previous = dates.at(-1);
    const date = resolveDay(day, { ...spoken, start: previous ?? null });
    if (date === null || (previous !== undefined && !date.equals(previous.add({ days: 1 }))))
      return null;
    dates.push(date);
  }
  const [start] = dates;
  const end = dates.at(-1);
  return start === undefined || end === undefined ? null : dayRange({ start, end });
}

function resolveRepeat({ every, weekdays, monthdays, nth, at, until }: Repeat): TimeValue {
  const time = at?.clock == null ? null : clockSeconds(at.clock, at.part);
  const end =
    until?.clock == null || time === null ? null : endSeconds(until.clock, until.part, time);
  return {
    type: 'set',
    every: lengthText(every),
    ...(weekdays.length > 0 ? { weekdays } : {}),
    ...(monthdays.length > 0 ? { monthdays } : {}),
    ...(nth === null ? {} : { nth }),
    ...(time === null ? withPart(at?.part ?? null) : { time: clockText(time) }),
    ...(end === null ? {} : { end: clockText(end) }),
  };
}

/** What an expression means at the moment it is said; null where it names nothing that exists, or runs backwards. */
export function resolve(expression: Expression, spoken: Spoken): TimeValue | null {
  switch (expression.kind) {
    case 'point':
    case 'period':
      return resolveEnd(expression, spoken);
    case 'now':
      return { type: 'datetime', start: momentOf(spoken.now()) };
    case 'length':
      return { type: 'duration', value: lengthText(expression.length) };
    case 'shifted':
      return {
        type: 'datetime',
        start: momentOf(movedBy(spoken.now(), expression.length, expression.direction)),
      };
    case 'within':
      return resolveWithin(expression.length, expression.direction, spoken);
    case 'range':
      return resolveRange(expression.from, expression.to, spoken);
    case 'since':
      return resolveSince(expression.from, spoken);
    case 'until':
      return resolveUntil(expression.to, expression.through, spoken);
    case 'closing':
      return resolveUntil(expression.to, true, spoken);
    case 'days':
      return resolveList(expression.days, spoken);
    case 'lasting':
      return resolveLasting(expression.from, expression.length, spoken);
    case 'repeat':
      return resolveRepeat(expression);
  }
}
