import { fold } from '../fold.ts';
import type { Terms } from '../lexicon.ts';
import type { Found } from '../meaning.ts';
import { foundAt } from '../sentence.ts';
import type { Sentence } from '../sentence.ts';
import { indexWords, tileWords } from '../trie.ts';
import type { WordIndex } from '../trie.ts';

const indexes = new WeakMap<object, WordIndex<string>>();

const lower = (word: string): string => fold(word).toLowerCase();

const indexOf = (terms: Terms): WordIndex<string> => {
  const known = indexes.get(terms);
  if (known !== undefined) return known;
  const index = indexWords(
    Object.entries(terms).flatMap(([value, words]) =>
      words.map((word) => [lower(word), value] as const),
    ),
  );
  indexes.set(terms, index);
  return index;
};

/** 不要投影, 不坐飞机: said not to be wanted. */
const refused = /(?:不要|不用|不需要|无需|不必|不坐|别用|没有)$/;

const isRefused = (text: string, from: number): boolean =>
  refused.test(text.slice(Math.max(0, from - 3), from)) ||
  // 不坐飞机了: the verb is part of the word.
  (text.charAt(from - 1) === '不' && /[坐乘开打]/.test(text.charAt(from)));

/** ROOM in ROOM-26-0042 is no word. */
const partOfCode = (text: string, from: number, to: number): boolean =>
  /[a-z]/.test(text.charAt(from)) && /^-?\d{2}/.test(text.slice(to, to + 3));

/** Values of a closed vocabulary in reading order, longest words first at each place; what is said not to be wanted is none. */
export const findTerms = (
  sentence: Sentence,
  terms: Terms,
  denied = false,
): readonly Found<string>[] => {
  const { text } = sentence;
  const found: Found<string>[] = [];
  for (const { from, to, value } of tileWords(indexOf(terms), text))
    if (value !== '' && !partOfCode(text, from, to) && (denied || !isRefused(text, from)))
      found.push(foundAt(sentence, from, to, value));
  return found;
};

const lists = new WeakMap<readonly string[], WordIndex<string>>();
/** Of all empty lists, which are made anew where they are passed. */
const noWords = indexWords<string>([]);

/** An index of plain words, built once for each list. */
export const wordsIn = (words: readonly string[]): WordIndex<string> => {
  if (words.length === 0) return noWords;
  const known = lists.get(words);
  if (known !== undefined) return known;
  const index = indexWords(words.map((word) => [lower(word), word] as const));
  lists.set(words, index);
  return index;
};

/** Words of a list in reading order. */
export const findWords = (sentence: Sentence, words: readonly string[]): readonly Found<string>[] =>
  words.length === 0
    ? []
    : tileWords(wordsIn(words), sentence.text).map(({ from, to, value }) =>
        foundAt(sentence, from, to, value),
      );
