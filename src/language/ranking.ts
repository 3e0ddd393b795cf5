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

/** The scores with what was learned, best first; only what something speaks for. */
export function rankedBy(
  scores: readonly Score[],
  learned: Opinion,
  { intents }: Pick<Lexicon, 'intents'>,
): readonly Score[] {
  const cued = new Set(scores.map(({ heard }) => heard.intent));
  const weighed = scores.map((score): Score => {
    const more = INFLUENCE * (learned.get(score.heard.intent) ?? 0);
    return {
      ...score,
      score: OF_CUES * score.score + more,
      reasons: () => [...score.reasons(), said(more)],
    };
  });
  const others = intents.flatMap((heard): readonly Score[] => {
    const score = INFLUENCE * (learned.get(heard.intent) ?? 0);
    return cued.has(heard.intent) || score < ALONE
      ? []
      : [{ heard, score, pro: 0, reasons: () => [said(score)] }];
  });
  return [...weighed, ...others]
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
}

const said = (more: number): string => `learned ${more > 0 ? '+' : ''}${more.toFixed(1)}`;
