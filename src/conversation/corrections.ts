import type { Lexicon } from '../language/lexicon.ts';
import type { Piece } from '../language/meaning.ts';
import { understand } from '../language/understand.ts';
import { closeDraft, oweClosed, readDraft } from './drafts.ts';
import type { LastSaid, Led } from './last-said.ts';
import { keepCorrection, keepMisreading } from './misreadings.ts';
import { readingText } from './next-reading.ts';
import { hearingAt, type Talk } from './talk.ts';

/** Intents that correct nothing. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(['confirm', 'nevermind', 'greeting', 'help']);

/** 不对，是订会议室: what follows stands in the place of what was said before. */
const TAKES_BACK =
  /^(?:不对|不是|错了|说错了?|搞错了?|弄错了?|我是说|我说的是|no\b|sorry\b|i meant\b)/iu;

/**
 * Whether a sentence tells how the one before should have been understood: it is the next after a misreading, or takes the
 * last one back and asks for something else. Then the office hears of it, and the draft it replaces is closed.
 */
export async function noteCorrection(
  talk: Talk,
  lexicon: Lexicon,
  last: LastSaid,
  piece: Piece,
  led: Led,
): Promise<void> {
  const { as } = led;
  if (as === undefined || SAYS_NOTHING.has(as)) return;
  const correction = `${piece.text} → ${as}`;
  if (last.misreading !== undefined) return keepCorrection(talk.work, last.misreading, correction);
  const other = led.draft !== undefined && last.draft !== undefined && led.draft !== last.draft;
  if (!other || last.tried.includes(as) || !TAKES_BACK.test(piece.text.trim())) return;
  const draft = await readDraft(talk.work.tx, last.draft);
  if (draft?.state === 'open') {
    await closeDraft(talk.work, draft, 'cancelled');
    await oweClosed(talk, draft);
  }
  const at = hearingAt(last.at, talk.now.timeZoneId);
  const readings = understand(last.said, lexicon, at.now)[0]?.readings ?? [];
  await keepMisreading(talk.work, {
    text: last.said,
    reading: readingText(readings, last.tried.at(-1)),
    correction,
  });
}
