import type { Calendar, Day, Period, Year } from './tree.ts';
import { calendarAt } from './containers.ts';
import { unitIn } from './lengths.ts';
import { fullDateAt, pairAt } from './figure-dates.ts';
import { isSign, numberIn, skip } from './parse.ts';
import type { Parse, Said } from './parse.ts';
import { isCounting } from './clocks.ts';
import type { Tokens } from './tokens.ts';

/** A named day or a stretch of days. */
export type DayOrPeriod = { readonly day: Day } | { readonly period: Period };

const dayParse = (day: Day, next: number): Parse<{ readonly day: Day }> => ({
  node: { day },
  next,
});
const periodParse = (period: Period, next: number): Parse<{ readonly period: Period }> => ({
  node: { period },
  next,
});

/** Behind N号 these make it a building, a line, a machine, a battery: no day. */
const numbered =
  /^(?:\s?\d{1,3}[节粒颗板对]|楼|会议|门|厅|机|院|馆|库|仓|车|桌|柜|座|位|工位|工作|电梯|出口|入口|口|打印|窗|厂|房|室|店|文件|文(?!档)|令|章|公告|岛|实验|单|员工|电池|干电|线|字|套|孔|钉|针|箱|屏|灯|投影|设备|服务器|路|通道|航站|站|公寓|公司|宿舍|坑|间|店)/;

/** Before N号 these make it a house number, an extension, a document number. */
const addressed = /(?:[路街巷弄第宅机工编单证尾]|大道|胡同|文件|分机|[a-z])$/;

/** Whether 15号 at `at` is a day of the month and not number fifteen of something. */
function isDayNumber({ tokens, text }: Said, at: number): boolean {
  const number = tokens[at];
  const sign = tokens[at + 1];
  if (number === undefined || sign === undefined) return false;
  if (isSign(tokens, at - 1, '月')) return false;
  if (isSign(tokens, at + 1, '日')) return true;
  return (
    !numbered.test(text.slice(sign.to, sign.to + 3)) &&
    !addressed.test(text.slice(Math.max(0, number.from - 2), number.from))
  );
}

/** Whether 号 or 日 follows, possibly only behind the second of 15-18号. */
function hasDaySign(tokens: Tokens, at: number): boolean {
  if (isSign(tokens, at + 1, '号', '日')) return true;
  const shared =
    isSign(tokens, at + 1, '到', '-', '和') && numberIn(tokens, at + 2, 1, 31) !== null;
  return shared && isSign(tokens, at + 3, '号', '日');
}

/** 15号 alone. */
function monthday(said: Said, at: number): Parse<{ readonly day: Day }> | null {
  const { tokens } = said;
  const number = numberIn(tokens, at, 1, 31);
  if (number === null || number.glued || !hasDaySign(tokens, at)) return null;
  const own = isSign(tokens, at + 1, '号', '日');
  if (!isDayNumber(said, own ? at : at + 2)) return null;
  if (own && isSign(tokens, at + 1, '日') && isSign(tokens, at + 2, '内')) return null;
  return dayParse({ kind: 'date', year: null, month: null, day: number.value }, at + (own ? 2 : 1));
}

/** The year and month a day of the month belongs to. */
const dateIn = (within: Extract<Calendar, { kind: 'month' }>, day: number): Day => ({
  kind: 'date',
  year: within.year,
  month: within.month,
  day,
});

/** 廿二 and 卅 are only said of the Chinese calendar, unless 号 follows. */
const lunarFigure = (written: string): boolean => /^[廿卅]/.test(written);

/** A lunar day of a month said in plain words: 九月廿二, 三月初三, and 八月十五 with no year in figures. */
function plainLunar(
  tokens: Tokens,
  at: number,
  within: Extract<Calendar, { kind: 'month' }>,
): Parse<{ readonly day: Day }> | null {
  if ('offset' in within.month) return null;
  const first = isSign(tokens, at, '初');
  const number = numberIn(tokens, first ? at + 1 : at, 1, first ? 10 : 30);
  if (number === null || isSign(tokens, at + 1, '号', '日')) return null;
  const moonCake =
    number.written === '十五' &&
    within.month.absolute === 8 &&
    (within.year === null || 'offset' in within.year);
  if (!first && !moonCake && !lunarFigure(number.written)) return null;
  const { year, month } = within;
  return dayParse(
    { kind: 'lunar', year, month: month.absolute, leap: false, day: number.value },
    at + (first ? 2 : 1),
  );
}

/** 3月15日; the suffix may be missing (3月15) where nothing is counted. */
function dayOfMonth(
  said: Said,
  at: number,
  within: Extract<Calendar, { kind: 'month' }>,
): Parse<{ readonly day: Day }> | null {
  const { tokens } = said;
  const place = skip(tokens, at, '的');
  const number = numberIn(tokens, place, 1, 31);
  if (number === null) return null;
  if (isSign(tokens, place + 1, '号', '日'))
    return dayParse(dateIn(within, number.value), place + 2);
  const counted =
    unitIn(tokens, place + 1) !== null || isSign(tokens, place + 1, '个', '点', '时', ':', '月');
  if (place > at || counted || isCounting(said, place + 1)) return null;
  return dayParse(dateIn(within, number.value), place + 1);
}

