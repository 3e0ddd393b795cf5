import type { DayPart } from '../meaning.ts';
import type { Clock, Length } from './tree.ts';

/** Seconds of a day. Above it a clock time lies on the next one (24:00, two at night). */
const day = 86_400;
const halfDay = day / 2;

const secondsOf = ({ hour, minute, second }: Clock): number => hour * 3600 + minute * 60 + second;

/** Before 5 the night of a day belongs to the next morning: 晚上两点 is 02:00. */
const nightEnds = 5 * 3600;

/** A time said with a part of the day, in seconds from its midnight. */
function inPart(seconds: number, part: DayPart): number {
  const hour = Math.floor(seconds / 3600);
  if (hour > 12 || hour === 0) return seconds;
  switch (part) {
    case 'dawn':
      return hour === 12 ? seconds - halfDay : seconds;
    case 'am':
      return seconds;
    case 'noon':
      return hour < 6 ? seconds + halfDay : seconds;
    case 'pm':
      return hour === 12 ? seconds : seconds + halfDay;
    case 'evening':
      if (hour === 12) return seconds + halfDay;
      return seconds < nightEnds ? seconds + day : seconds + halfDay;
  }
}

function inHalf(seconds: number, half: 'am' | 'pm'): number {
  const noon = seconds >= halfDay && seconds < halfDay + 3600;
  if (half === 'am') return noon ? seconds - halfDay : seconds;
  return noon || seconds >= halfDay ? seconds : seconds + halfDay;
}

/** A bare hour from 1 to 6 is in the afternoon, 7 to 12 as it stands: the hours an office is open. */
const byItself = (clock: Clock): number => {
  const seconds = secondsOf(clock);
  return !clock.exact && clock.hour >= 1 && clock.hour <= 6 ? seconds + halfDay : seconds;
};

/** Seconds from midnight for a clock time; above a day it lies on the next one. */
export function clockSeconds(clock: Clock, part: DayPart | null): number {
  if (clock.half !== null) return inHalf(secondsOf(clock), clock.half);
  return part === null ? byItself(clock) : inPart(secondsOf(clock), part);
}

/** The end of a range without its own part of the day: in the half of the day of its start, and after it. */
export function endSeconds(clock: Clock, part: DayPart | null, start: number): number {
  const fixed = part !== null || clock.half !== null || clock.exact;
  let seconds = fixed ? clockSeconds(clock, part) : secondsOf(clock);
  const step = fixed ? day : halfDay;
  while (seconds <= start) seconds += step;
  return seconds;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** HH:MM:SS of the seconds of a day, the hours past midnight folded back. */
export function clockText(seconds: number): string {
  const within = ((seconds % day) + day) % day;
  return `${two(Math.floor(within / 3600))}:${two(Math.floor(within / 60) % 60)}:${two(within % 60)}`;
}

/** YYYY-MM-DDTHH:MM:SS */
export function momentText(date: Temporal.PlainDate, seconds: number): string {
  const days = Math.floor(seconds / day);
  const on = days === 0 ? date : date.add({ days });
  return `${on.toString()}T${clockText(seconds)}`;
}

/** A length in whole months, days and seconds, halves broken down: half a year is 6 months, half a day 12 hours. */
export type Exact = { readonly months: number; readonly days: number; readonly seconds: number };

/** Days of a month when half of one is asked for. */
const daysOfMonth = 30;

export function exactLength(length: Length): Exact {
  const months = (length.years ?? 0) * 12 + (length.months ?? 0);
  const days =
    (months % 1) * daysOfMonth +
    (length.weeks ?? 0) * 7 +
    (length.days ?? 0) +
    (length.workdays ?? 0);
  const seconds =
    (days % 1) * day +
    (length.hours ?? 0) * 3600 +
    (length.minutes ?? 0) * 60 +
    (length.seconds ?? 0);
  return { months: Math.trunc(months), days: Math.trunc(days), seconds: Math.round(seconds) };
}

const unit = (amount: number | undefined, letter: string): string =>
  amount === undefined || amount === 0 ? '' : `${amount}${letter}`;

const isWhole = (length: Length): boolean =>
  Object.values(length).every((amount) => Number.isInteger(amount));

/** ISO 8601 for a length whose units are whole as said (P4W, PT90M). */
function asSaid({ years, months, weeks, days, workdays, hours, minutes, seconds }: Length): string {
  const dated =
    unit(years, 'Y') +
    unit(months, 'M') +
    unit(weeks, 'W') +
    unit((days ?? 0) + (workdays ?? 0), 'D');
  const timed = unit(hours, 'H') + unit(minutes, 'M') + unit(seconds, 'S');
  return `P${dated}${timed === '' ? '' : `T${timed}`}`;
}

/** ISO 8601; P0D for nothing. */
export function lengthText(length: Length): string {
  const said = isWhole(length) ? asSaid(length) : broken(exactLength(length));
  return said === 'P' ? 'P0D' : said;
}

function broken({ months, days, seconds }: Exact): string {
  return asSaid({
    months,
    days,
    hours: Math.floor(seconds / 3600),
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
  });
}
