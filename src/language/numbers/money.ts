import { oneOf } from '../characters.ts';
import { figureOf, isArabicAt } from './figures.ts';
import { foldedNumberAt } from './number.ts';
import type { Numeral } from './numeral.ts';

/** An amount with its ISO 4217 currency. */
export type Money = { readonly value: number; readonly currency: string; readonly to: number };

/** Words of a currency after the number, and before it where people write it so. Longer ones stand first. */
const after: readonly (readonly [string, string])[] = [
  ['块人民币', 'CNY'],
  ['元人民币', 'CNY'],
  ['人民币', 'CNY'],
  ['块钱', 'CNY'],
  ['圆整', 'CNY'],
  ['元整', 'CNY'],
  ['rmb', 'CNY'],
  ['cny', 'CNY'],
  ['美元', 'USD'],
  ['美金', 'USD'],
  ['美刀', 'USD'],
  ['刀', 'USD'],
  ['usd', 'USD'],
  ['欧元', 'EUR'],
  ['eur', 'EUR'],
  ['元欧元', 'EUR'],
  ['欧', 'EUR'],
  ['元美元', 'USD'],
  ['元港币', 'HKD'],
  ['元新台币', 'TWD'],
  ['港币', 'HKD'],
  ['港元', 'HKD'],
  ['hkd', 'HKD'],
  ['新台币', 'TWD'],
  ['台币', 'TWD'],
  ['日元', 'JPY'],
  ['日币', 'JPY'],
  ['jpy', 'JPY'],
  ['英镑', 'GBP'],
  ['gbp', 'GBP'],
  ['韩元', 'KRW'],
  ['韩币', 'KRW'],
  ['澳元', 'AUD'],
  ['澳币', 'AUD'],
  ['加元', 'CAD'],
  ['加币', 'CAD'],
  ['新加坡元', 'SGD'],
  ['新元', 'SGD'],
  ['新币', 'SGD'],
  ['澳门元', 'MOP'],
  ['泰铢', 'THB'],
  ['卢布', 'RUB'],
  ['卢比', 'INR'],
  ['瑞士法郎', 'CHF'],
  ['瑞郎', 'CHF'],
  ['元', 'CNY'],
  ['圆', 'CNY'],
];

