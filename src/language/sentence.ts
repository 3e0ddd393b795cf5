import { lowered, oneOf } from './characters.ts';
import { rewritten } from './english/rewrite.ts';
import { spellingOf } from './fold.ts';
import type { Spelling } from './fold.ts';
import { languageOf } from './language-of.ts';
import type { Tongue } from './language-of.ts';
import type { Lexicon } from './lexicon.ts';
import type { Found, TimeValue } from './meaning.ts';
import { findNames } from './names.ts';
import type { Match } from './names.ts';
import { withoutPoliteness } from './politeness.ts';
import { spelledRight } from './slips.ts';
import { findTimes } from './times.ts';

/**
 * One piece of a message while it is being understood. Times and names are looked for when first asked for.
 * All offsets are into `said`.
 */
export type Sentence = {
  /** Folded: simplified, half width, in mainland words; English is said in Chinese words, as far as they are known. */
  readonly said: string;
  readonly tongue: Tongue;
  /** The words of the speaker for a stretch of `said`. */
  readonly originally: (from: number, to: number) => string;
  /** The same in lower case. */
  readonly text: string;
  readonly lexicon: Lexicon;
  /** The day of speaking, `YYYY-MM-DD`. */
  readonly today: () => string;
  readonly times: () => readonly Found<TimeValue>[];
  /** The words of the times themselves: of a start and a length apart (明天去广州，待三天) the two ends. */
  readonly timeSpans: () => readonly Span[];
  /** The text with commas where times stand: names end there (王强周四). */
  readonly timeless: () => string;
  readonly named: (sort: Names) => readonly Found<Match>[];
  /** Where the speaker corrects what was said before (不对, 哦不): offset after the word, and of it; null without. */
  readonly correction: Correction | null;
};

/** The sorts of names a company has. */
type Names = 'rooms' | 'items' | 'people';

/** A stretch of a text. */
type Span = { readonly from: number; readonly to: number };

type Correction = Span;

/** Words that take back what was said just before. */
const takesBack =
  /(?<!对)(?:[，,。.\s]|^)?(?:哦|噢|啊|哎|呃|额|诶)?[，,]?(?:不对|(?<=[，,]\s?)不是(?=[，,]\s?[\d一二两三四五六七八九十])|说错了|打错了|写错了|搞错了|错了|更正|不不不|不是不是|哦不|噢不|啊不)(?:[，,。.！!\s]*(?:应该)?(?:改成|改为|换成|是)?)/;
const notButIs = /不是([^，,。是]{1,12})[，,]?(?:而)?是/;

/** None of them is without one of these; most sentences are, and need not be searched. */
const maybeTakesBack = /[不错正]/;

function correctionIn(text: string): Correction | null {
  if (!maybeTakesBack.test(text)) return null;
  const back = takesBack.exec(text) ?? notButIs.exec(text);
  if (back === null || back.index + back[0].length >= text.length) return null;
  if (back[0].startsWith('不对') && /[劲称]/.test(text.charAt(back.index + 2))) return null;
  return { from: back.index, to: back.index + back[0].length };
}

/**
 * A finder that looks once in a sentence, however often it is asked before it is asked of another one. Keeping what was found in
 * every piece of a message (a WeakMap) cost more than looking again in the few that are come back to.
 */
export function perSentence<T>(find: (sentence: Sentence) => T): (sentence: Sentence) => T {
  let last: { readonly sentence: Sentence; readonly value: T } | null = null;
  return (sentence) => {
    if (last?.sentence === sentence) return last.value;
    const value = find(sentence);
    last = { sentence, value };
    return value;
  };
}

/** Makes a thing when it is first asked for, and keeps it. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

const none: readonly never[] = [];

const blanked = (text: string, spans: readonly { from: number; to: number }[]): string =>
  spans.reduce((t, { from, to }) => t.slice(0, from) + ','.repeat(to - from) + t.slice(to), text);

/** 订一下周五: the 下 belongs to the verb, not to the week (after 周一 and 十一 it does not). 上个月一共: no first of the month. */
const noTime =
  /一个(?=(?:周|星期|礼拜)[一二三四五六日天末]|[今明后][天日早晚]|下[周午个])|(?<![周期拜十初第月\d一二三四五六七八九])一下(?=[周个星礼])|一(?=共|起|直|般|定)/g;

/** The text as it is searched for times, character for character. */
const forTimes = (said: string): string =>
  said.includes('一') ? said.replace(noTime, (words) => ' '.repeat(words.length)) : said;

/** Prepares a piece of a message; nothing costly happens yet. */
export const sentenceOf = (
  piece: string,
  lexicon: Lexicon,
  now: Temporal.ZonedDateTime,
): Sentence =>
  spelledSentence(
    spelledRight(spellingOf(piece), lexicon.intents),
    lexicon,
    now,
    languageOf(piece),
  );

/** The same of a piece that is folded already, in the language of its message. */
export function spelledSentence(
  spelling: Spelling,
  lexicon: Lexicon,
  now: Temporal.ZonedDateTime,
  tongue: Tongue,
): Sentence {
  const { plain } = spelling;
  const english = tongue === 'en' ? rewritten(plain, lexicon.cities) : null;
  const said = withoutPoliteness(english?.text ?? spelling.said);
  const text = lowered(said);
  const names: { [sort in Names]?: readonly Found<Match>[] } = {};
  const times = once(() => findTimes(forTimes(said), now));
  const timeSpans = once(() => {
    const found = times();
    return found.length === 0 ? none : found.flatMap((time) => time.parts);
  });
  return {
    said,
    text,
    tongue,
    originally(from, to) {
      const origin = english?.origin(from, to) ?? { from, to };
      return plain.slice(origin.from, origin.to);
    },
    lexicon,
    today: () => now.toPlainDate().toString(),
    times,
    timeSpans,
    timeless: once(() => blanked(text, timeSpans())),
    named: (sort) => (names[sort] ??= findNames(said, lexicon[sort])),
    correction: correctionIn(text),
  };
}

/** The slice of a sentence as a found value. */
export const foundAt = <T>(sentence: Sentence, from: number, to: number, value: T): Found<T> => ({
  value,
  words: sentence.said.slice(from, to),
  from,
  to,
});

/** Whether a stretch touches one of the times of the sentence. */
export const inTime = (sentence: Sentence, from: number, to: number): boolean =>
  sentence.timeSpans().some((t) => t.from < to && from < t.to);

/** Of several found, what holds: the first said after a correction, else the first. */
export function holding<T>(sentence: Sentence, found: readonly Found<T>[]): Found<T> | undefined {
  const { correction } = sentence;
  const after = correction === null ? undefined : found.find((f) => f.from >= correction.to);
  return after ?? found[0];
}

/** The clause around an offset: up to the punctuation on both sides. */
export function clauseAround(
  text: string,
  at: number,
): { readonly from: number; readonly to: number } {
  let from = at;
  let to = at;
  while (from > 0 && !isStopAt(text, from - 1)) from--;
  while (to < text.length && !isStopAt(text, to)) to++;
  return { from, to };
}

/** Whether the character at `at` ends a clause. */
export const isStopAt = oneOf('，,。；;！!？?\n：:、');
