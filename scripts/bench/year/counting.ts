/**
 * How promises of the year are counted. The oracle knows the minutes of the year (`test/time/minute-row.ts`) and computes no deadline with our code.
 *
 * - once: rung in the first tick in which it could be; late: in the first one after nobody was there; lost, doubled, early: what must never be.
 */
import { instant, minuteOf, walked } from '../../../test/time/minute-row.ts';

/** A tick of the year; `done`: one replica got to its end. */
export type Rung = { readonly at: Temporal.Instant; readonly done: boolean };

/** How often a promise was kept, and how it was not. */
export type Tally = {
  readonly name: string;
  once: number;
  late: number;
  lost: number;
  doubled: number;
  early: number;
};

export const tally = (name: string): Tally => ({
  name,
  once: 0,
  late: 0,
  lost: 0,
  doubled: 0,
  early: 0,
});

/** The ticks of a year, to be asked. */
export type Ticks = {
  /** The first tick from a moment on, whoever was there. */
  readonly from: (at: Temporal.Instant) => Rung | undefined;
  /** The first one from a moment on that was done and in which something may be sent. */
  readonly doneFrom: (at: Temporal.Instant) => Temporal.Instant | undefined;
  readonly end: Temporal.Instant;
};

export function ticksOf(rung: readonly Rung[], isQuiet: (at: Temporal.Instant) => boolean): Ticks {
  const place = (at: Temporal.Instant): number => {
    let [low, high] = [0, rung.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const there = rung[middle];
      if (there && Temporal.Instant.compare(there.at, at) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    from: (at) => rung[place(at)],
    doneFrom(at) {
      for (let i = place(at); i < rung.length; i++) {
        const each = rung[i];
        if (each?.done && !isQuiet(each.at)) return each.at;
      }
      return undefined;
    },
    end: rung.at(-1)?.at ?? Temporal.Instant.fromEpochMilliseconds(0),
  };
}

/** Counts one promise: due at `due`, over at `over`, rung at the moments of `actual` (the first counts, all others are too many). */
export function count(
  sum: Tally,
  promise: { readonly due: Temporal.Instant; readonly over: Temporal.Instant | null },
  actual: readonly Temporal.Instant[],
  ticks: Ticks,
): void {
  const { due, over } = promise;
  const could = ticks.doneFrom(due);
  const owed = could !== undefined && (over === null || Temporal.Instant.compare(could, over) < 0);
  const [first] = actual;
  sum.doubled += Math.max(0, actual.length - 1);
  if (first === undefined) {
    if (owed) sum.lost++;
    return;
  }
  if (Temporal.Instant.compare(first, due) < 0) sum.early++;
  else if (could !== undefined && Temporal.Instant.compare(first, could) > 0) sum.lost++;
  else if (ticks.from(due)?.done === false) sum.late++;
  else sum.once++;
}

/** So many working minutes after a moment, walked minute by minute. */
export const workingMinutesAfter = (at: Temporal.Instant, minutes: number): Temporal.Instant =>
  instant(walked(Math.ceil(minuteOf(at)), minutes));
