/** A word found by a scan, with what was filed under it. */
export type Hit<T> = { readonly from: number; readonly to: number; readonly value: T };

/**
 * Many words, found together in one pass over a text: a trie whose branches lie in one table with open addressing, since every
 * sentence is looked up in dozens of them. Nodes are numbered, the root is 0.
 *
 * - branches: two numbers for each place: the node and the UTF-16 unit of a branch as one number, and where it leads. It stands
 *   at the first place behind their hash that has both; a place that leads to 0 is free.
 * - pairs: 1 by the lowest bits of two units that a word may begin with, put together; singles: the same for words of one unit.
 *   As many bits as tell most of them apart: at most places of most texts no word begins, and that is seen at once.
 * - values: by node, what was filed under the word that ends there.
 */
export type WordIndex<T> = {
  readonly branches: Int32Array;
  readonly pairs: Uint8Array;
  readonly singles: Uint8Array;
  readonly values: (readonly T[])[];
};

const none: readonly never[] = [];

const MOST_NODES = 0x10000;

/** Where the branch of a node for a unit stands, or the free place for it. */
function placeOf(branches: Int32Array, node: number, code: number): number {
  const last = branches.length - 1;
  const key = (node << 16) | code;
  let place = (Math.imul(key ^ (key >>> 15), 0x9e3779b1) >>> 14) & last & ~1;
  while (branches[place + 1] !== 0 && branches[place] !== key) place = (place + 2) & last;
  return place;
}

/** Two units as one number; what lies behind the end of a text (NaN) counts as 0. */
const pairOf = (text: string, at: number): number =>
  Math.imul(text.charCodeAt(at), 61) ^ text.charCodeAt(at + 1);

/** The bit that the lowest bits of a number lead to. */
const bitOf = (table: Uint8Array, number: number): number =>
  ((table[(number >>> 3) & (table.length - 1)] ?? 0) >>> (number & 7)) & 1;

function setBit(table: Uint8Array, number: number): void {
  const at = (number >>> 3) & (table.length - 1);
  table[at] = (table[at] ?? 0) | (1 << (number & 7));
}

/** Files each word under its value. Words of more than one value are kept with all of them. */
export function indexWords<T>(entries: Iterable<readonly [string, T]>): WordIndex<T> {
  const words = [...entries].filter(([word]) => word !== '');
  // Twice as many places as there can be branches keep the searches short.
  const units = words.reduce((sum, [word]) => sum + word.length, 1);
  const size = 2 ** Math.ceil(Math.log2(2 * units));
  const branches = new Int32Array(2 * size);
  const bits = 2 ** Math.min(16, Math.max(8, Math.ceil(Math.log2(16 * words.length + 1))));
  const pairs = new Uint8Array(bits / 8);
  const singles = new Uint8Array(bits / 8);
  const values: (readonly T[])[] = [none];
  for (const [word, value] of words) {
    if (word.length > 1) setBit(pairs, pairOf(word, 0));
    else setBit(singles, word.charCodeAt(0));
    let node = 0;
    for (let i = 0; i < word.length; i++) {
      const code = word.charCodeAt(i);
      const place = placeOf(branches, node, code);
      if (branches[place + 1] === 0) {
        if (values.length === MOST_NODES) throw new RangeError('too many words for one index');
        branches[place] = (node << 16) | code;
        branches[place + 1] = values.length;
        values.push(none);
      }
      node = branches[place + 1] ?? 0;
    }
    values[node] = [...(values[node] ?? none), value];
  }
  return { branches, pairs, singles, values };
}

/** Whether a word may begin at `from`; it is no for most places. */
const mayBegin = ({ pairs, singles }: WordIndex<unknown>, text: string, from: number): boolean =>
  bitOf(pairs, pairOf(text, from)) === 1 || bitOf(singles, text.charCodeAt(from)) === 1;

/** Shows every word that begins at `from`, shortest first. Latin words match only as whole words. */
export function eachWordAt<T>(
  index: WordIndex<T>,
  text: string,
  from: number,
  see: (to: number, value: T) => void,
): void {
  if (!mayBegin(index, text, from)) return;
  let node = 0;
  for (let to = from; to < text.length;) {
    node = index.branches[placeOf(index.branches, node, text.charCodeAt(to)) + 1] ?? 0;
    if (node === 0) return;
    to++;
    const values = index.values[node] ?? none;
    if (values.length > 0 && !cutsLatin(text, from, to)) for (const value of values) see(to, value);
  }
}

/** Every word that begins at `from`, shortest first. Latin words match only as whole words. */
export function wordsAt<T>(index: WordIndex<T>, text: string, from: number): readonly Hit<T>[] {
  if (!mayBegin(index, text, from)) return none;
  let hits: Hit<T>[] | undefined;
  eachWordAt(index, text, from, (to, value) => (hits ??= []).push({ from, to, value }));
  return hits ?? none;
}

/** The longest word that begins at `from`. */
export function longestAt<T>(index: WordIndex<T>, text: string, from: number): Hit<T> | undefined {
  if (!mayBegin(index, text, from)) return undefined;
  let node = 0;
  let end = from;
  let values: readonly T[] = none;
  for (let to = from; to < text.length;) {
    node = index.branches[placeOf(index.branches, node, text.charCodeAt(to)) + 1] ?? 0;
    if (node === 0) break;
    to++;
    const own = index.values[node] ?? none;
    if (own.length === 0 || cutsLatin(text, from, to)) continue;
    end = to;
    values = own;
  }
  const value = values.at(-1);
  return value === undefined ? undefined : { from, to: end, value };
}

/** Every word anywhere in the text, overlapping ones included, in reading order. */
export function scanWords<T>(index: WordIndex<T>, text: string): readonly Hit<T>[] {
  const hits: Hit<T>[] = [];
  for (let from = 0; from < text.length; from++)
    if (mayBegin(index, text, from))
      eachWordAt(index, text, from, (to, value) => hits.push({ from, to, value }));
  return hits;
}

/** Words in reading order, the longest at each place, none overlapping. */
export function tileWords<T>(index: WordIndex<T>, text: string): readonly Hit<T>[] {
  const hits: Hit<T>[] = [];
  for (let from = 0; from < text.length;) {
    const longest = longestAt(index, text, from);
    if (longest !== undefined) hits.push(longest);
    from = longest?.to ?? from + 1;
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
