import { prepareCues, scoreIntents } from './cues.ts';
import type { Cues, Score } from './cues.ts';
import { fillSlots } from './fill.ts';
import type { Lexicon } from './lexicon.ts';
import type { Piece, Reading } from './meaning.ts';
import { cutPieces, speaksOfMore, SURE } from './pieces.ts';
import type { Leaning, Stretch } from './pieces.ts';
import { sentenceOf } from './sentence.ts';
import type { Sentence } from './sentence.ts';
import { languageOf } from './language-of.ts';

/** Messages longer than this are read up to here (the office's limit for what is considered at all). */
export const LONGEST = 2_000;
/** Readings less likely than this are not worth a line on a card. */
const LEAST = 0.03;
const MOST_READINGS = 4;

const prepared = new WeakMap<Lexicon, Cues>();
const cuesOf = (lexicon: Lexicon): Cues => {
  const cues = prepared.get(lexicon) ?? prepareCues(lexicon);
  prepared.set(lexicon, cues);
  return cues;
};

/** Scores as shares of one (softmax): equal scores share equally, three points apart is twenty to one. */
function confidences(
  scores: readonly Score[],
): readonly (Score & { readonly confidence: number })[] {
  const best = Math.max(...scores.map((s) => s.score));
  const weights = scores.map((s) => Math.exp(s.score - best));
  const sum = weights.reduce((a, b) => a + b, 0);
  return scores.map((s, i) => ({ ...s, confidence: (weights[i] ?? 0) / sum }));
}

const ranked = (scores: readonly Score[]): readonly Score[] =>
  scores.filter((s) => s.score > 0).toSorted((a, b) => b.score - a.score);

/** A stretch of a message with the scores of every intent. */
type Judged = { readonly sentence: Sentence; readonly scores: readonly Score[] };

const judgedOf = (cues: Cues, sentence: Sentence): Judged => ({
  sentence,
  scores: scoreIntents(cues, sentence),
});

/** The readings of one piece, best first. */
function readingsOf({ sentence, scores }: Judged): readonly Reading[] {
  const readings = confidences(ranked(scores))
    .filter((s) => s.confidence >= LEAST)
    .slice(0, MOST_READINGS)
    .map(({ heard, confidence, reasons }) => ({
      intent: heard.intent,
      confidence,
      ...fillSlots(sentence, heard),
      reasons,
    }));
  return readings.length > 0 ? readings : [nothing];
}

const nothing: Reading = { intent: 'other', confidence: 0.5, slots: {}, words: {}, reasons: [] };

/** Whether two wishes have so much for them that the message could be cut between them. */
const mayBeSeveral = (scores: readonly Score[]): boolean =>
  scores.filter((s) => s.heard.wish && s.pro >= SURE).length > 1;

/** What a stretch means by its words, and how far that leads before the next meaning. */
function leaningOf(scores: readonly Score[]): Leaning | null {
  const [best, ...others] = ranked(scores);
  if (best === undefined) return null;
  const wish = others.find((score) => score.heard.wish);
  return {
    heard: best.heard,
    lead: best.score - (others[0]?.score ?? 0),
    leadOfWishes: best.score - (wish?.score ?? 0),
  };
}

/**
 * What a message asks for: its pieces in the order said, each with its readings, best first.
 * Times are resolved against `now`, in its zone. Never throws on what people write; the last resort is the intent `other`.
 */
export function understand(
  text: string,
  lexicon: Lexicon,
  now: Temporal.ZonedDateTime,
): readonly Piece[] {
  const cues = cuesOf(lexicon);
  const message = text.slice(0, LONGEST);
  const tongue = languageOf(message);
  const whole = judgedOf(cues, sentenceOf(message, lexicon, now, tongue));
  const judged = new Map<string, Judged>();
  const judge = ({ from, to }: Stretch): Judged => {
    const key = `${from} ${to}`;
    const known =
      judged.get(key) ?? judgedOf(cues, sentenceOf(message.slice(from, to), lexicon, now, tongue));
    judged.set(key, known);
    return known;
  };
  const parts =
    mayBeSeveral(whole.scores) || speaksOfMore(message)
      ? cutPieces(message, (part) => leaningOf(judge(part).scores))
      : [];
  if (parts.length < 2) return [{ text: message, readings: readingsOf(whole) }];
  return parts.map((part) => ({
    text: message.slice(part.from, part.to),
    readings: readingsOf(judge(part)),
  }));
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
