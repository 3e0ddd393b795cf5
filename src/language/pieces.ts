import type { HeardAs } from './lexicon.ts';

/** A stretch of a message. */
export type Stretch = { readonly from: number; readonly to: number };

/** What a stretch would mean by itself: its intent and how far it leads. */
export type Leaning = { readonly heard: HeardAs; readonly score: number; readonly lead: number };

/** A wish must lead so clearly by itself before a message is cut for it: a wrong cut loses slots, a missed one is asked again. */
export const SURE = 2.5;

/** More wishes in one message are not read: a person sees at once which of so many drafts are missing. */
const MOST_PIECES = 8;

/** Ends of clauses, and words that begin another wish. */
const clauseEnds =
  /[。；;！!？?\n]+|[，,](?=\s*)|(?=另外|顺便|同时还|此外|然后再|还有就是|对了[，,])/g;

/** The clauses of a message, with their punctuation. */
export function clausesOf(text: string): readonly Stretch[] {
  const clauses: Stretch[] = [];
  let from = 0;
  for (const cut of text.matchAll(clauseEnds)) {
    const to = cut.index + cut[0].length;
    if (to > from) clauses.push({ from, to });
    from = to;
  }
  if (from < text.length) clauses.push({ from, to: text.length });
  return clauses;
}

const dependent =
  /^\s*(?:如果|没有的话|有的话|要是|否则|不然|的话|不行的话|可以的话|不对|哦不|说错了|错了|更正|不是)/;

/**
 * Cuts a message between two wishes of different intents. `lean` judges a stretch by its words alone.
 * Clauses without a wish of their own stay with the wish before them, or with the first one.
 */
export function cutPieces(
  text: string,
  lean: (stretch: Stretch) => Leaning | null,
): readonly Stretch[] {
  const clauses = clausesOf(text);
  if (clauses.length < 2) return [{ from: 0, to: text.length }];
  const starts: number[] = [];
  let end = text.length;
  let current: string | null = null;
  for (const clause of clauses) {
    const leaning = dependent.test(text.slice(clause.from, clause.to)) ? null : lean(clause);
    if (leaning === null || !leaning.heard.wish || leaning.lead < SURE) continue;
    if (current !== null && leaning.heard.intent !== current) {
      if (starts.length + 1 === MOST_PIECES) {
        end = clause.from;
        break;
      }
      starts.push(clause.from);
    }
    current = leaning.heard.intent;
  }
  const edges = [0, ...starts, end];
  return edges.slice(1).map((to, i) => ({ from: edges[i] ?? 0, to }));
}
