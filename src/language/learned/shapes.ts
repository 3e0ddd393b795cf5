import type { Sentence } from '../sentence.ts';

/**
 * A shape is a short stretch of a sentence that may tell what is meant, whatever the particulars: one to three characters, or a
 * Latin word. Times are one sign (T), numbers another (0), the ends of the sentence a third (|); spaces do not count.
 */
const LONGEST = 3;

/** Nobody needs more to say what it is about; a longer sentence is judged by its beginning. */
const MOST = 120;

const numeral = /[\d零〇一二三四五六七八九十百千万两俩半.]+/g;

/** Names of the company's own tell nothing in general; U+E000 is in no sentence that was learned from. */
const NAME = '\ue000';

/** The sentence as shapes are taken from it. */
function outlined({ text, timeSpans, named }: Sentence): string {
  const signs = [
    ...timeSpans().map(({ from, to }) => ({ from, to, sign: 'T' })),
    ...(['rooms', 'items', 'people'] as const).flatMap((sort) =>
      named(sort).map(({ from, to }) => ({ from, to, sign: NAME })),
    ),
  ].sort((a, b) => a.from - b.from);
  let outline = '';
  let at = 0;
  for (const { from, to, sign } of signs) {
    if (from < at) continue;
    outline += text.slice(at, from) + sign;
    at = to;
  }
  outline += text.slice(at);
  return `|${outline
    .slice(0, MOST)
    .replaceAll(numeral, '0')
    .replaceAll(/[\s，,。.！!？?；;：:、~～"“”'‘’()（）]+/g, ' ')
    .replaceAll(/(?<![a-z]) | (?![a-z])/g, '')}|`;
}

const isLatin = (c: string): boolean => c >= 'a' && c <= 'z' && c.length === 1;

/** The shapes of a sentence, each once. */
export function shapesOf(sentence: Sentence): ReadonlySet<string> {
  const outline = outlined(sentence);
  const shapes = new Set<string>();
  for (const [word] of outline.matchAll(/[a-z]{2,}/g)) shapes.add(word);
  for (let from = 0; from < outline.length; from++)
    for (let to = from + 1; to <= Math.min(from + LONGEST, outline.length); to++) {
      // Letters count as whole words only.
      if (isLatin(outline.charAt(to - 1))) break;
      shapes.add(outline.slice(from, to));
    }
  return shapes;
}
