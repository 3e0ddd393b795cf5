import type { Calendar, Month, Year } from './tree.ts';
import { isSign, numberIn, skip } from './parse.ts';
import type { Parse } from './parse.ts';
import type { Tokens } from './tokens.ts';

const fourFigures = (written: string): boolean => written.length === 4;

/** 2026年, 二零二六年, 今年, 明年. Two figures (21年, 零七年) are a year only before a month or 第: `short`. */
export function yearAt(tokens: Tokens, at: number, short: boolean): Parse<Year> | null {
  const token = tokens[at];
  if (token?.kind === 'relativeYear') return { node: { offset: token.offset }, next: at + 1 };
  if (token?.kind === 'relative' && isSign(tokens, at + 1, '年'))
    return { node: { offset: token.offset }, next: at + 2 };
  const number = numberIn(tokens, at, 0, 2200);
  if (number === null || !isSign(tokens, at + 1, '年')) return null;
  if (fourFigures(number.written) && number.value >= 1900)
    return { node: { absolute: number.value }, next: at + 2 };
  const twoFigures =
    short && number.written.length === 2 && number.value < 100 && !number.written.includes('十');
  return twoFigures ? { node: { absolute: 2000 + number.value }, next: at + 2 } : null;
}

/** 3月, 3月份, 下个月, 本月; the first of 2-4月. */
function monthAt(tokens: Tokens, at: number): Parse<Month> | null {
  const token = tokens[at];
  if (token?.kind === 'relative' && isSign(tokens, at + 1, '月', '月份'))
    return { node: { offset: token.offset }, next: at + 2 };
  const number = numberIn(tokens, at, 1, 12);
  if (number === null) return null;
  if (isSign(tokens, at + 1, '月', '月份'))
    return { node: { absolute: number.value }, next: at + 2 };
  const shared =
    isSign(tokens, at + 1, '到', '-') &&
    numberIn(tokens, at + 2, 1, 12) !== null &&
    isSign(tokens, at + 3, '月', '月份');
  return shared ? { node: { absolute: number.value }, next: at + 1 } : null;
}

/** 第三季度, 三季度, Q3; 本季度. */
function quarterAt(tokens: Tokens, at: number, year: Year | null): Parse<Calendar> | null {
  const token = tokens[at];
  if (token?.kind === 'quarter')
    return { node: { kind: 'quarter', year, quarter: token.quarter }, next: at + 1 };
  if (token?.kind === 'relative' && isSign(tokens, at + 1, '季度'))
    return year === null
      ? { node: { kind: 'quarterOffset', offset: token.offset }, next: at + 2 }
      : null;
  if (isSign(tokens, at, '首') && isSign(tokens, at + 1, '季度'))
    return { node: { kind: 'quarter', year, quarter: 1 }, next: at + 2 };
  const place = skip(tokens, at, '第');
  const number = numberIn(tokens, place, 1, 4);
  if (number === null || !isSign(tokens, place + 1, '季度')) return null;
  return { node: { kind: 'quarter', year, quarter: number.value }, next: place + 2 };
}

function halfAt(tokens: Tokens, at: number, year: Year | null): Parse<Calendar> | null {
  if (isSign(tokens, at, '上半年')) return { node: { kind: 'half', year, half: 1 }, next: at + 1 };
  if (isSign(tokens, at, '下半年')) return { node: { kind: 'half', year, half: 2 }, next: at + 1 };
  return null;
}

/** 明年第九个月 */
function nthMonth(tokens: Tokens, at: number): Parse<Month> | null {
  const number = isSign(tokens, at, '第') ? numberIn(tokens, at + 1, 1, 12) : null;
  const place = skip(tokens, at + 2, '个');
  return number !== null && isSign(tokens, place, '月') && place > at + 2
    ? { node: { absolute: number.value }, next: place + 1 }
    : null;
}

function within(tokens: Tokens, at: number, year: Year | null): Parse<Calendar> | null {
  const month = monthAt(tokens, at) ?? (year === null ? null : nthMonth(tokens, at));
  if (month !== null) return { node: { kind: 'month', year, month: month.node }, next: month.next };
  return quarterAt(tokens, at, year) ?? halfAt(tokens, at, year);
}

/** A month, quarter, half-year or year, with the year before it where it is said. */
export function calendarAt(tokens: Tokens, at: number): Parse<Calendar> | null {
  const year = yearAt(tokens, at, true);
  if (year === null) return within(tokens, at, null);
  const inner = within(tokens, skip(tokens, skip(tokens, year.next, '的'), ','), year.node);
  if (inner !== null) return inner;
  const long = yearAt(tokens, at, false) !== null || isSign(tokens, year.next, '第');
  return long ? { node: { kind: 'year', year: year.node }, next: year.next } : null;
}
