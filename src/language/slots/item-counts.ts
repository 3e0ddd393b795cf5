import { inTime } from '../sentence.ts';
import type { Sentence } from '../sentence.ts';
import { amountAt, measureAt } from './amounts.ts';
import { trimmedLeft, trimmedRight } from './item-segments.ts';
import type { Segment } from './item-segments.ts';

/** A count and where it stands; `qty` null where the number is left open (几支, 一些). */
export type Count = Segment & { readonly qty: number | null; readonly unit: string | undefined };

/** 半 after a measure word: 两盒半. */
const half = (text: string, at: number): number => (text.charAt(at) === '半' ? 0.5 : 0);

/** The first count in a stretch: a number with its measure, or a bare number at the end (便签5, 文件夹*10). */
export function countIn(sentence: Sentence, from: number, to: number): Count | null {
  const { text } = sentence;
  for (let i = from; i < to;) {
    const amount = amountAt(text, i);
    if (amount === null || amount.to > to) {
      i++;
      continue;
    }
    const count = countAt(sentence, i, amount.to, amount.value, to);
    if (count !== null) return count;
    i = amount.to;
  }
  return measureAfterVerb(text, from, to);
}

function countAt(
  sentence: Sentence,
  from: number,
  after: number,
  value: number,
  end: number,
): Count | null {
  const { text } = sentence;
  const at = text.charAt(after) === ' ' ? after + 1 : after;
  const measure = measureAt(text, at);
  if (measure !== null && measure.to <= end && !text.startsWith('人', measure.to)) {
    const extra = half(text, measure.to);
    return {
      from: starBefore(text, from),
      to: measure.to + (extra > 0 ? 1 : 0),
      qty: value + extra,
      unit: measure.unit,
    };
  }
  const tail = text.slice(after, end).trim();
  if (!Number.isInteger(value) && text.charAt(after) === '的') return null;
  const bare = tail === '' || trimmedRight(text, after, end) === after;
  if (
    !bare ||
    inTime(sentence, from, after) ||
    /[第a-z]$/.test(text.slice(0, starBefore(text, from)))
  )
    return null;
  return { from: starBefore(text, from), to: after, qty: value, unit: undefined };
}

const starBefore = (text: string, at: number): number =>
  at - (/[\s*×x✕]+$/.exec(text.slice(Math.max(0, at - 4), at))?.[0].length ?? 0);

/** 来卷胶带, 拿个插线板: a measure right after the verb means one; 几个 and 一些 leave the number open. */
function measureAfterVerb(text: string, from: number, to: number): Count | null {
  const open = /(?:几|多少|一些|若干|点儿?|一批)/.exec(text.slice(from, to));
  if (open !== null) {
    const end = from + open.index + open[0].length;
    const measure = open[0] === '几' ? measureAt(text, end) : null;
    return { from: from + open.index, to: measure?.to ?? end, qty: null, unit: measure?.unit };
  }
  const at = trimmedLeft(text, from, to);
  const measure = measureAt(text, at);
  if (
    measure === null ||
    measure.to >= to ||
    /^[个包盒箱支本张卷瓶把条块套件份袋副台]$/.test(measure.unit) === false
  )
    return null;
  return at === from ? null : { from: at, to: measure.to, qty: 1, unit: measure.unit };
}
