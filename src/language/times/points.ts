import type { DayPart } from '../meaning.ts';
import type { Clock, Day, End, Point } from './tree.ts';
import { clockAt, isOneOClock } from './clocks.ts';
import { weekdayName } from './dates.ts';
import { isDotted } from './figure-dates.ts';
import { dayOrPeriodAt } from './days.ts';
import { isSign, numberIn, skip } from './parse.ts';
import type { Parse, Said } from './parse.ts';
import type { Tokens } from './tokens.ts';

/** Words between a day and its hour that add nothing: 当天, 上班第一天, 的. */
function skipFiller(tokens: Tokens, at: number): number {
  let next = skip(tokens, at, '当天', '期间');
  if (
    isSign(tokens, next, '上班') &&
    isSign(tokens, next + 1, '第') &&
    isSign(tokens, next + 3, '天')
  )
    next += 4;
  return next;
}

/** (周三) or 周三 behind a date repeats it. */
function skipWeekday(tokens: Tokens, at: number): number {
  const open = skip(tokens, at, '(');
  const named = weekdayName(tokens, open);
  if (named === null) return at;
  if (open === at) return named.next;
  return isSign(tokens, named.next, ')') ? named.next + 1 : at;
}

/** 全天, 一天, 两天 behind a day or a weekend says how much of it, which it has anyway. */
function skipWhole(tokens: Tokens, at: number, most: number): number {
  const place = skip(tokens, at, '全天');
  if (place > at) return place;
  return numberIn(tokens, at, 1, most) !== null &&
    isSign(tokens, at + 1, '天') &&
    !isSign(tokens, at + 2, '前', '后', '内', '半')
    ? at + 2
    : at;
}

/** 下周三5月6号: the more exact one of two names of one day, the date, counts. */
function dateBehindWeekday(said: Said, at: number): Parse<Day> | null {
  const open = skip(said.tokens, skip(said.tokens, at, '('), ',');
  const found = dayOrPeriodAt(said, open);
  if (found === null || !('day' in found.node) || found.node.day.kind !== 'date') return null;
  return { node: found.node.day, next: skip(said.tokens, found.next, ')') };
}

function exactDay(said: Said, day: Day, next: number): Parse<Day> {
  const { tokens } = said;
  if (day.kind === 'weekday') return dateBehindWeekday(said, next) ?? { node: day, next };
  const named = day.kind === 'date' || day.kind === 'offset' || day.kind === 'festival';
  return { node: day, next: named ? skipWeekday(tokens, next) : next };
}

/** A part of the day; the short ones (早, 晚) only before a clock time. */
function partAt(said: Said, at: number): Parse<DayPart> | null {
  const token = said.tokens[at];
  if (token?.kind !== 'part') return null;
  return token.short && clockAt(said, at + 1) === null ? null : { node: token.part, next: at + 1 };
}

type HourFound = { readonly part: DayPart | null; readonly clock: Clock | null };

/** A part of the day and a clock time, one of them at least; 左右 behind. */
function hourAt(said: Said, at: number): Parse<HourFound> | null {
  const { tokens } = said;
  const part = partAt(said, at);
  const place = part === null ? at : skip(tokens, part.next, '的');
  const clock = clockAt(said, place);
  if (clock !== null) {
    const next = skip(tokens, skip(tokens, clock.next, '整'), '左右');
    return { node: { part: part?.node ?? null, clock: clock.node }, next };
  }
  return part === null
    ? null
    : { node: { part: part.node, clock: null }, next: skip(tokens, part.next, '左右') };
}

const pointOf = (day: Day | null, hour: HourFound | null): Point => ({
  kind: 'point',
  day,
  part: hour?.part ?? null,
  clock: hour?.clock ?? null,
});

/** A clock time without a day: numbers that hang on letters are none (A3点), nor is 一点 meaning "a little". */
function bareHour(said: Said, at: number): Parse<Point> | null {
  const hour = hourAt(said, at);
  if (hour === null || said.tokens[at]?.glued === true) return null;
  if (hour.node.part === null && !isOneOClock(said, at, hour.next)) return null;
  return { node: pointOf(null, hour.node), next: hour.next };
}

/** A day with the hour said after it; a comma may stand between. 早 and 晚 directly behind are parts of the day (7号晚). */
function dayWithHour(said: Said, day: Day, next: number): Parse<Point> {
  const { tokens } = said;
  const filled = skipFiller(tokens, next);
  const place = skip(tokens, skip(tokens, filled, '的'), ',', '从');
  const hour = hourAt(said, place);
  if (hour !== null) return { node: pointOf(day, hour.node), next: hour.next };
  const part = tokens[next];
  if (part?.kind === 'part')
    return { node: { ...pointOf(day, null), part: part.part }, next: next + 1 };
  return { node: pointOf(day, null), next: skip(tokens, skipWhole(tokens, filled, 1), '左右') };
}

/** What stands at one end of a range, or alone. `dotted`: 3.18, whose surroundings must say that it is a date. */
export type EndFound = Parse<End> & { readonly dotted: boolean };

/** A point in time or a stretch of days. */
export function endAt(said: Said, at: number): EndFound | null {
  const { tokens } = said;
  const found = dayOrPeriodAt(said, at);
  if (found === null) {
    const hour = bareHour(said, at);
    return hour === null ? null : { ...hour, dotted: false };
  }
  if ('period' in found.node) {
    const next = skipWhole(tokens, found.next, 7);
    return {
      node: { kind: 'period', period: found.node.period },
      next: skip(tokens, next, '期间'),
      dotted: false,
    };
  }
  const day = exactDay(said, found.node.day, found.next);
  const point = dayWithHour(said, day.node, day.next);
  const dotted = isDotted(said, at, found.next) && point.next === found.next;
  return { ...point, dotted };
}
