/** What reports tell of, and others keep: folders of one floor do not know each other, so whoever draws a report hands it in. */
import type { Share } from '../../cards/percent.ts';
import type { Words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { Period } from './period.ts';

/** First answers of a period: those given in time, and the middle one's working minutes. */
export type ResponseFigures = Share & { readonly median: number | undefined };

/** Action items that were due in a period: those done by then, and the mean of the days that those done in it took. */
export type ActionFigures = Share & { readonly days: number | undefined };

/** Recurring work, or something it found, whose time is over. */
export type LateWork = {
  readonly title: Words;
  /** Who is to do it. */
  readonly owed: readonly string[];
  readonly due: Temporal.Instant;
};

export type Elsewhere = {
  responses(tx: Tx, period: Period): Promise<ResponseFigures>;
  actions(tx: Tx, period: Period): Promise<ActionFigures>;
  /** What is late at `now`, the oldest first. */
  lateWork(tx: Tx, now: Temporal.Instant): Promise<readonly LateWork[]>;
};
