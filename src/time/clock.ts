/** Where "now" comes from. Rules take an instant as an argument; only what starts work asks a clock. */
export type Clock = { now(): Temporal.Instant };

/** The machine's clock: the only place in the program that reads it. */
export const systemClock = (): Clock => ({ now: () => Temporal.Now.instant() });

/** A clock that runs ahead of another by an offset that can only grow: the simulator's office. */
export type MovableClock = Clock & {
  /** How far it is ahead; `toString()` of it can be stored and given to `movableClock` again. */
  offset(): Temporal.Duration;
  /**
   * Moves it forward by a length in days (of 24 h), hours, minutes, seconds. A negative length is a RangeError: what has been
   * reminded or escalated cannot be undone by turning a clock back.
   */
  forward(by: Temporal.Duration): void;
};

/** A clock ahead of `base` by `offset` (at least zero, else RangeError). */
export function movableClock(
  offset: Temporal.Duration = new Temporal.Duration(),
  base: Clock = systemClock(),
): MovableClock {
  let ahead = wholeMilliseconds(offset);
  return {
    now: () => base.now().add({ milliseconds: ahead }),
    offset: () => Temporal.Duration.from({ milliseconds: ahead }).round({ largestUnit: 'hours' }),
    forward(by) {
      ahead += wholeMilliseconds(by);
    },
  };
}

function wholeMilliseconds(length: Temporal.Duration): number {
  if (length.sign < 0)
    throw new RangeError(`A clock only moves forward, not by ${length.toString()}`);
  return Math.round(length.total({ unit: 'milliseconds' }));
}
