/** The time of a run: it begins on a working day, runs as fast as a scene wants, and can be set forward. All processes of the run read the same one. */

/** What a process needs to read it: at `real` (ms since 1970, the machine's) it was `at` (ms), and runs `rate` times as fast. */
export type Anchor = { readonly real: number; readonly at: number; readonly rate: number };

/** Ms since 1970 of the run's time, now. */
export const readAt = ({ real, at, rate }: Anchor): number => at + (Date.now() - real) * rate;

export type RunClock = {
  /** Ms since 1970. */
  readonly ms: () => number;
  readonly now: () => Temporal.Instant;
  readonly anchor: () => Anchor;
  readonly forward: (by: Temporal.DurationLike) => void;
  readonly setRate: (rate: number) => void;
};

/** `told`: hears of each change, for the other processes. */
export function createRunClock(start: Temporal.Instant, told: (anchor: Anchor) => void): RunClock {
  let anchor: Anchor = { real: Date.now(), at: start.epochMilliseconds, rate: 1 };
  const ms = (): number => readAt(anchor);
  const set = (next: Anchor): void => {
    anchor = next;
    told(anchor);
  };
  return {
    ms,
    now: () => Temporal.Instant.fromEpochMilliseconds(Math.floor(ms())),
    anchor: () => anchor,
    forward: (by) => {
      const ahead = Temporal.Duration.from(by).total('milliseconds');
      set({ real: Date.now(), at: Math.floor(ms() + ahead), rate: anchor.rate });
    },
    setRate: (rate) => set({ real: Date.now(), at: Math.floor(ms()), rate }),
  };
}
