import type { Sentence } from '../sentence.ts';
import { longestAt, scanWords } from '../trie.ts';
import { amountAt, measureAt } from './amounts.ts';
import type { Segment } from './item-segments.ts';
import { wordsIn } from './terms.ts';

/** Counts with a measure in a stretch. */
function countsIn(text: string, { from, to }: Segment): readonly Segment[] {
  const counts: Segment[] = [];
  for (let i = from; i < to;) {
    const amount = amountAt(text, i);
    const measure = amount === null ? null : measureAt(text, amount.to);
    if (measure !== null && measure.to <= to) counts.push({ from: i, to: measure.to });
    i = measure?.to ?? amount?.to ?? i + 1;
  }
  return counts;
}

/**
 * A stretch that names several things with nothing between them, one for each: 白板擦两个|白板笔一盒, 两包A4纸|一盒笔. Whether the
 * names stand before or behind their counts, the first one tells.
 */
export function thingsApart(
  sentence: Sentence,
  segment: Segment,
  known: readonly string[],
): readonly Segment[] {
  const { text } = sentence;
  const counts = countsIn(text, segment);
  const [first] = counts;
  if (first === undefined || counts.length < 2) return [segment];
  const names = wordsIn(known);
  const named = (from: number, to: number): boolean =>
    scanWords(names, text.slice(from, to)).length > 0;
  const namesFirst = named(segment.from, first.from);
  const cuts = counts.slice(1).flatMap((next, i) => {
    const before = counts[i] ?? first;
    if (!named(before.to, next.from)) return [];
    if (namesFirst) return longestAt(names, text, before.to) === undefined ? [] : [before.to];
    return [next.from];
  });
  const edges = [segment.from, ...cuts, segment.to];
  return edges.slice(1).map((to, i) => ({ from: edges[i] ?? segment.from, to }));
}