/** 月底, 年初; 最后一天. */
function edge(tokens: Tokens, at: number, within: Calendar): Parse<{ readonly day: Day }> | null {
  if (isSign(tokens, at, '底', '末')) return dayParse({ kind: 'nthDay', within, nth: -1 }, at + 1);
  if (isSign(tokens, at, '初')) return dayParse({ kind: 'nthDay', within, nth: 1 }, at + 1);
  if (!isSign(tokens, at, '最后')) return null;
  const place = numberIn(tokens, at + 1, 1, 1) === null ? at + 1 : at + 2;
  return isSign(tokens, place, '天')
    ? dayParse({ kind: 'nthDay', within, nth: -1 }, place + 1)
    : null;
}

/** Behind 第n or 最后: which one of them. */
export function ordinal(tokens: Tokens, at: number): Parse<number> | null {
  if (isSign(tokens, at, '最后'))
    return { node: -1, next: numberIn(tokens, at + 1, 1, 1) === null ? at + 1 : at + 2 };
  const number = isSign(tokens, at, '第') ? numberIn(tokens, at + 1, 1, 366) : null;
  return number === null ? null : { node: number.value, next: at + 2 };
}

/** The day of the week behind 周, or an English name. */
export function weekdayName(tokens: Tokens, at: number): Parse<number> | null {
  const token = tokens[at];
  if (token?.kind === 'weekday') return { node: token.weekday, next: at + 1 };
  if (!isSign(tokens, at, '周')) return null;
  if (isSign(tokens, at + 1, '日', '天')) return { node: 7, next: at + 2 };
  const number = numberIn(tokens, at + 1, 1, 6);
  return number !== null && number.written.length === 1 && !number.spaced
    ? { node: number.value, next: at + 2 }
    : null;
}

/** 第二个星期三, 第三周, 第十天. */
function nth(tokens: Tokens, at: number, within: Calendar): Parse<DayOrPeriod> | null {
  const which = ordinal(tokens, at);
  if (which === null) return null;
  if (isSign(tokens, which.next, '天'))
    return dayParse({ kind: 'nthDay', within, nth: which.node }, which.next + 1);
  const place = skip(tokens, which.next, '个');
  const weekday = weekdayName(tokens, place);
  if (weekday !== null)
    return dayParse(
      { kind: 'nthWeekday', within, nth: which.node, weekday: weekday.node },
      weekday.next,
    );
  return isSign(tokens, place, '周')
    ? periodParse({ kind: 'nthWeek', within, nth: which.node }, place + 1)
    : null;
}

/** 今年前五个月, 前两个季度 */
function firstMonths(tokens: Tokens, at: number, year: Year): Parse<DayOrPeriod> | null {
  const number = isSign(tokens, at, '前') ? numberIn(tokens, at + 1, 1, 12) : null;
  const place = skip(tokens, at + 2, '个');
  if (number === null) return null;
  if (isSign(tokens, place, '季度'))
    return periodParse({ kind: 'firstMonths', year, count: number.value * 3 }, place + 1);
  if (place === at + 2 || !isSign(tokens, place, '月')) return null;
  return periodParse({ kind: 'firstMonths', year, count: number.value }, place + 1);
}

/** 3月中旬; 中旬 alone is of the present month. */
function tenDays(tokens: Tokens, at: number, within: Calendar): Parse<DayOrPeriod> | null {
  const token = tokens[at];
  return token?.kind === 'tenDays'
    ? periodParse({ kind: 'tenDays', within, third: token.third }, at + 1)
    : null;
}

/** A month, quarter or year and what is picked out of it: a day, a week, its end. */
function inCalendar(said: Said, at: number): Parse<DayOrPeriod> | null {
  const { tokens } = said;
  const found = calendarAt(tokens, at);
  if (found === null || tokens[at]?.glued === true) return null;
  const { node, next } = found;
  const place = skip(tokens, next, '的');
  const months = node.kind === 'year' ? firstMonths(tokens, next, node.year) : null;
  const dates =
    node.kind === 'month' ? (plainLunar(tokens, next, node) ?? dayOfMonth(said, next, node)) : null;
  const picked =
    edge(tokens, place, node) ?? tenDays(tokens, place, node) ?? nth(tokens, place, node);
  return months ?? dates ?? picked ?? periodParse(node, next);
}

const presentMonth: Calendar = { kind: 'month', year: null, month: { offset: 0 } };

/** 月底, 年初, 月末, 中旬 of the present month or year. */
function presentPart(tokens: Tokens, at: number): Parse<DayOrPeriod> | null {
  if (tokens[at]?.kind === 'tenDays') return tenDays(tokens, at, presentMonth);
  if (isSign(tokens, at, '月')) return edge(tokens, at + 1, presentMonth);
  return isSign(tokens, at, '年')
    ? edge(tokens, at + 1, { kind: 'year', year: { offset: 0 } })
    : null;
}

/** A date of the Gregorian calendar, or a part of it. */
export function dateAt(said: Said, at: number): Parse<DayOrPeriod> | null {
  const { tokens } = said;
  return (
    fullDateAt(said, at) ??
    inCalendar(said, at) ??
    pairAt(said, at) ??
    monthday(said, at) ??
    presentPart(tokens, at)
  );
}
