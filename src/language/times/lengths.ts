import type { Length } from './tree.ts';
import { isSign, numberIn, skip } from './parse.ts';
import type { Parse } from './parse.ts';
import type { Tokens } from './tokens.ts';
import type { Sign } from './words.ts';

type Unit = keyof Length;

/** A unit with how many of it the word stands for (刻钟: 15 minutes); `rank` falls from year to second. */
type Measure = { readonly unit: Unit; readonly times: number; readonly rank: number };

const measures: Partial<Record<Sign, Measure>> = {
  年: { unit: 'years', times: 1, rank: 9 },
  季度: { unit: 'months', times: 3, rank: 8 },
  周: { unit: 'weeks', times: 1, rank: 6 },
  天: { unit: 'days', times: 1, rank: 5 },
  日: { unit: 'days', times: 1, rank: 5 },
  工作日: { unit: 'workdays', times: 1, rank: 5 },
  小时: { unit: 'hours', times: 1, rank: 4 },
  h: { unit: 'hours', times: 1, rank: 4 },
  刻钟: { unit: 'minutes', times: 15, rank: 3 },
  分钟: { unit: 'minutes', times: 1, rank: 3 },
  分: { unit: 'minutes', times: 1, rank: 3 },
  m: { unit: 'minutes', times: 1, rank: 3 },
  秒: { unit: 'seconds', times: 1, rank: 2 },
  s: { unit: 'seconds', times: 1, rank: 2 },
};

const month: Measure = { unit: 'months', times: 1, rank: 7 };

/** The unit at `at`, 个 and 多 before it passed over. 月 needs 个 before it: 三月 is March, 三个月 a length. */
export function unitIn(tokens: Tokens, at: number): Parse<Measure> | null {
  const counted = isSign(tokens, at, '个');
  const place = skip(tokens, counted ? at + 1 : at, '多');
  const token = tokens[place];
  if (token?.kind !== 'sign') return null;
  const measure = token.sign === '月' && counted ? month : measures[token.sign];
  return measure === undefined ? null : { node: measure, next: place + 1 };
}

/** 2.5, 五点五 (before a unit), 3. */
function plainQuantity(tokens: Tokens, at: number): Parse<number> | null {
  const number = numberIn(tokens, at);
  if (number === null) return null;
  const fraction = numberIn(tokens, at + 2, 0, 99);
  if (fraction === null || !isSign(tokens, at + 1, '.', '点'))
    return { node: number.value, next: at + 1 };
  const clock =
    isSign(tokens, at + 1, '点') && (isSign(tokens, at + 3, '分') || fraction.value > 9);
  if (clock || unitIn(tokens, at + 3) === null) return { node: number.value, next: at + 1 };
  return { node: Number(`${number.value}.${fraction.value}`), next: at + 3 };
}

/** A quantity: a number, 半, 两个半. */
function quantity(tokens: Tokens, at: number): Parse<number> | null {
  if (isSign(tokens, at, '半')) return { node: 0.5, next: at + 1 };
  const plain = plainQuantity(tokens, at);
  if (plain === null) return null;
  const half = isSign(tokens, plain.next, '个') && isSign(tokens, plain.next + 1, '半');
  return half ? { node: plain.node + 0.5, next: plain.next + 2 } : plain;
}

type Part = { readonly amount: number; readonly measure: Measure };

/** Greater amounts are codes or jokes, and would leave the years that can be written in four figures. */
const mostOf = (unit: Unit): number =>
  unit === 'years' ? 999 : unit === 'months' ? 9_999 : 100_000;

/** 一年半, 十三分半: half a unit said behind it, unless it begins the next part. */
function halfBehind(tokens: Tokens, at: number): boolean {
  return isSign(tokens, at, '半') && unitIn(tokens, at + 1) === null;
}

function part(tokens: Tokens, at: number): Parse<Part> | null {
  const amount = quantity(tokens, at);
  if (amount === null) return null;
  const unit = unitIn(tokens, amount.next);
  if (unit === null) return null;
  if (amount.node > mostOf(unit.node.unit)) return null;
  const half = halfBehind(tokens, unit.next);
  return {
    node: { amount: amount.node + (half ? 0.5 : 0), measure: unit.node },
    next: unit.next + (half ? 1 : 0),
  };
}

/** Signs that are a length only in company: 5分 is a mark, 30m a distance, 3日 a date, 2026年 a year. */
function standsAlone(tokens: Tokens, at: number, { node, next }: Parse<Part>): boolean {
  if (node.measure.unit === 'years' && node.amount >= 1000) return false;
  if (node.measure.unit === 'years' && /^[零〇]/.test(numberIn(tokens, at)?.written ?? ''))
    return false;
  if (isSign(tokens, next - 1, '日')) return isSign(tokens, next, '内');
  if (isSign(tokens, next - 1, 'm', 's')) return false;
  return (
    !isSign(tokens, next - 1, '分') ||
    isSign(tokens, next, '内', '前', '后') ||
    part(tokens, next)?.node.measure.rank === 2
  );
}

function sum(parts: readonly Part[]): Length {
  const total: { [unit in Unit]?: number } = {};
  for (const { amount, measure } of parts)
    total[measure.unit] = (total[measure.unit] ?? 0) + amount * measure.times;
  return total;
}

/** 零 before a number in Arabic figures is a word of its own: 1小时零5分. */
export const isZero = (tokens: Tokens, at: number): boolean =>
  /^[零〇]$/.test(numberIn(tokens, at, 0, 0)?.written ?? '') && numberIn(tokens, at + 1) !== null;

/** The following part of a compound length: a smaller unit (一个月零五天, 8天20小时). */
function smaller(tokens: Tokens, at: number, rank: number): Parse<Part> | null {
  const place = skip(tokens, at, '又', '和');
  const found = part(tokens, isZero(tokens, place) ? place + 1 : place);
  return found !== null && found.node.measure.rank < rank ? found : null;
}

/** A length of time: 三天, 一个半小时, 1h30m, 一年半, 两小时四十分. */
export function lengthAt(tokens: Tokens, at: number): Parse<Length> | null {
  const first = part(tokens, at);
  if (first === null) return null;
  const parts = [first.node];
  let next = first.next;
  let rank = first.node.measure.rank;
  for (let more = smaller(tokens, next, rank); more !== null; more = smaller(tokens, next, rank)) {
    parts.push(more.node);
    next = more.next;
    rank = more.node.measure.rank;
  }
  return parts.length > 1 || standsAlone(tokens, at, first) ? { node: sum(parts), next } : null;
}

/** Whether a length counts in hours or less. */
export const isShort = (length: Length): boolean =>
  length.hours !== undefined || length.minutes !== undefined || length.seconds !== undefined;