const before: readonly (readonly [string, string])[] = [
  ['新台币', 'TWD'],
  ['nt$', 'TWD'],
  ['hk$', 'HKD'],
  ['us$', 'USD'],
  ['港币', 'HKD'],
  ['美元', 'USD'],
  ['美金', 'USD'],
  ['欧元', 'EUR'],
  ['英镑', 'GBP'],
  ['人民币', 'CNY'],
  ['rmb', 'CNY'],
  ['cny', 'CNY'],
  ['usd', 'USD'],
  ['eur', 'EUR'],
  ['hkd', 'HKD'],
  ['¥', 'CNY'],
  ['￥', 'CNY'],
  ['$', 'USD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
];

/** One entry's characters in one place: first characters decide quickly that there is no currency. */
const starts = (words: readonly (readonly [string, string])[], end: boolean): ReadonlySet<string> =>
  new Set(words.map(([word]) => (end ? word.charAt(word.length - 1) : word.charAt(0))));

const afterStarts = starts(after, false);
const beforeEnds = starts(before, true);

const both = (letters: ReadonlySet<string>): readonly string[] =>
  [...letters].flatMap((c) => [c, c.toUpperCase()]);
const isSign = oneOf([...both(afterStarts), ...both(beforeEnds), '块', '毛', '钱']);

/** Whether any sign of money stands in a folded text; most texts have none, and need not be searched for their numbers. */
export function maySpeakOfMoney(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (isSign(text, at)) return true;
  return false;
}

/** What may follow 块 when it means yuan; before a noun it counts pieces (两块白板). */
const afterYuan = '钱以左右之内的吧,，。.;；!！?？、)） \n';

/** Whether nothing that could be counted follows. */
const endsAmount = (text: string, at: number): boolean =>
  text.charAt(at) === '' || afterYuan.includes(text.charAt(at));

/** 角, 毛 and 分 behind the yuan: hundredths of one. */
const small: ReadonlyMap<string, number> = new Map([
  ['角', 10],
  ['毛', 10],
  ['分', 1],
]);

const skipSpace = (text: string, at: number): number => (text.charAt(at) === ' ' ? at + 1 : at);

function currencyAfter(
  lower: string,
  at: number,
): { readonly currency: string; readonly to: number } | null {
  if (!afterStarts.has(lower.charAt(at))) return null;
  const found = after.find(([word]) => lower.startsWith(word, at));
  if (found === undefined) return null;
  const [word, currency] = found;
  const to = at + word.length;
  // 二十刀 is money, 二十刀纸 is paper; 四百欧 is money, 三欧姆 is not.
  return '刀欧'.includes(word) && !endsAmount(lower, to) ? null : { currency, to };
}

/** Whether 块 at `at` is money: at the end, before 钱 or a figure, or before words that go with a price. */
function isYuanPiece(text: string, at: number): boolean {
  if (text.charAt(at) !== '块') return false;
  const next = text.charAt(at + 1);
  return (
    endsAmount(text, at + 1) ||
    (next === '半' && endsAmount(text, at + 2)) ||
    figureOf(next) !== undefined ||
    isArabicAt(text, at + 1)
  );
}

/** Cents behind yuan: 1角1分, 五毛; 三块五 is 3.50. Hundredths and the offset behind. */
function centsAt(
  text: string,
  at: number,
  spoken: boolean,
): { readonly cents: number; readonly to: number } {
  let cents = 0;
  let to = at;
  for (let part = 0; part < 2; part++) {
    const read = foldedNumberAt(text, text.charAt(to) === '零' ? to + 1 : to);
    const worth = read === null ? undefined : small.get(text.charAt(read.to));
    if (read === null || read.value > 99) break;
    if (worth === undefined) {
      // 三块五, 一块二毛五: the last figure goes without its word.
      if (read.value >= 10 || read.to !== to + 1) return { cents, to };
      if (part === 0) return spoken ? { cents: read.value * 10, to: read.to } : { cents, to };
      return endsAmount(text, read.to) ? { cents: cents + read.value, to: read.to } : { cents, to };
    }
    cents += read.value * worth;
    to = read.to + 1;
  }
  return { cents, to };
}

const rounded = (value: number): number => Number(value.toPrecision(15));

function yuan(text: string, number: Numeral, behind: number, spoken: boolean): Money {
  const half = spoken && text.charAt(behind) === '半' ? 50 : 0;
  const { cents, to } = half > 0 ? { cents: half, to: behind + 1 } : centsAt(text, behind, spoken);
  const coin = spoken && text.charAt(to) === '钱' ? to + 1 : to;
  return { value: rounded(number.value + cents / 100), currency: 'CNY', to: coin };
}

/** The amount of money that a number of the text is part of; null when it is only a number. `lower`: the text in lower case. */
export function moneyAfter(text: string, lower: string, number: Numeral): Money | null {
  const at = skipSpace(text, number.to);
  if (isYuanPiece(text, at)) return yuan(text, number, at + 1, true);
  const named = currencyAfter(lower, at);
  if (named === null) return coins(text, number, at);
  return named.currency === 'CNY'
    ? yuan(text, number, named.to, false)
    : { ...named, value: number.value };
}

/** 八毛钱, 五分钱, 五毛五: money without yuan; 两毛 alone too, but 五分 alone is a mark and 三角 a shape. */
function coins(text: string, number: Numeral, at: number): Money | null {
  const unit = text.charAt(at);
  const worth = small.get(unit);
  if (worth === undefined || number.value > 99) return null;
  const behind = foldedNumberAt(text, at + 1);
  const more =
    unit !== '分' && behind !== null && behind.value < 10 && behind.to === at + 2
      ? { value: behind.value, to: text.charAt(behind.to) === '分' ? behind.to + 1 : behind.to }
      : { value: 0, to: at + 1 };
  const isCoin = text.charAt(more.to) === '钱';
  if (!isCoin && !(unit === '毛' && endsAmount(text, more.to))) return null;
  const cents = number.value * worth + more.value;
  return { value: rounded(cents / 100), currency: 'CNY', to: isCoin ? more.to + 1 : more.to };
}

/** A currency that stands before the number at `at` (¥, RMB, 新台币), and where it begins. */
export function currencyBefore(
  lower: string,
  at: number,
): { readonly currency: string; readonly from: number } | null {
  const end = lower.charAt(at - 1) === ' ' ? at - 1 : at;
  if (!beforeEnds.has(lower.charAt(end - 1))) return null;
  const found = before.find(([word]) => lower.endsWith(word, end));
  return found === undefined ? null : { currency: found[1], from: end - found[0].length };
}
