import { fold } from './fold.ts';
import type { Found, NumberValue } from './meaning.ts';
import { arabicAt, mostFigures } from './numbers/arabic.ts';
import { figuresEnd, isArabicAt, isHanNumeralAt } from './numbers/figures.ts';
import { currencyBefore, moneyAfter } from './numbers/money.ts';
import { foldedNumberAt } from './numbers/number.ts';
import type { Numeral } from './numbers/numeral.ts';

export type { Numeral } from './numbers/numeral.ts';

/** 一下, 统一, 万一: words in which a numeral counts nothing. Keyed by the numeral, what may not follow and precede it. */
const uncounted: ReadonlyMap<string, readonly [following: string, preceding: string]> = new Map([
  ['一', ['下些起共直般样定旦切会并致律系', '统第唯万另']],
  ['三', ['', '第']],
  ['二', ['维', '第']],
  ['千', ['万', '']],
  ['万', ['一', '']],
  ['十', ['分', '']],
]);

const isCounted = (text: string, { to }: Numeral, from: number): boolean => {
  if (to > from + 1) return true;
  const rule = uncounted.get(text.charAt(from));
  if (rule === undefined) return true;
  const next = text.charAt(to);
  const previous = text.charAt(from - 1);
  return !(
    (next !== '' && rule[0].includes(next)) ||
    (previous !== '' && rule[1].includes(previous))
  );
};

/** 5k, 2w: thousands and ten thousands, where no noun follows (65w充电器 keeps its watts). */
function scaled(lower: string, number: Numeral, from: number): Numeral {
  const suffix = lower.charAt(number.to);
  const factor = suffix === 'k' ? 1000 : suffix === 'w' ? 10_000 : 0;
  const free = /^(?:$|[^\p{L}\p{N}]|[元块以左之])/u.test(lower.slice(number.to + 1, number.to + 2));
  if (factor === 0 || !free || !isArabicAt(lower, from)) return number;
  return { value: number.value * factor, to: number.to + 1 };
}

/**
 * The number at `index` of a folded text (`fold`), in Arabic or Chinese figures, with the offset behind it; null when
 * none begins there. Does not look at what stands before: 305 is found in A305 and 5 in 305.
 */
export const numberAt = (text: string, index: number): Numeral | null =>
  foldedNumberAt(text, index);

/** The value of a text that is nothing but a number (3,000, 一千二, 三分之一, -5); null for anything else. */
export function parseNumber(text: string): number | null {
  const plain = fold(text).trim();
  if (plain === '半') return 0.5;
  const negative = plain.startsWith('-');
  const read = foldedNumberAt(plain, negative ? 1 : 0);
  if (read === null || read.to !== plain.length) return null;
  return negative ? -read.value : read.value;
}

const mayBegin = (text: string, at: number): boolean =>
  isArabicAt(text, at) || isHanNumeralAt(text, at) || '.负半'.includes(text.charAt(at));

function foundAt(said: string, text: string, lower: string, at: number): Found<NumberValue> | null {
  const read = halfAt(text, at) ?? foldedNumberAt(text, at);
  if (read === null) return null;
  const number = withHalf(text, scaled(lower, read, at));
  const leading = currencyBefore(lower, at);
  const money = moneyAfter(text, lower, number);
  const from = leading?.from ?? at;
  const to = money?.to ?? number.to;
  const currency = leading?.currency ?? money?.currency;
  if (currency === undefined && !isCounted(text, number, at)) return null;
  const value: NumberValue =
    currency === undefined
      ? { type: 'number', value: number.value }
      : { type: 'money', value: money?.value ?? number.value, currency };
  return { value, words: said.slice(from, to), from, to };
}

/** Behind a run of figures too long for a number; its parts are none either. */
function longRunEnd(text: string, at: number): number {
  const end = figuresEnd(text, at);
  return end - at > mostFigures ? end : at;
}

/** Measure words that halves go with: 两盒半, 半箱; not 天, 年, 点, 月, 个月, which are times. */
const halved = '个盒箱包瓶袋斤米桶页张卷打令杯升吨公斤';

/** 两个半: the half stands behind the measure. */
function withHalf(text: string, number: Numeral): Numeral {
  const measure = text.charAt(number.to);
  const isHalf =
    measure !== '' &&
    halved.includes(measure) &&
    text.charAt(number.to + 1) === '半' &&
    !/[小月天年点]/.test(text.charAt(number.to + 2));
  return isHalf ? { value: number.value + 0.5, to: number.to + 2 } : number;
}

/** 半箱: a half before a measure. */
function halfAt(text: string, at: number): Numeral | null {
  const measure = text.charAt(at + 1);
  if (text.charAt(at) !== '半' || measure === '' || !halved.includes(measure)) return null;
  // 一小半, 多半 and 两个半… are no halves of a thing; 半个月 and 半个小时 are times.
  return /[多个小]/.test(text.charAt(at - 1)) || /[月小天]/.test(text.charAt(at + 2))
    ? null
    : { value: 0.5, to: at + 1 };
}

/** Every number and every amount of money of a text, in reading order, without overlaps. */
export function findNumbers(text: string): readonly Found<NumberValue>[] {
  const folded = fold(text);
  const lower = folded.replace(/[A-Z]+/g, (word) => word.toLowerCase());
  const found: Found<NumberValue>[] = [];
  for (let at = 0; at < folded.length;) {
    const number = mayBegin(folded, at) ? foundAt(text, folded, lower, at) : null;
    if (number !== null) found.push(number);
    at = number?.to ?? Math.max(at + 1, arabicAt(folded, at)?.to ?? 0, longRunEnd(folded, at));
  }
  return found;
}
