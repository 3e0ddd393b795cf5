import type { Card } from '../../cards/card.ts';
import type { Language } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { Office, Work } from '../../db/work.ts';
import type { Channel, Outgoing } from '../channels/channel.ts';
import type { Reach } from '../directory/reachable.ts';
import type { WorkingCalendar } from '../time/calendar.ts';
import type { Clock } from '../time/clock.ts';
import type { Hours } from '../time/hours.ts';
import type { Jobs } from './jobs.ts';
import type { View } from './owe.ts';

/**
 * A view drawn from the truth of now: something to send, or a known message to replace. `subject` names the living card. `over`: there is
 * nothing left to look at, so it takes the place of a card that is shown, and who has none is sent none.
 */
export type Drawn =
  | {
      readonly send: Outgoing;
      readonly subject?: string;
      readonly version?: number;
      readonly over?: boolean;
      readonly language: Language;
    }
  | { readonly replace: string; readonly card: Card; readonly language: Language };

/** Draws a view for a person (null: a stranger). Null when it is no longer true: then nothing is sent. */
export type Draw = (
  tx: Tx,
  view: View,
  person: number | null,
  now: Temporal.Instant,
) => Promise<Drawn | null>;

/** Draws a view that may stand on its person's screen already: what it shall say now, also when it would not be sent any more. */
export type DrawStanding = (...drawn: Parameters<Draw>) => Promise<Drawn>;

export type DelivererOptions = {
  readonly office: Office;
  readonly jobs: Jobs;
  /** Real time, for leases and the platform's pace; the office's clock may be moved in the simulator. */
  readonly realTime: Clock;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly draw: Draw;
  readonly drawStanding: DrawStanding;
  /** The office's quiet hours (null: none) and its calendar; what people wish for themselves is asked of the database. */
  readonly quiet: { readonly hours: Hours | null; readonly calendar: WorkingCalendar };
  /** A message that does not arrive: somebody else must be told, in the same transaction. */
  readonly undeliverable: (work: Work, delivery: Claimed, why: Undeliverable) => Promise<void>;
  /** The old living card of a subject is to say that it moved: owed in the same transaction. */
  readonly moved: (
    work: Work,
    delivery: Claimed,
    subject: string,
    message: string,
  ) => Promise<void>;
  /** Chance between 0 and 1, so that what failed together does not come back together. */
  readonly random: () => number;
  readonly log: (what: string, about: object) => void;
};

/**
 * Why a message does not arrive: the `message` itself will not heal; it was `given-up` after it failed by itself for a day; its person is `out-of-reach` from now on, or
 * `stays-out-of-reach`, which was told before.
 */
export type Undeliverable = {
  readonly code: string;
  readonly why: 'message' | 'given-up' | 'out-of-reach' | 'stays-out-of-reach';
};

/** A delivery in our hands until its lease ends. */
export type Claimed = {
  readonly id: string;
  readonly lane: string;
  readonly person_id: number | null;
  readonly channel: string;
  readonly address: string;
  readonly view: View;
  readonly attention: boolean;
  readonly priority: number;
  readonly generation: number;
  readonly attempts: number;
  readonly not_after: Temporal.Instant | null;
  readonly first_unknown: Temporal.Instant | null;
  readonly failing_since: Temporal.Instant | null;
  /** What came of the try before: the platform's code, or a word of ours (`outcome.ts`). */
  readonly last_error: string | null;
  readonly buzz: boolean;
};

/** What is to be done at the platform: replace a message in place, or send a new one. */
export type Plan = {
  readonly drawn: Drawn;
  /** The message to update in place. */
  readonly update?: string;
  /** The living card that a new message will replace. */
  readonly before?: string;
  /** What was known about its address as it was drawn. */
  readonly reach?: Reach;
};
