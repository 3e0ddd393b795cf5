import type { HeardAs } from './lexicon.ts';

/** A stretch of a message. */
export type Stretch = { readonly from: number; readonly to: number };

/** What a stretch would mean by itself: its intent and how far it leads. */
export type Leaning = {
  readonly heard: HeardAs;
  readonly lead: number;
  /** The same, leaving out that it might be small talk. */
  readonly leadOfWishes: number;
};

/** A wish must lead so clearly by itself before a message is cut for it: a wrong cut loses slots, a missed one is asked again. */
export const SURE = 2.5;

/** More wishes in one message are not read: a person sees at once which of so many drafts are missing. */
const MOST_PIECES = 8;

/** A screenful has fewer clauses; what is all punctuation is not judged bit by bit. */
const MOST_CLAUSES = 20;

/** Ends of clauses, and words that begin another wish. */
const clauseEnds =
  /[。；;！!？?\n]+|[，,](?=\s*)|(?= and (?!a half))|(?=和[一两二三四五六七八九十\d])|(?=另外|顺便|同时还|此外|然后再|还有就是|对了[，,])/g;

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

/** …和两盒A4: a clause that goes on like this says no small talk. */
const goesOn = /^[\s,，]*(?:和[一两二三四五六七八九十\d]|and\b)/i;

const again = /^[\s,，]*(?:再|另外|另|还要|还有|还需要|同时|以及|顺便|also|and also|plus)/i;

/** Whether a message speaks of one more somewhere behind its first clause. */
export const speaksOfMore = (text: string): boolean =>
  /[，,。；;！!？?\n][\s,，]*(?:再|另|还|同时|以及|顺便|also|and also|plus)/i.test(text);

/** 再订一个…: another of the same kind, unless the kind collects what is asked for in a list (things, cities). */
const isAnother = (text: string, { from, to }: Stretch, { heard }: Leaning): boolean =>
  again.test(text.slice(from, to)) &&
  !Object.values(heard.slots).some(({ sort }) => sort === 'items' || sort === 'origin');

/**
 * Cuts a message of several clauses between two wishes of different intents. `lean` judges a stretch by its words alone.
 * Clauses without a wish of their own stay with the wish before them, or with the first one.
 */
export function cutPieces(
  text: string,
  clauses: readonly Stretch[],
  lean: (stretch: Stretch) => Leaning | null,
): readonly Stretch[] {
  const starts: number[] = [];
  let end = text.length;
  let current: string | null = null;
  for (const clause of clauses.slice(0, MOST_CLAUSES)) {
    const leaning = dependent.test(text.slice(clause.from, clause.to)) ? null : lean(clause);
    if (leaning === null) continue;
    const lead = goesOn.test(text.slice(clause.from, clause.to))
      ? leaning.leadOfWishes
      : leaning.lead;
    if (lead < SURE) continue;
    if (
      current !== null &&
      (leaning.heard.intent !== current || isAnother(text, clause, leaning))
    ) {
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
