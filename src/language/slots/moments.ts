import type { DayPart, TimeValue } from '../meaning.ts';

/** One sort of time value. */
export type Of<T extends TimeValue['type']> = Extract<TimeValue, { type: T }>;
type ClockTime = Of<'time'> | Of<'timerange'>;

/** First and last day of a value; null where it is open. */
export type Days = { readonly start: string | null; readonly end: string | null };

/** Afternoon words lift a morning clock time, and morning words lower an afternoon one (3点 alone is read as 15:00). */
function clockIn(clock: string, part: DayPart | undefined): string {
  const hour = Number(clock.slice(0, 2));
  const late = part === 'pm' || part === 'evening';
  if (late && hour < 12 && hour > 0) return `${String(hour + 12)}${clock.slice(2)}`;
  if ((part === 'am' || part === 'dawn') && hour > 12)
    return `${String(hour - 12).padStart(2, '0')}${clock.slice(2)}`;
  return clock;
}

const later = (moment: string, length: string): string =>
  Temporal.PlainDateTime.from(moment).add(length).toString({ smallestUnit: 'second' });

/** A day and clock times of that day as one value; an end before its start is on the next day. */
export function onDay(day: string, part: DayPart | undefined, clock: ClockTime): TimeValue {
  const moment = (time: string): string => `${day}T${clockIn(time, part)}`;
  if (clock.type === 'time') {
    if (clock.start !== undefined) return { type: 'datetime', start: moment(clock.start) };
    return { type: 'date', start: day, ...(clock.part === undefined ? {} : { part: clock.part }) };
  }
  const start = clock.start === null ? null : moment(clock.start);
  const end = clock.end === null ? null : moment(clock.end);
  const past = start !== null && end !== null && end < start;
  return { type: 'datetimerange', start, end: past ? later(end, 'P1D') : end };
}

/** Whether a length is of hours and minutes. */
export const isClockLength = (length: string): boolean => length.includes('T');

/** The last day of a stay that begins on a day and lasts so many days, the first one counted. */
export const lastDay = (start: string, length: string): string =>
  Temporal.PlainDate.from(start).add(length).subtract({ days: 1 }).toString();

/** A start and a length as a range; null when they do not go together (an hour from a day, three days from three o'clock). */
export function lasting(value: TimeValue, length: string): TimeValue | null {
  if (!isClockLength(length)) return lastingDays(value, length);
  const open = value.type === 'datetimerange' && value.end === null ? value.start : null;
  const start = value.type === 'datetime' ? value.start : open;
  if (start !== null) return { type: 'datetimerange', start, end: later(start, length) };
  if (value.type !== 'time' || value.start === undefined) return null;
  const end = Temporal.PlainTime.from(value.start).add(length);
  return { type: 'timerange', start: value.start, end: end.toString({ smallestUnit: 'second' }) };
}

function lastingDays(value: TimeValue, length: string): TimeValue | null {
  const days = daysOf(value);
  const open = days !== null && (days.end === null || days.end === days.start);
  return days === null || days.start === null || !open
    ? null
    : asDays({ start: days.start, end: lastDay(days.start, length) });
}

/** The days a value covers; null when it names none. */
export function daysOf(value: TimeValue): Days | null {
  switch (value.type) {
    case 'date':
    case 'datetime':
      return { start: value.start.slice(0, 10), end: value.start.slice(0, 10) };
    case 'daterange':
    case 'datetimerange':
      return { start: value.start?.slice(0, 10) ?? null, end: value.end?.slice(0, 10) ?? null };
    case 'time':
    case 'timerange':
    case 'duration':
    case 'set':
      return null;
  }
}

/** Days as a value. */
export const asDays = ({ start, end }: Days): Of<'date'> | Of<'daterange'> =>
  start !== null && start === end ? { type: 'date', start } : { type: 'daterange', start, end };

/** A recurring time with a clock time said elsewhere. */
export function withClock(repeated: Of<'set'>, clock: ClockTime | undefined): Of<'set'> {
  if (repeated.time !== undefined || clock?.start === undefined || clock.start === null)
    return repeated;
  const { part, ...rest } = repeated;
  const time = clockIn(clock.start, part);
  return clock.type === 'timerange' && clock.end !== null
    ? { ...rest, time, end: clockIn(clock.end, part) }
    : { ...rest, time };
}

/** 下周一4点半的周会，以后每周: weekday and clock time of the first one hold for all. */
export function fromFirst(repeated: Of<'set'>, first: string | null | undefined): Of<'set'> {
  if (
    first === undefined ||
    first === null ||
    repeated.every !== 'P1W' ||
    repeated.weekdays !== undefined
  )
    return repeated;
  const day = Temporal.PlainDate.from(first.slice(0, 10)).dayOfWeek;
  return { ...repeated, weekdays: [day], time: repeated.time ?? first.slice(11) };
}

/** A start with an end named later, apart from it (明早8点半…开到9点); as it was when the end does not fit. */
export function closedAt(value: Of<'datetime'> | Of<'datetimerange'>, end: string): TimeValue {
  if (value.start === null || (value.type === 'datetimerange' && value.end !== null)) return value;
  const to = `${value.start.slice(0, 10)}T${clockIn(end, halfOf(value.start))}`;
  return to > value.start ? { type: 'datetimerange', start: value.start, end: to } : value;
}

const halfOf = (moment: string | null): DayPart | undefined =>
  moment !== null && moment.slice(11, 13) >= '12' ? 'pm' : undefined;

/** New values over old ones: a corrected hour keeps the day, a corrected day keeps the hour. */
export function amended(old: TimeValue, next: TimeValue): TimeValue {
  if (next.type === 'time' || next.type === 'timerange') return newClock(old, next);
  if (next.type === 'date' && next.part === undefined) return newDay(old, next.start) ?? next;
  return next;
}

function newClock(old: TimeValue, next: ClockTime): TimeValue {
  const day = old.type === 'time' || old.type === 'set' ? null : daysOf(old)?.start;
  if (day === null || day === undefined) return next;
  const half =
    old.type === 'datetime' || old.type === 'datetimerange' ? halfOf(old.start) : undefined;
  return onDay(day, old.type === 'date' ? old.part : half, next);
}

function newDay(old: TimeValue, day: string): TimeValue | null {
  const moved = (moment: string): string => `${day}T${moment.slice(11)}`;
  if (old.type === 'datetime') return { type: 'datetime', start: moved(old.start) };
  if (old.type === 'date' && old.part !== undefined) return { ...old, start: day };
  if (old.type !== 'datetimerange' || old.start === null || old.end === null) return null;
  return { type: 'datetimerange', start: moved(old.start), end: moved(old.end) };
}

/** Nearest such time that is over: dates without a year are read forward, minutes are of meetings that were. */
export function inThePast(value: TimeValue, words: string, today: string): TimeValue {
  const isDay = value.type === 'date' || (value.type === 'daterange' && value.end === null);
  const start = isDay ? value.start : null;
  if (!isDay || start === null || start <= today || /明天|后天|下|年/.test(words)) return value;
  const back = /月|\d[./-]\d/.test(words) ? 'P1Y' : /周|星期|礼拜/.test(words) ? 'P7D' : 'P1M';
  return { ...value, start: Temporal.PlainDate.from(start).subtract(back).toString() };
}
