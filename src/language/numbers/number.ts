import { figureAt, isArabicAt, unitAt } from './figures.ts';
import { numeralAt } from './numeral.ts';
import type { Numeral } from './numeral.ts';

const style = { spaced: true, decimals: true };

const afterSpaces = (text: string, at: number): number => {
  let to = at;
  while (text.charAt(to) === ' ' && to - at < 8) to++;
  return to;
};

/** 三点五, 三点五万; but 三点五十 is a clock time. */
function withPoint(text: string, whole: Numeral): Numeral {
  if (text.charAt(whole.to) !== '点') return whole;
  let to = whole.to + 1;
  let value = whole.value;
  for (let place = 0.1; to - whole.to < 12; place /= 10, to++) {
    const figure = figureAt(text, to);
    if (figure === undefined) break;
    value += figure * place;
  }
  const unit = unitAt(text, to);
  if (to === whole.to + 1 || unit === 10) return whole;
  const scaled = value * (unit ?? 1);
  return { value: Number(scaled.toPrecision(12)), to: unit === undefined ? to : to + 1 };
}

function unsignedAt(text: string, at: number): Numeral | null {
  const whole = numeralAt(text, at, style);
  return whole === null || isArabicAt(text, at) ? whole : withPoint(text, whole);
}

function signedAt(text: string, at: number): Numeral | null {
  if (text.charAt(at) !== '负') return unsignedAt(text, at);
  const read = unsignedAt(text, at + 1);
  return read === null ? null : { value: -read.value, to: read.to };
}

/** Behind 分 之; -1 where there is none. */
function behindOf(text: string, at: number): number {
  const first = afterSpaces(text, at);
  if (text.charAt(first) !== '分') return -1;
  const second = afterSpaces(text, first + 1);
  return text.charAt(second) === '之' ? afterSpaces(text, second + 1) : -1;
}

/** 三分之一: the part is said after the whole. */
function fractionOf(text: string, whole: Numeral): Numeral {
  const behind = behindOf(text, whole.to);
  const part = behind < 0 ? null : signedAt(text, behind);
  return part === null || whole.value === 0
    ? whole
    : { value: part.value / whole.value, to: part.to };
}

/** Any number at `at`: whole, decimal, fraction (三分之一, 百分之二十), 一半, with 负. The text is folded. */
export function foldedNumberAt(text: string, at: number): Numeral | null {
  if (text.startsWith('一半', at)) return { value: 0.5, to: at + 2 };
  if (text.startsWith('百分之', at)) return fractionOf(text, { value: 100, to: at + 1 });
  const read = signedAt(text, at);
  if (read === null) return null;
  const percent = text.charAt(read.to) === '%';
  return percent ? { value: read.value / 100, to: read.to + 1 } : fractionOf(text, read);
}
