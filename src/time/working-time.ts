/**
 * Adding and measuring working time: both walk the same openings of the calendar, so they are each other's inverse. What is
 * found is whole milliseconds; instants from elsewhere lose finer parts when they are moved.
 */
import type { Opening, WorkingCalendar } from './calendar.ts';
import { type Span, spanParts } from './spans.ts';

const MINUTE = 60_000;

/**
 * The instant at which `span` has run out since `start`: `m`, `h` on the wall clock; `d` to the same local time that many
 * days later; `wh`, `wd` in working time. A working span that runs out as the office closes ends at that closing, not at
 * the next opening.
 */
export function addSpan(
  start: Temporal.Instant,
  span: Span,
  calendar: WorkingCalendar,
): Temporal.Instant {
  const { count, unit } = spanParts(span);
  switch (unit) {
    case 'm':
      return start.add({ minutes: count });
    case 'h':
      return start.add({ hours: count });
    case 'd':
      return start.toZonedDateTimeISO(calendar.zone).add({ days: count }).toInstant();
    case 'wh':
      return addWorkingMinutes(start, count * 60, calendar);
    case 'wd':
      return addWorkingMinutes(start, count * calendar.minutesOfDay, calendar);
    default:
      return unit satisfies never;
  }
}

/** The instant at which a share (0.75 of it) of `span` has run out since `start`: when a promise is at 75 %. */
export function addShareOfSpan(
  start: Temporal.Instant,
  span: Span,
  share: number,
  calendar: WorkingCalendar,
): Temporal.Instant {
  const { count, unit } = spanParts(span);
  if (unit === 'wh') return addWorkingMinutes(start, count * 60 * share, calendar);
  if (unit === 'wd')
    return addWorkingMinutes(start, count * calendar.minutesOfDay * share, calendar);
  const whole = addSpan(start, span, calendar).epochMilliseconds - start.epochMilliseconds;
  return start.add({ milliseconds: Math.round(whole * share) });
}

/** `start` and so many working minutes (at least 0, fractions count). With 0 it is `start` itself. */
export function addWorkingMinutes(
  start: Temporal.Instant,
  minutes: number,
  calendar: WorkingCalendar,
): Temporal.Instant {
  if (!(minutes >= 0)) throw new RangeError(`Cannot add ${minutes} working minutes`);
  let left = Math.round(minutes * MINUTE);
  if (left === 0) return start;
  for (const opening of openingsFrom(start, calendar)) {
    const from = Math.max(opening.from.epochMilliseconds, start.epochMilliseconds);
    const length = opening.to.epochMilliseconds - from;
    if (left <= length) return Temporal.Instant.fromEpochMilliseconds(from + left);
    left -= length;
  }
  throw new RangeError('The calendar has no more openings');
}

/** Working minutes from `a` to `b`, a fraction where they lie within a minute; negative when `b` is before `a`. */
export function workingMinutesBetween(
  a: Temporal.Instant,
  b: Temporal.Instant,
  calendar: WorkingCalendar,
): number {
  if (Temporal.Instant.compare(a, b) > 0) return -workingMinutesBetween(b, a, calendar);
  const end = b.epochMilliseconds;
  let sum = 0;
  for (const opening of openingsFrom(a, calendar)) {
    if (opening.from.epochMilliseconds >= end) break;
    const from = Math.max(opening.from.epochMilliseconds, a.epochMilliseconds);
    sum += Math.min(opening.to.epochMilliseconds, end) - from;
  }
  return sum / MINUTE;
}

/** The first instant, not before `instant`, at which the office works. */
export function nextOpening(
  instant: Temporal.Instant,
  calendar: WorkingCalendar,
): Temporal.Instant {
  for (const { from } of openingsFrom(instant, calendar)) {
    return Temporal.Instant.compare(from, instant) < 0 ? instant : from;
  }
  throw new RangeError('The calendar has no more openings');
}

/** Whether the office works at this instant. */
export const isOpen = (instant: Temporal.Instant, calendar: WorkingCalendar): boolean =>
  nextOpening(instant, calendar).equals(instant);

/**
 * The date `count` working days after `date` (before it, when negative). With 0 it is `date` itself, or the next working day
 * when that is off.
 */
export function addWorkingDays(
  date: Temporal.PlainDate,
  count: number,
  calendar: WorkingCalendar,
): Temporal.PlainDate {
  const step = { days: count < 0 ? -1 : 1 };
  let left = Math.abs(count);
  let day = date;
  if (left === 0) while (!calendar.isWorkday(day)) day = day.add(step);
  while (left > 0) {
    day = day.add(step);
    if (calendar.isWorkday(day)) left--;
  }
  return day;
}

/** The openings that end after `instant`, in order. */
function* openingsFrom(instant: Temporal.Instant, calendar: WorkingCalendar): Generator<Opening> {
  const today = instant.toZonedDateTimeISO(calendar.zone).toPlainDate();
  for (let day = today; ; day = day.add({ days: 1 })) {
    for (const opening of calendar.openingsOn(day)) {
      if (Temporal.Instant.compare(opening.to, instant) > 0) yield opening;
    }
  }
}
