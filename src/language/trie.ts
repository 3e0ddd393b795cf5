/** A word found by a scan, with what was filed under it. */
export type Hit<T> = { readonly from: number; readonly to: number; readonly value: T };

type Node<T> = { readonly next: Map<string, Node<T>>; readonly values: T[] };

/** Many words, found together in one pass over a text. */
export type WordIndex<T> = { readonly root: Node<T> };

const node = <T>(): Node<T> => ({ next: new Map(), values: [] });

/** Files each word under its value. Words of more than one value are kept with all of them. */
export function indexWords<T>(entries: Iterable<readonly [string, T]>): WordIndex<T> {
  const root = node<T>();
  for (const [word, value] of entries) {
    if (word === '') continue;
    let at = root;
    for (const c of word.split('')) {
      const next = at.next.get(c) ?? node<T>();
      at.next.set(c, next);
      at = next;
    }
    at.values.push(value);
  }
  return { root };
}

/** Every word that begins at `from`, shortest first. Latin words match only as whole words. */
export function wordsAt<T>(index: WordIndex<T>, text: string, from: number): readonly Hit<T>[] {
  const hits: Hit<T>[] = [];
  let at: Node<T> | undefined = index.root;
  for (let i = from; i < text.length; i++) {
    at = at.next.get(text.charAt(i));
    if (at === undefined) break;
    if (at.values.length > 0 && !cutsLatin(text, from, i + 1))
      for (const value of at.values) hits.push({ from, to: i + 1, value });
  }
  return hits;
}

/** The longest word that begins at `from`. */
export const longestAt = <T>(index: WordIndex<T>, text: string, from: number): Hit<T> | undefined =>
  wordsAt(index, text, from).at(-1);

/** Every word anywhere in the text, overlapping ones included, in reading order. */
export function scanWords<T>(index: WordIndex<T>, text: string): readonly Hit<T>[] {
  const hits: Hit<T>[] = [];
  for (let i = 0; i < text.length; i++) hits.push(...wordsAt(index, text, i));
  return hits;
}

/** Words in reading order, the longest at each place, none overlapping. */
export function tileWords<T>(index: WordIndex<T>, text: string): readonly Hit<T>[] {
  const hits: Hit<T>[] = [];
  for (let i = 0; i < text.length;) {
    const hit = longestAt(index, text, i);
    if (hit !== undefined) hits.push(hit);
    i = hit?.to ?? i + 1;
  }
  return hits;
}

const isLatin = (text: string, i: number): boolean => {
  const c = text.charCodeAt(i) | 32;
  return c >= 97 && c <= 122;
};

const cutsLatin = (text: string, from: number, to: number): boolean =>
  (from > 0 && isLatin(text, from) && isLatin(text, from - 1)) ||
  (to < text.length && isLatin(text, to - 1) && isLatin(text, to));
