import { prepareCues, scoreIntents } from './cues.ts';
import type { Cues, Score } from './cues.ts';
import { fillSlots } from './fill.ts';
import type { Lexicon } from './lexicon.ts';
import type { Piece, Reading } from './meaning.ts';
import { cutPieces } from './pieces.ts';
import type { Leaning, Stretch } from './pieces.ts';
import { sentenceOf } from './sentence.ts';
import type { Sentence } from './sentence.ts';

/** Messages longer than this are read up to here; nobody orders supplies in a novel. */
const LONGEST = 2000;
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

const ranked = (cues: Cues, sentence: Sentence): readonly Score[] =>
  scoreIntents(cues, sentence)
    .filter((s) => s.score > 0)
    .toSorted((a, b) => b.score - a.score);

/** The readings of one piece, best first. */
function readingsOf(cues: Cues, sentence: Sentence): readonly Reading[] {
  const readings = confidences(ranked(cues, sentence))
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

/** What a stretch means by its words, and how far that leads before the next meaning. */
function leaningOf(cues: Cues, sentence: Sentence): Leaning | null {
  const [best, next] = ranked(cues, sentence);
  return best === undefined
    ? null
    : { heard: best.heard, score: best.score, lead: best.score - (next?.score ?? 0) };
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
  const sentence = (part: Stretch): Sentence =>
    sentenceOf(message.slice(part.from, part.to), lexicon, now);
  return cutPieces(message, (part) => leaningOf(cues, sentence(part))).map((part) => ({
    text: message.slice(part.from, part.to),
    readings: readingsOf(cues, sentence(part)),
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
