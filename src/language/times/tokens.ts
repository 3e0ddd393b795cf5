import { figureAt, figuresEnd, isArabicAt, isHanNumeralAt } from '../numbers/figures.ts';
import { numeralAt } from '../numbers/numeral.ts';
import { indexWords, longestAt } from '../trie.ts';
import { vocabulary } from './vocabulary.ts';
import type { Meaning, Word } from './words.ts';

type Lexeme =
  | Meaning
  | { readonly kind: 'number'; readonly value: number; readonly written: string }
  | { readonly kind: 'quarter'; readonly quarter: number };

/** A word or a number with its place. `spaced`: a space stands before it; `glued`: a letter, a figure or # does. */
export type Token = Lexeme & {
  readonly from: number;
  readonly to: number;
  readonly spaced: boolean;
  readonly glued: boolean;
};

export type Tokens = readonly Token[];

const isLatinAt = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code >= 97 && code <= 122;
};

const words = indexWords([...vocabulary].filter(([spelling]) => !isLatinAt(spelling, 0)));

const longestWord = (text: string, from: number): Word | null =>
  longestAt(words, text, from)?.value ?? null;

/** Letters of one run count as one word; 2pm and A4纸 must not lend their letters to others. */
function latinEnd(text: string, from: number): number {
  let to = from;
  while (isLatinAt(text, to)) to++;
  return to;
}

const weekdays = '一二三四五六';

/**
 * Figures after 周 are days of the week, rising: 周一三五. In 周五六点 and 周二十点 the last belongs to the hour.
 */
function weekdayRunEnd(text: string, from: number): number {
  let to = from;
  let last = -1;
  for (
    let day = weekdays.indexOf(text.charAt(to));
    day > last && to < text.length;
    day = weekdays.indexOf(text.charAt(to))
  ) {
    last = day;
    to++;
  }
  const next = text.charAt(to);
  const hour = next === '点' || next === '时' || next === '十';
  return to - from > 1 && hour ? to - 1 : to;
}

const isWeekSign = (token: Token | undefined): boolean =>
  token?.kind === 'sign' && token.sign === '周';

/** 两周一次: the figure belongs to 一次, not to the week. */
const isOnce = (word: Word | null): boolean => {
  const meaning = word?.[0]?.[1];
  return meaning?.kind === 'sign' && meaning.sign === '一次';
};

/** Where a number may begin. */
const isNumeral = (text: string, at: number): boolean =>
  isArabicAt(text, at) || isHanNumeralAt(text, at);

const plain = { spaced: false, decimals: false };

function readNumber(
  text: string,
  from: number,
  afterWeek: boolean,
): { readonly value: number | null; readonly to: number } | null {
  const run = afterWeek ? weekdayRunEnd(text, from) : from;
  if (run > from) return { value: figureAt(text, from) ?? 0, to: run };
  return (
    numeralAt(text, from, plain) ?? { value: null, to: Math.max(from + 1, figuresEnd(text, from)) }
  );
}

/** Q3 of the year: a lone q with one figure. */
function quarterAt(text: string, from: number): number {
  const quarter = text.charCodeAt(from + 1) - 48;
  const alone = !isArabicAt(text, from + 2) && !isLatinAt(text, from + 2);
  return text.charAt(from) === 'q' && quarter >= 1 && quarter <= 4 && alone ? quarter : 0;
}

const isGlueAt = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return isLatinAt(text, at) || isArabicAt(text, at) || code === 35 || code === 42;
};

type Push = (lexeme: Lexeme, from: number, to: number) => void;

const plainText: Meaning = { kind: 'text' };

function pushWord(word: Word, at: number, push: Push): number {
  let from = at;
  for (const [length, meaning] of word) {
    push(meaning, from, from + length);
    from += length;
  }
  return from;
}

function latin(text: string, at: number, push: Push): number {
  const quarter = quarterAt(text, at);
  if (quarter > 0) {
    push({ kind: 'quarter', quarter }, at, at + 2);
    return at + 2;
  }
  const to = latinEnd(text, at);
  return pushWord(vocabulary.get(text.slice(at, to)) ?? [[to - at, plainText]], at, push);
}

function han(text: string, at: number, before: Token | undefined, push: Push): number {
  const week = isWeekSign(before) && isHanNumeralAt(text, at);
  const word = longestWord(text, at);
  if (word !== null && (!week || isOnce(word))) return pushWord(word, at, push);
  const number = isNumeral(text, at) ? readNumber(text, at, week) : null;
  const to = number?.to ?? at + 1;
  const value = number?.value ?? null;
  push(value === null ? plainText : { kind: 'number', value, written: text.slice(at, to) }, at, to);
  return to;
}

const isSpaceAt = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code === 32 || code === 9 || code === 10 || code === 13;
};

/** The text as words and numbers; anything else becomes tokens `text`. `text` is folded and in lower case. */
export function tokenize(text: string): Tokens {
  const tokens: Token[] = [];
  let spaced = false;
  const push: Push = (lexeme, from, to) => {
    const glued = from > 0 && isGlueAt(text, from - 1);
    // The commonest kinds are said in full, which is a good deal cheaper.
    if (lexeme.kind === 'text') tokens.push({ kind: 'text', from, to, spaced, glued });
    else if (lexeme.kind === 'sign')
      tokens.push({ kind: 'sign', sign: lexeme.sign, from, to, spaced, glued });
    else tokens.push({ ...lexeme, from, to, spaced, glued });
    spaced = false;
  };
  for (let at = 0; at < text.length;) {
    if (isSpaceAt(text, at)) {
      spaced = true;
      at++;
    } else at = isLatinAt(text, at) ? latin(text, at, push) : han(text, at, tokens.at(-1), push);
  }
  return tokens;
}
