import { prepareCues, scoreIntents } from './cues.ts';
import type { Cues, Score } from './cues.ts';
import { fillSlots } from './fill.ts';
import { spellingOf, stretchOf } from './fold.ts';
import type { Spelling } from './fold.ts';
import { wordsByIntent } from './heard-words.ts';
import type { Lexicon } from './lexicon.ts';
import type { Piece, Reading } from './meaning.ts';
import { clausesOf, cutPieces, speaksOfMore, SURE } from './pieces.ts';
import type { Leaning, Stretch } from './pieces.ts';
import { once, sentenceOf, spelledSentence } from './sentence.ts';
import type { Sentence } from './sentence.ts';
import { spelledRight } from './slips.ts';
import { opinionOf } from './learned/opinion.ts';
import { rankedBy, reasonsFor } from './ranking.ts';
import type { Ranked } from './ranking.ts';
import { languageOf } from './language-of.ts';
import { LONG, prepareSkim, stretchesOf } from './skim.ts';
import type { Skim } from './skim.ts';

/** Messages longer than this are read up to here (the office's limit for what is considered at all). */
export const LONGEST = 2_000;
/** Readings less likely than this are not worth a line on a card, unless the rules have so much to say for them. */
const LEAST = 0.03;
const SPOKEN_FOR = 2;
const MOST_READINGS = 4;

/** A lexicon taken apart once: its cues, and its words for looking through long messages. */
type Prepared = { readonly cues: Cues; readonly skim: () => Skim };

const prepared = new WeakMap<Lexicon, Prepared>();
const preparedOf = (lexicon: Lexicon): Prepared => {
  const known = prepared.get(lexicon);
  if (known !== undefined) return known;
  const made: Prepared = {
    cues: prepareCues(lexicon),
    skim: once(() => prepareSkim(lexicon.intents)),
  };
  prepared.set(lexicon, made);
  return made;
};

