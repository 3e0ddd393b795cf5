import { factNumber, factsOf } from '../facts.ts';
import type { Heard } from '../heard-words.ts';
import type { Sentence } from '../sentence.ts';

/**
 * What is learned from a sentence: its shapes, the groups of words that the kinds listen for, and some facts.
 *
 * A shape is a short stretch of a sentence that may tell what is meant, whatever the particulars: one to three characters, or a
 * Latin word. Times are one sign (T), numbers another (0), the ends of the sentence a third (|); spaces do not count.
 */
const LONGEST = 3;

/** Nobody needs more to say what it is about; a longer sentence is judged by its beginning. */
const MOST = 120;

/** Pictures (halves of a surrogate pair) say as little as punctuation. */
const punctuation = /(?:[\ud800-\udfff]|\ufe0f|[\s，,。.！!？?；;：:、~～"“”'‘’()（）])+/g;
/** A space only parts Latin words. */
const loose = /(?<![a-z]) | (?![a-z])/g;
const numeral = /[\d零〇一二三四五六七八九十百千万两俩半.]+/g;

/** A name of the company's own counts by its sort only: what tells is that a room of ours is named, not which. */
const NAMES = [
  ['rooms', '\ue000'],
  ['items', '\ue001'],
  ['people', '\ue002'],
] as const;

/** The sentence as shapes are taken from it. */
function outlined({ text, timeSpans, named }: Sentence): string {
  const signs: { readonly from: number; readonly to: number; readonly sign: string }[] = [];
  for (const { from, to } of timeSpans()) signs.push({ from, to, sign: 'T' });
  for (const [sort, sign] of NAMES)
    for (const { from, to } of named(sort)) signs.push({ from, to, sign });
  signs.sort((a, b) => a.from - b.from);
  let outline = '';
  let at = 0;
  for (const { from, to, sign } of signs) {
    if (from < at) continue;
    outline += text.slice(at, from) + sign;
    at = to;
  }
  outline += text.slice(at);
  const plain = outline.slice(0, MOST).replaceAll(numeral, '0').replaceAll(punctuation, ' ');
  return `|${plain.includes(' ') ? plain.replaceAll(loose, '') : plain}|`;
}

const isLatin = (code: number): boolean => code >= 97 && code <= 122;

/** Where the number of a shape begins, and what it becomes with another unit (FNV-1a, 32 bits). */
const NO_UNIT = 0x811c9dc5;
const withUnit = (key: number, unit: number): number => Math.imul(key ^ unit, 0x01000193);

/** The number of a shape, a group or a fact that is written out. weights.ts sees to it that no two that were learned share one. */
export function shapeKey(shape: string): number {
  let key = NO_UNIT;
  for (let i = 0; i < shape.length; i++) key = withUnit(key, shape.charCodeAt(i));
  return key;
}

/** Tells of every shape of an outline its number and where it begins and ends, in reading order. */
function eachShape(outline: string, see: (key: number, from: number, to: number) => void): void {
  for (let from = 0; from < outline.length; from++) {
    if (isLatin(outline.charCodeAt(from))) {
      let end = from;
      let key = NO_UNIT;
      for (; end < outline.length && isLatin(outline.charCodeAt(end)); end++)
        key = withUnit(key, outline.charCodeAt(end));
      // Letters count as whole words only.
      if (end - from > 1) see(key, from, end);
      from = end - 1;
      continue;
    }
    const most = Math.min(from + LONGEST, outline.length);
    let key = NO_UNIT;
    for (let to = from; to < most && !isLatin(outline.charCodeAt(to)); to++) {
      key = withUnit(key, outline.charCodeAt(to));
      see(key, from, to + 1);
    }
  }
}

/**
 * Facts that are learned from (`@time`); by cross-validation those about places, people and rooms add nothing, and they cost
 * the most.
 */
const FACTS =
  'time clock length count id code phone plate how what ask asked no dropped tells corrected tally short latin'.split(
    ' ',
  );

const factKeys = FACTS.map((fact) => ({ fact: factNumber(fact), key: shapeKey(`@${fact}`) }));
const groupKeys = new Map<string, number>();

function groupKey(name: string): number {
  const known = groupKeys.get(name) ?? shapeKey(name);
  groupKeys.set(name, known);
  return known;
}

/** What a sentence can be judged by, as numbers, a shape as often as it stands there. */
export function shapesOf(sentence: Sentence, heard: readonly Heard[]): readonly number[] {
  const outline = outlined(sentence);
  const keys: number[] = [];
  eachShape(outline, (key) => keys.push(key));
  for (const groups of heard) for (const { name } of groups) keys.push(groupKey(name));
  const holds = factsOf(sentence);
  for (const { fact, key } of factKeys) if (holds(fact)) keys.push(key);
  return keys;
}

/** The same written out, for learning. */
export function writtenShapesOf(sentence: Sentence, heard: readonly Heard[]): readonly string[] {
  const outline = outlined(sentence);
  const shapes: string[] = [];
  eachShape(outline, (_, from, to) => shapes.push(outline.slice(from, to)));
  const holds = factsOf(sentence);
  return [
    ...shapes,
    ...heard.flat().map(({ name }) => name),
    ...FACTS.filter((fact) => holds(factNumber(fact))).map((fact) => `@${fact}`),
  ];
}
