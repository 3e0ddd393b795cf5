import type { Lexicon } from '../language/lexicon.ts';
import { fold } from '../language/fold.ts';
import { sentenceOf } from '../language/sentence.ts';
import { phoneNumber, plateNumber, requestNumber } from '../language/slots/codes.ts';
import { findPersons } from '../language/slots/persons.ts';

/** A sentence as it may leave the house, and the way back. */
export type Masked = {
  readonly text: string;
  /** The same words with the hidden parts in their places again. */
  readonly unmask: (words: string) => string;
};

type Span = { readonly from: number; readonly to: number; readonly label: string };

/** What is hidden by its form. None of the patterns repeats inside a repetition. */
const FORMS: readonly (readonly [label: string, form: RegExp])[] = [
  ['网址', /https?:\/\/[^\s\u4e00-\u9fff，。；、]+/gi],
  ['邮箱', /[\w.+-]{1,64}@[\w.-]{1,255}/g],
  ['电话', phoneNumber],
  ['单号', requestNumber],
  ['车牌', plateNumber],
  // Cards and papers, also in groups of four; accounts and platform ids (letters and digits in one run).
  ['号码', /(?<!\d)\d{4}(?:[ -]\d{4}){2,4}(?:[ -]\d{1,3})?(?!\d)|(?<!\d)\d{6,}[\dXx]?/g],
  ['编号', /(?<![A-Za-z0-9_])(?=[A-Za-z_]*\d)[A-Za-z0-9_]{8,}/g],
];

/** Words that announce a person whom the directory need not know (visitors, customers). */
const ANNOUNCING = '和 与 跟 姓 客户 同事 联系人 拜访 访客 陪同'.split(' ');

/**
 * Replaces phone numbers, addresses, numbers that stand for somebody or something, and names of people, those of the
 * directory and those that look like one, by signs such as 【人1】. The same words get the same sign.
 */
export function mask(text: string, lexicon: Lexicon, now: Temporal.ZonedDateTime): Masked {
  const signs = new Map<string, string>();
  let masked = '';
  let at = 0;
  for (const { from, to, label } of apart([...formsIn(text), ...peopleIn(text, lexicon, now)])) {
    const words = text.slice(from, to);
    const sign = signs.get(words) ?? `【${label}${signs.size + 1}】`;
    signs.set(words, sign);
    masked += text.slice(at, from) + sign;
    at = to;
  }
  return {
    text: masked + text.slice(at),
    unmask: (words) =>
      [...signs].reduce((known, [hidden, sign]) => known.replaceAll(sign, () => hidden), words),
  };
}

/** Full-width digits and letters are looked at as half-width ones; offsets hold. */
const formsIn = (text: string): readonly Span[] =>
  FORMS.flatMap(([label, form]) =>
    [...fold(text).matchAll(form)].map((found) => ({
      from: found.index,
      to: found.index + found[0].length,
      label,
    })),
  );

function peopleIn(text: string, lexicon: Lexicon, now: Temporal.ZonedDateTime): readonly Span[] {
  const sentence = sentenceOf(text, lexicon, now);
  return [
    ...spacedNames(sentence.text, lexicon),
    ...findPersons(sentence, { after: ANNOUNCING, anywhere: true }),
  ].map(({ from, to }) => ({ from, to, label: '人' }));
}

/** Names of several words (Chen Chen), which are not looked for among the others. */
const spacedNames = (text: string, { people }: Lexicon): readonly { from: number; to: number }[] =>
  people
    .flatMap(({ name, aliases }) => [name, ...(aliases ?? [])])
    .filter((name) => /\S\s\S/.test(name))
    .flatMap((name) => placesOf(fold(name).toLowerCase(), text));

function placesOf(words: string, text: string): readonly { from: number; to: number }[] {
  const places: { from: number; to: number }[] = [];
  for (let from = text.indexOf(words); from >= 0; from = text.indexOf(words, from + words.length))
    places.push({ from, to: from + words.length });
  return places;
}

/** In reading order; of those that touch, one that covers them all. */
function apart(spans: readonly Span[]): readonly Span[] {
  const kept: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const last = kept.at(-1);
    if (!last || span.from >= last.to) kept.push(span);
    else kept[kept.length - 1] = { ...last, to: Math.max(last.to, span.to) };
  }
  return kept;
}