/** Scores as shares of one (softmax): equal scores share equally, three points apart is twenty to one. */
function confidences(scores: readonly Ranked[]): readonly number[] {
  const best = Math.max(...scores.map((s) => s.score));
  const weights = scores.map((s) => Math.exp(s.score - best));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * How far an intent may be behind the best by what was learned, for its cues to be looked at. In a message of several clauses a second
 * wish is never 7 behind the first (of those that were cut rightly the last is 5 behind). A message of one clause asks for one
 * thing, and no cues turn over as much as 3. What is further behind only shares words with what is meant.
 */
const FAR_BEHIND = { ofSeveral: 7, ofOne: 3 } as const;

/** A stretch of a message with the scores of the intents that may be meant. */
type Judged = {
  readonly sentence: Sentence;
  readonly scores: readonly Score[];
  /** With what was learned. */
  readonly ranked: () => readonly Ranked[];
};

function judgedOf(cues: Cues, sentence: Sentence, farBehind: number): Judged {
  const { intents } = sentence.lexicon;
  const heard = wordsByIntent(cues.words, sentence.text);
  const learned = opinionOf(sentence, heard);
  let best = -Infinity;
  for (const { intent } of intents) best = Math.max(best, learned.get(intent) ?? -Infinity);
  // An intent that nobody learned goes by its cues alone.
  const worth = (intent: string): boolean => (learned.get(intent) ?? best) >= best - farBehind;
  const scores = scoreIntents(cues, sentence, heard, worth);
  return { sentence, scores, ranked: once(() => rankedBy(scores, learned, sentence.lexicon)) };
}

/** The second best is seldom looked at; its slots are filled when it is. (A class, because getters of a literal are made anew each time.) */
class Weighed implements Reading {
  readonly intent: string;
  readonly confidence: number;
  readonly #sentence: Sentence;
  readonly #ranked: Ranked;
  #filled: ReturnType<typeof fillSlots> | null = null;

  constructor(sentence: Sentence, ranked: Ranked, confidence: number) {
    this.intent = ranked.heard.intent;
    this.confidence = confidence;
    this.#sentence = sentence;
    this.#ranked = ranked;
  }

  #fill(): ReturnType<typeof fillSlots> {
    return (this.#filled ??= fillSlots(this.#sentence, this.#ranked.heard));
  }

  get slots(): Reading['slots'] {
    return this.#fill().slots;
  }

  get words(): Reading['words'] {
    return this.#fill().words;
  }

  get reasons(): Reading['reasons'] {
    return reasonsFor(this.#ranked);
  }

  /** Written down (a view that is owed), it is whole: what is worked out on demand would be left out otherwise. */
  toJSON(): Reading {
    const { intent, confidence, slots, words, reasons } = this;
    return { intent, confidence, slots, words, reasons };
  }
}

/** The readings of one piece, best first. */
function readingsOf(judged: Judged): readonly Reading[] {
  const { sentence } = judged;
  const ranked = judged.ranked();
  const shares = confidences(ranked);
  const readings: Reading[] = [];
  for (let i = 0; i < ranked.length && readings.length < MOST_READINGS; i++) {
    const [score, confidence] = [ranked[i], shares[i] ?? 0];
    if (score !== undefined && (confidence >= LEAST || score.pro >= SPOKEN_FOR))
      readings.push(new Weighed(sentence, score, confidence));
  }
  return readings.length > 0 ? readings : [nothing];
}

const nothing: Reading = { intent: 'other', confidence: 0.5, slots: {}, words: {}, reasons: [] };

/** Whether two wishes have so much for them that the message could be cut between them. */
function mayBeSeveral(scores: readonly Score[]): boolean {
  let sure = 0;
  for (const { heard, pro } of scores) if (heard.wish && pro >= SURE) sure++;
  return sure > 1;
}

/** A part is cut off only when what was learned is so sure of it as well: confidence, 0 to 1. */
const SURE_OF_PART = 0.9;

/** The wish of a stretch by its words, and how far it leads before the next meaning; null when it may well be none. */
function leaningOf(judged: Judged): Leaning | null {
  const [best, ...others] = judged.scores
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
  if (best === undefined) return null;
  const wish = others.find((score) => score.heard.wish);
  const lead = best.score - (others[0]?.score ?? 0);
  const leadOfWishes = best.score - (wish?.score ?? 0);
  if (!best.heard.wish || leadOfWishes < SURE) return null;
  const ranked = judged.ranked();
  const [confidence = 0] = confidences(ranked);
  return ranked[0]?.heard.intent === best.heard.intent && confidence >= SURE_OF_PART
    ? { heard: best.heard, lead, leadOfWishes }
    : null;
}

/** What is read with care: as written, as folded, and whether it is only a part of a long message. */
type Passage = {
  readonly written: string;
  readonly spelling: Spelling;
  readonly ofLong: boolean;
};

/** The pieces of a passage, each with its readings. */
function piecesOf(
  { written, spelling, ofLong }: Passage,
  judgedAs: (spelling: Spelling, farBehind: number) => Judged,
): readonly Piece[] {
  const clauses = clausesOf(written);
  const farBehind = clauses.length > 1 ? FAR_BEHIND.ofSeveral : FAR_BEHIND.ofOne;
  const whole = once(() => judgedAs(spelling, farBehind));
  // What is said again word for word is judged once.
  const judged = new Map<string, Judged>();
  const judge = ({ from, to }: Stretch): Judged => {
    const said = spelling.plain.slice(from, to);
    const known = judged.get(said) ?? judgedAs(stretchOf(spelling, from, to), farBehind);
    judged.set(said, known);
    return known;
  };
  // A long message seldom asks for one thing only; judging it whole first would be work for nothing.
  const parts =
    clauses.length > 1 && (ofLong || speaksOfMore(written) || mayBeSeveral(whole().scores))
      ? cutPieces(written, clauses, (part) => leaningOf(judge(part)))
      : [];
  if (parts.length < 2) return [{ text: written, readings: readingsOf(whole()) }];
  return parts.map((part) => ({
    text: written.slice(part.from, part.to),
    readings: readingsOf(judge(part)),
  }));
}

/** So many wishes of a long message are read, the first ones: nobody answers more cards at once. */
const MOST_OF_LONG = 5;
/** In a long message much sounds like a wish; only what surely is one is taken for it. */
const SURELY = 0.8;

/** Whether a piece surely asks for something; what a long message says besides is not answered. */
const isWish = ({ readings: [best] }: Piece, { intents }: Lexicon): boolean =>
  best !== undefined &&
  best.confidence >= SURELY &&
  intents.some(({ intent, wish }) => wish && intent === best.intent);

/**
 * What a message asks for: its pieces in the order said, each with its readings, best first.
 * Of a message longer than a screen only the stretches that ask for something are read (see skim.ts), of at most 2,000 characters.
 * Times are resolved against `now`, in its zone. Never throws on what people write; the last resort is the intent `other`.
 */
export function understand(
  text: string,
  lexicon: Lexicon,
  now: Temporal.ZonedDateTime,
): readonly Piece[] {
  const { cues, skim } = preparedOf(lexicon);
  const message = text.slice(0, LONGEST);
  const tongue = languageOf(message);
  const spelling = spellingOf(message);
  const judgedAs = (part: Spelling, farBehind: number): Judged =>
    judgedOf(cues, spelledSentence(part, lexicon, now, tongue), farBehind);
  const right = (spelled: Spelling): Spelling =>
    tongue === 'zh' ? spelledRight(spelled, lexicon.intents) : spelled;
  if (message.length <= LONG[tongue])
    return piecesOf({ written: message, spelling: right(spelling), ofLong: false }, judgedAs);
  const wishes: Piece[] = [];
  for (const { from, to } of stretchesOf(skim(), spelling.said, tongue)) {
    if (wishes.length >= MOST_OF_LONG) break;
    const passage: Passage = {
      written: message.slice(from, to),
      spelling: right(stretchOf(spelling, from, to)),
      ofLong: true,
    };
    wishes.push(...piecesOf(passage, judgedAs).filter((piece) => isWish(piece, lexicon)));
  }
  return wishes.length > 0
    ? wishes.slice(0, MOST_OF_LONG)
    : [{ text: message.slice(0, LONG[tongue]), readings: [nothing] }];
}

/**
 * What a message says when its intent is already known: an answer to an open draft (「明天下午3点」 alone is no request, but it
 * fills the time of one). Throws RangeError when the lexicon has no such intent.
 */
export function readAs(
  text: string,
  lexicon: Lexicon,
  now: Temporal.ZonedDateTime,
  intent: string,
): Reading {
  const heard = lexicon.intents.find((each) => each.intent === intent);
  if (!heard) throw new RangeError(`unknown intent ${intent}`);
  const sentence = sentenceOf(text.slice(0, LONGEST), lexicon, now);
  return { intent, confidence: 1, ...fillSlots(sentence, heard), reasons: ['known'] };
}
