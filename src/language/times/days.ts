import type { Day, Period, Year } from './tree.ts';
import { figureOf } from '../numbers/figures.ts';
import { yearAt } from './containers.ts';
import { dateAt, weekdayName } from './dates.ts';
import type { DayOrPeriod } from './dates.ts';
import { festivalFigures } from './festivals.ts';
import type { Festival } from './festivals.ts';
import { isShort, lengthAt } from './lengths.ts';
import { isSign, numberIn, skip } from './parse.ts';
import type { Parse, Said } from './parse.ts';
import type { Tokens } from './tokens.ts';

const dayParse = (day: Day, next: number): Parse<DayOrPeriod> => ({ node: { day }, next });
const periodParse = (period: Period, next: number): Parse<DayOrPeriod> => ({
  node: { period },
  next,
});

/** 今天, 大后天, 次日, 第二天. */
function dayWord(tokens: Tokens, at: number): Parse<DayOrPeriod> | null {
  const token = tokens[at];
  if (token?.kind === 'day') return dayParse({ kind: 'offset', days: token.days }, at + 1);
  if (token?.kind === 'following') return dayParse({ kind: 'following' }, at + 1);
  const second =
    isSign(tokens, at, '第') &&
    numberIn(tokens, at + 1, 2, 2) !== null &&
    isSign(tokens, at + 2, '天');
  return second ? dayParse({ kind: 'following' }, at + 3) : null;
}

/** 明后两天, 今明两年. */
function neighbours(tokens: Tokens, at: number): Parse<DayOrPeriod> | null {
  const token = tokens[at];
  if (token?.kind !== 'neighbours') return null;
  const { first: from, last: to } = token;
  const counted = numberIn(tokens, at + 1, 2, 3) === null ? at + 1 : at + 2;
  if (counted > at + 1 && isSign(tokens, counted, '年'))
    return periodParse({ kind: 'years', from, to }, counted + 1);
  return periodParse({ kind: 'days', from, to }, skip(tokens, counted, '天', '日'));
}

/** 周六日, 周一二三: days of a week in a row. */
function weekdayRun(tokens: Tokens, at: number, week: number | null): Parse<DayOrPeriod> | null {
  const number = isSign(tokens, at, '周') ? numberIn(tokens, at + 1) : null;
  if (number === null || number.spaced) return null;
  const days = Array.from(number.written, (c) => figureOf(c) ?? 0);
  const sunday = days.at(-1) === 6 && isSign(tokens, at + 2, '日');
  if (sunday) days.push(7);
  const [first = 0] = days;
  if (days.length < 2 || days.some((day, index) => day !== first + index)) return null;
  return periodParse(
    { kind: 'weekdays', week, first, last: first + days.length - 1 },
    sunday ? at + 3 : at + 2,
  );
}

/** 周三, 下周三, 上上周末, 这一周. */
function weekOrDay(tokens: Tokens, at: number): Parse<DayOrPeriod> | null {
  const token = tokens[at];
  const week = token?.kind === 'relative' ? token.offset : null;
  const place = week === null ? at : at + 1;
  const weekday = weekdayName(tokens, place);
  const run = weekdayRun(tokens, place, week);
  if (run !== null) return run;
  if (weekday !== null)
    return dayParse({ kind: 'weekday', week, weekday: weekday.node }, weekday.next);
  if (isSign(tokens, place, '周末'))
    return periodParse({ kind: 'weekend', offset: week }, place + 1);
  if (week === null || !isSign(tokens, place, '周')) return null;
  if (isSign(tokens, place + 1, '末'))
    return periodParse({ kind: 'weekend', offset: week }, place + 2);
  return periodParse({ kind: 'week', offset: week }, place + 1);
}

/** Behind 五一, 六一, 八一 these make a street, a square, a school class, a movement, or count something. */
const festivalPlaces =
  /^(?:[路街桥村厂社区店宾楼室号班]|大[街道楼桥]|广场|公园|新村|商场|中学|小学|年级|运动|[个人位名台张本支盒包份件块元次天年月日点时分])/;

/** 十一 is eleven and 三八 a rude word unless a holiday is spoken of. */
const holidayWords = /^(?:国庆|放|假|期间|长假|小长|节|前|后|回来|当天)/;

function festivalNamed({ tokens, text }: Said, at: number): Parse<Festival> | null {
  const token = tokens[at];
  if (token?.kind === 'festival') return { node: token.festival, next: skip(tokens, at + 1, '节') };
  if (token?.kind !== 'number' || token.glued) return null;
  const festival = festivalFigures.get(token.written);
  const behind = text.slice(token.to, token.to + 2);
  const plain = token.written !== '十一' && token.written !== '三八';
  const meant = plain ? !festivalPlaces.test(behind) : holidayWords.test(behind);
  return festival !== undefined && meant
    ? { node: festival, next: skip(tokens, at + 1, '节') }
    : null;
}

