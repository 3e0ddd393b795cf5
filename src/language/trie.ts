/** A word found by a scan, with what was filed under it. */
export type Hit<T> = { readonly from: number; readonly to: number; readonly value: T };

/** `next` by UTF-16 unit. */
type Node<T> = { readonly next: Map<number, Node<T>>; values: readonly T[] };

/** Many words, found together in one pass over a text. */
export type WordIndex<T> = { readonly root: Node<T> };

const none: readonly never[] = [];
const node = <T>(): Node<T> => ({ next: new Map(), values: none });

/** Files each word under its value. Words of more than one value are kept with all of them. */
export function indexWords<T>(entries: Iterable<readonly [string, T]>): WordIndex<T> {
  const root = node<T>();
  for (const [word, value] of entries) {
    if (word === '') continue;
    let at = root;
    for (let i = 0; i < word.length; i++) {
      const unit = word.charCodeAt(i);
      const next = at.next.get(unit) ?? node<T>();
      at.next.set(unit, next);
      at = next;
    }
    at.values = [...at.values, value];
  }
  return { root };
}

/** Shows every word that begins at `from`, shortest first. Latin words match only as whole words. */
export function eachWordAt<T>(
  { root }: WordIndex<T>,
  text: string,
  from: number,
  see: (to: number, value: T) => void,
): void {
  let at = root.next.get(text.charCodeAt(from));
  for (let to = from + 1; at !== undefined; to++) {
    if (at.values.length > 0 && !cutsLatin(text, from, to))
      for (const value of at.values) see(to, value);
    if (to >= text.length) return;
    at = at.next.get(text.charCodeAt(to));
  }
}

/** Every word that begins at `from`, shortest first. Latin words match only as whole words. */
export function wordsAt<T>(index: WordIndex<T>, text: string, from: number): readonly Hit<T>[] {
  if (!index.root.next.has(text.charCodeAt(from))) return none;
  const hits: Hit<T>[] = [];
  eachWordAt(index, text, from, (to, value) => hits.push({ from, to, value }));
  return hits;
}

/** The longest word that begins at `from`. */
export function longestAt<T>(index: WordIndex<T>, text: string, from: number): Hit<T> | undefined {
  if (!index.root.next.has(text.charCodeAt(from))) return undefined;
  let longest: Hit<T> | undefined;
  eachWordAt(index, text, from, (to, value) => (longest = { from, to, value }));
  return longest;
}

/** Every word anywhere in the text, overlapping ones included, in reading order. */
export function scanWords<T>(index: WordIndex<T>, text: string): readonly Hit<T>[] {
  const hits: Hit<T>[] = [];
  for (let from = 0; from < text.length; from++)
    eachWordAt(index, text, from, (to, value) => hits.push({ from, to, value }));
  return hits;
}

/** Words in reading order, the longest at each place, none overlapping. */
export function tileWords<T>(index: WordIndex<T>, text: string): readonly Hit<T>[] {
  const hits: Hit<T>[] = [];
  let from = 0;
  let longest: Hit<T> | undefined;
  const see = (to: number, value: T): void => {
    longest = { from, to, value };
  };
  while (from < text.length) {
    longest = undefined;
    eachWordAt(index, text, from, see);
    if (longest !== undefined) hits.push(longest);
    from = (longest as Hit<T> | undefined)?.to ?? from + 1;
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
