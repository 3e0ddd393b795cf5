import { reasonsOf } from './cues.ts';
import type { Score } from './cues.ts';
import type { Opinion } from './learned/opinion.ts';
import type { Lexicon } from './lexicon.ts';

/**
 * What was learned decides, and the cues lean: a cue of ten is worth a unit of the learned. By cross-validation over fifteen
 * writers: with more of the cues fewer are right, and shares of one (`confidence`) in this scale are right as often as they say.
 */
const INFLUENCE = 2;
const OF_CUES = 0.1;
/** An intent that no cue speaks for must be learned at least so surely. */
const ALONE = 0.2;

/** A score with what was learned added; `cued` is what the cues said of it, `more` the part that was learned. */
export type Ranked = Pick<Score, 'heard' | 'score' | 'pro'> & {
  readonly cued: Score | null;
  readonly more: number;
};

/** What a ranking goes by, in words. */
export const reasonsFor = ({ cued, more }: Ranked): readonly string[] => [
  ...(cued === null ? [] : reasonsOf(cued)),
  said(more),
];

/** The scores with what was learned, best first; only what something speaks for. */
export function rankedBy(
  scores: readonly Score[],
  learned: Opinion,
  { intents }: Pick<Lexicon, 'intents'>,
): readonly Ranked[] {
  const ranked: Ranked[] = [];
  for (const cued of scores) {
    const { heard, pro } = cued;
    const more = INFLUENCE * (learned.get(heard.intent) ?? 0);
    const score = OF_CUES * cued.score + more;
    if (score > 0) ranked.push({ heard, score, pro, cued, more });
  }
  for (const heard of intents) {
    const score = INFLUENCE * (learned.get(heard.intent) ?? 0);
    if (score >= ALONE && !scores.some((cued) => cued.heard.intent === heard.intent))
      ranked.push({ heard, score, pro: 0, cued: null, more: score });
  }
  return ranked.sort((a, b) => b.score - a.score);
}

const said = (more: number): string => `learned ${more > 0 ? '+' : ''}${more.toFixed(1)}`;