/** 前一天 and 后一天 behind a festival. */
const shiftBehind = (tokens: Tokens, at: number): Parse<number> => {
  if (isSign(tokens, at, '前一天')) return { node: -1, next: at + 1 };
  return isSign(tokens, at, '后一天') ? { node: 1, next: at + 1 } : { node: 0, next: at };
};

function festival(said: Said, at: number): Parse<DayOrPeriod> | null {
  const year = yearAt(said.tokens, at, true);
  const place = year === null ? at : skip(said.tokens, year.next, '的');
  const named = festivalNamed(said, place);
  if (named === null) return null;
  const holiday = afterHoliday(said.tokens, named.next, named.node);
  if (holiday !== null) return holiday;
  const shift = shiftBehind(said.tokens, skip(said.tokens, named.next, '的'));
  return dayParse(
    { kind: 'festival', year: year?.node ?? null, festival: named.node, shift: shift.node },
    shift.next,
  );
}

type LunarMonth = { readonly month: number; readonly leap: boolean };

/** 正月, 腊月, 闰四月; 六月 only behind 农历. */
function lunarMonth(tokens: Tokens, at: number, marked: boolean): Parse<LunarMonth> | null {
  const token = tokens[at];
  if (token?.kind === 'lunarMonth')
    return { node: { month: token.month, leap: false }, next: at + 1 };
  const leap = isSign(tokens, at, '闰');
  const place = leap ? at + 1 : at;
  const number = leap || marked ? numberIn(tokens, place, 1, 12) : null;
  return number !== null && isSign(tokens, place + 1, '月')
    ? { node: { month: number.value, leap }, next: place + 2 }
    : null;
}

/** 初五, 廿二, 十五 within a lunar month. */
function lunarDay(tokens: Tokens, at: number): Parse<number> | null {
  const first = skip(tokens, at, '初');
  const number = numberIn(tokens, first, 1, first > at ? 10 : 30);
  return number === null ? null : { node: number.value, next: skip(tokens, first + 1, '日', '号') };
}

/** 农历八月十五, 腊月初十, 闰四月, 阴历二〇二一年六月. */
function lunar(tokens: Tokens, at: number): Parse<DayOrPeriod> | null {
  const marked = isSign(tokens, at, '农历');
  const year: Parse<Year> | null = yearAt(tokens, marked ? at + 1 : at, true);
  const place = skip(tokens, year?.next ?? (marked ? at + 1 : at), '农历');
  const month = lunarMonth(tokens, place, marked || place > (year?.next ?? place));
  if (month === null) return null;
  const day = lunarDay(tokens, month.next);
  const head = { year: year?.node ?? null, ...month.node };
  if (day === null) return periodParse({ kind: 'lunarMonth', ...head }, month.next);
  return dayParse({ kind: 'lunar', ...head, day: day.node }, day.next);
}

/** 后第一天, 节后第一个工作日, 后上班第一天: the n-th working day after the holiday. */
function afterHoliday(tokens: Tokens, at: number, of: Festival | null): Parse<DayOrPeriod> | null {
  if (!isSign(tokens, at, '后', '节后')) return null;
  const place = skip(tokens, skip(tokens, at + 1, '的'), '上班');
  const number = isSign(tokens, place, '第') ? numberIn(tokens, place + 1, 1, 10) : null;
  if (number === null || !isSign(tokens, place + 2, '天', '工作日')) return null;
  return dayParse({ kind: 'afterHoliday', festival: of, count: number.value }, place + 3);
}

/** 三天后, 两周前, 3个工作日后; hours and minutes give moments and are not days. */
function apart(tokens: Tokens, at: number): Parse<DayOrPeriod> | null {
  const length = lengthAt(tokens, at);
  if (length === null || isShort(length.node) || !isSign(tokens, length.next, '前', '后'))
    return null;
  const direction = isSign(tokens, length.next, '后') ? 1 : -1;
  return dayParse({ kind: 'apart', length: length.node, direction }, length.next + 1);
}

/** 下个工作日; 节后第一天, 节后第一个工作日. */
function workday(tokens: Tokens, at: number): Parse<DayOrPeriod> | null {
  const token = tokens[at];
  if (token?.kind === 'relative' && token.offset > 0 && isSign(tokens, at + 1, '工作日'))
    return dayParse({ kind: 'workday', count: token.offset }, at + 2);
  if (!isSign(tokens, at, '节后')) return null;
  return (
    afterHoliday(tokens, at, null) ??
    dayParse({ kind: 'afterHoliday', festival: null, count: 1 }, at + 1)
  );
}

/** A day or a stretch of days, in any of its forms. */
export function dayOrPeriodAt(said: Said, at: number): Parse<DayOrPeriod> | null {
  const { tokens } = said;
  return (
    dayWord(tokens, at) ??
    neighbours(tokens, at) ??
    weekOrDay(tokens, at) ??
    festival(said, at) ??
    workday(tokens, at) ??
    apart(tokens, at) ??
    lunar(tokens, at) ??
    dateAt(said, at)
  );
}
