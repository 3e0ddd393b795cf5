import type { Score } from './cues.ts';
import type { Opinion } from './learned/opinion.ts';
import type { Lexicon } from './lexicon.ts';

/**
 * What was learned counts so much beside the cues. By cross-validation over writers, while the cues were not yet mended by their
 * sentences: less gains less, more makes a cue say little.
 */
const INFLUENCE = 2;
/** An intent that no cue speaks for must be learned as surely as a good cue says it. */
const ALONE = 2;

/** The scores with what was learned, best first; only what something speaks for. */
export function rankedBy(
  scores: readonly Score[],
  learned: Opinion,
  { intents }: Pick<Lexicon, 'intents'>,
): readonly Score[] {
  const cued = new Set(scores.map(({ heard }) => heard.intent));
  const weighed = scores.map((score): Score => {
    const more = INFLUENCE * (learned.get(score.heard.intent) ?? 0);
    return { ...score, score: score.score + more, reasons: [...score.reasons, said(more)] };
  });
  const others = intents.flatMap((heard): readonly Score[] => {
    const score = INFLUENCE * (learned.get(heard.intent) ?? 0);
    return cued.has(heard.intent) || score < ALONE
      ? []
      : [{ heard, score, pro: 0, reasons: [said(score)] }];
  });
  return [...weighed, ...others]
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
}

const said = (more: number): string => `learned ${more > 0 ? '+' : ''}${more.toFixed(1)}`;
