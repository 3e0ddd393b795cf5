/**
 * Rate limits as sliding windows over real, monotonic time: a pace is about the machine's seconds, also when the test moves
 * the office's clock.
 */

/** At most `count` in `windowMs`. */
export type Limit = { readonly count: number; readonly windowMs: number };

/** Per API, app and tenant: 50 a second and 1000 a minute, either bound trips. */
export const apiLimits: readonly Limit[] = [
  { count: 50, windowMs: 1_000 },
  { count: 1_000, windowMs: 60_000 },
];

/** Messages to one person or chat, and updates of one card: 5 a second. */
export const laneLimits: readonly Limit[] = [{ count: 5, windowMs: 1_000 }];

export type Rates = {
  /** Counts one use of `key`; answers the limit that refuses it and the ms until it would pass. */
  readonly take: (
    key: string,
    limits: readonly Limit[],
  ) => { readonly limit: Limit; readonly waitMs: number } | undefined;
};

/** `pace` reads a monotonic clock in ms; not `enforced` means that everything passes. */
export function createRates(pace: () => number, enforced: boolean): Rates {
  const uses = new Map<string, number[]>();
  return {
    take(key, limits) {
      if (!enforced) return undefined;
      const now = pace();
      const longest = Math.max(...limits.map((limit) => limit.windowMs));
      const recent = (uses.get(key) ?? []).filter((at) => at > now - longest);
      const broken = limits.find((limit) => within(recent, now, limit) >= limit.count);
      uses.set(key, broken ? recent : [...recent, now]);
      return broken && { limit: broken, waitMs: untilFree(recent, now, broken) };
    },
  };
}

const within = (times: readonly number[], now: number, limit: Limit): number =>
  times.filter((at) => at > now - limit.windowMs).length;

function untilFree(times: readonly number[], now: number, limit: Limit): number {
  const oldest = times[times.length - limit.count] ?? now;
  return Math.max(1, Math.ceil(oldest + limit.windowMs - now));
}
