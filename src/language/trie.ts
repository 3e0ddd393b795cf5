/** A word found by a scan, with what was filed under it. */
export type Hit<T> = { readonly from: number; readonly to: number; readonly value: T };

/**
 * Many words, found together in one pass over a text: a trie whose branches lie in one table with open addressing, since every
 * sentence is looked up in dozens of them. Nodes are numbered, the root is 0; the branch of a node for a UTF-16 unit stands at the
 * first place behind their hash that has both, and a place with `to` 0 is free. `values`: by node, what was filed under the
 * word that ends there.
 */
export type WordIndex<T> = {
  readonly from: Int32Array;
  readonly unit: Uint16Array;
  readonly to: Int32Array;
  readonly values: (readonly T[])[];
};

const none: readonly never[] = [];

/** Where the branch of a node for a unit stands, or the free place for it. */
function placeOf({ from, unit, to }: WordIndex<unknown>, node: number, code: number): number {
  const last = to.length - 1;
  let place = Math.imul(node * 0x101 + code, 0x9e3779b1) >>> 15;
  for (place &= last; to[place] !== 0; place = (place + 1) & last)
    if (unit[place] === code && from[place] === node) break;
  return place;
}

/** Files each word under its value. Words of more than one value are kept with all of them. */
export function indexWords<T>(entries: Iterable<readonly [string, T]>): WordIndex<T> {
  const words = [...entries].filter(([word]) => word !== '');
  // Twice as many places as there can be branches keep the searches short.
  const units = words.reduce((sum, [word]) => sum + word.length, 1);
  const size = 2 ** Math.ceil(Math.log2(2 * units));
  const index: WordIndex<T> = {
    from: new Int32Array(size),
    unit: new Uint16Array(size),
    to: new Int32Array(size),
    values: [none],
  };
  for (const [word, value] of words) {
    let node = 0;
    for (let i = 0; i < word.length; i++) {
      const code = word.charCodeAt(i);
      const place = placeOf(index, node, code);
      if (index.to[place] === 0) {
        index.from[place] = node;
        index.unit[place] = code;
        index.to[place] = index.values.length;
        index.values.push(none);
      }
      node = index.to[place] ?? 0;
    }
    index.values[node] = [...(index.values[node] ?? none), value];
  }
  return index;
}

/** Shows every word that begins at `from`, shortest first. Latin words match only as whole words. */
export function eachWordAt<T>(
  index: WordIndex<T>,
  text: string,
  from: number,
  see: (to: number, value: T) => void,
): void {
  let node = 0;
  for (let to = from; to < text.length;) {
    node = index.to[placeOf(index, node, text.charCodeAt(to))] ?? 0;
    if (node === 0) return;
    to++;
    const values = index.values[node] ?? none;
    if (values.length > 0 && !cutsLatin(text, from, to)) for (const value of values) see(to, value);
  }
}

/** Every word that begins at `from`, shortest first. Latin words match only as whole words. */
export function wordsAt<T>(index: WordIndex<T>, text: string, from: number): readonly Hit<T>[] {
  let hits: Hit<T>[] | undefined;
  eachWordAt(index, text, from, (to, value) => (hits ??= []).push({ from, to, value }));
  return hits ?? none;
}

/** The longest word that begins at `from`. */
export function longestAt<T>(index: WordIndex<T>, text: string, from: number): Hit<T> | undefined {
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
