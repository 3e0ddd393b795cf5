import type { Named } from '../lexicon.ts';
import { matchName, soundingLike } from '../names.ts';
import type { Sentence } from '../sentence.ts';
import { scanWords } from '../trie.ts';
import { trimmedLeft, trimmedRight } from './item-segments.ts';
import { wordsIn } from './terms.ts';

/** Names of things that tell a thing from the rest of a sentence. */
export type Known = readonly string[];

/** Parentheses hold colours, brands and models: kept out of the name. */
const withoutBrackets = (name: string): string =>
  name.replace(/[(（【[][^)）】\]]{0,40}[)）】\]]?/g, '').trim();

/** Whether a name holds the name of a known thing. */
export const knownIn = (name: string, known: Known): boolean =>
  scanWords(wordsIn(known), name.toLowerCase()).length > 0;

/** Whether a name is near to an article of the company. */
export const isOwn = (sentence: Sentence, name: string): boolean =>
  matchName(name, sentence.lexicon.items).length > 0;

/** The name in a stretch, without the words that ask for it; empty when there is none. */
export function nameBetween(sentence: Sentence, from: number, to: number, known: Known): string {
  const { text, said } = sentence;
  const start = trimmedLeft(text, from, to, known);
  const end = trimmedRight(text, start, to);
  return end <= start
    ? ''
    : withoutBrackets(said.slice(start, end)).replace(/^[的\s]+|[的\s:：]+$/g, '');
}

const catalogues = new WeakMap<Known, readonly Named[]>();
const asNamed = (known: Known): readonly Named[] => {
  const made = catalogues.get(known) ?? known.map((name) => ({ id: name, name }));
  catalogues.set(known, made);
  return made;
};

/** 签子笔 → 签字笔: a name that only sounds like a known one is a slip of the keyboard. */
export function spelledRight(sentence: Sentence, name: string, known: Known): string {
  if (name.length < 2 || known.includes(name.toLowerCase()) || isOwn(sentence, name)) return name;
  // A name that holds a longer known word is written as meant; the search by sound is for the others.
  if (scanWords(wordsIn(known), name.toLowerCase()).some((hit) => hit.to - hit.from > 1))
    return name;
  return soundingLike(name, asNamed(known)) ?? name;
}
