import { matchesOf } from '../matches.ts';
import type { Found } from '../meaning.ts';
import { maySpeakOfMoney } from '../numbers/money.ts';
import { findNumbers } from '../numbers.ts';
import { foundAt } from '../sentence.ts';
import type { Sentence } from '../sentence.ts';

/** Numbers of requests as people say them: room-26-0001, TRIP260042, T20260301005. */
export const requestNumber =
  /(?<![A-Za-z])[A-Za-z]{1,6}[-_ ]?\d{2}[-_ ]?\d{4,9}(?!\d)(?:-\d{1,5}(?!\d))?|(?<![A-Za-z\d])[A-Za-z]{1,6}-?\d{6,14}(?!\d)(?:-\d{1,5}(?!\d))?|(?<![A-Za-z\d])[A-Za-z]{2,6}-\d{4}-\d{2,4}(?:-\d{1,5})?(?!\d)|(?<![A-Za-z\d])[A-Z]{2,4}\d{4}-\d{1,4}(?!\d)/g;

/** Numbers on the labels of an office's things: AST-0007, IT-2023-015. Letters, a dash and digits; a request's number (FIX-26-0001) is none. */
export const assetNumber =
  /(?<![A-Za-z\d-])(?![A-Za-z]{1,6}-\d{2}-\d{4}(?!\d))[A-Za-z]{2,8}-(?:\d{4}-)?\d{3,8}(?![\d-])/g;

/** A mobile number with or without dashes, or a landline with its area code. */
export const phoneNumber =
  /(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)/g;

/** A Chinese number plate, also of an electric car. */
export const plateNumber =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Za-z][·.\s-]?[A-Za-z0-9]{5,6}|(?<=车牌号?(?:码)?(?:是|为|[:：])?\s?)[A-Z0-9]{2,4}-[A-Z0-9]{2,5}/g;

const everywhere = new WeakMap<RegExp, RegExp>();

/** The same pattern for all of a text, built once. */
const everywhereIn = (pattern: RegExp): RegExp => {
  if (pattern.global) return pattern;
  const known = everywhere.get(pattern) ?? new RegExp(pattern.source, `${pattern.flags}g`);
  everywhere.set(pattern, known);
  return known;
};

/** Codes of a form, in reading order, as said. A request number comes in capitals. */
export function findCodes(sentence: Sentence, pattern: RegExp): readonly Found<string>[] {
  // Searching is a good deal cheaper than making a list of matches, and most sentences hold no code.
  if (sentence.said.search(pattern) < 0) return [];
  return matchesOf(sentence.said, everywhereIn(pattern)).map((m) =>
    foundAt(
      sentence,
      m.index,
      m.index + m[0].length,
      pattern === requestNumber ? m[0].toUpperCase() : m[0],
    ),
  );
}

/** Amounts of money as `3000 CNY`. */
export const findMoney = (sentence: Sentence): readonly Found<string>[] =>
  maySpeakOfMoney(sentence.said)
    ? findNumbers(sentence.said).flatMap((f) =>
        f.value.type === 'money' ? [{ ...f, value: `${f.value.value} ${f.value.currency}` }] : [],
      )
    : [];
