/** Waiting for the program under test without sleeping: whoever waits looks again each time something arrives. */

export type Arrivals = {
  /** Something happened (an API call ended, a push was answered): everybody waiting looks again. */
  readonly ring: () => void;
  /** The first value of `look` that is neither `undefined` nor false; rejects after `ms` (5 s) with what `describe` says. */
  readonly waitFor: <T>(look: () => T | undefined | false, ms?: number) => Promise<T>;
};

/** `describe` tells, for the message of a wait in vain, what did happen. */
export function createArrivals(describe: () => string): Arrivals {
  const waiting = new Set<() => void>();
  return {
    ring: () => {
      for (const look of waiting) look();
    },
    waitFor: <T>(look: () => T | undefined | false, ms = 5_000) =>
      new Promise<T>((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(again);
          reject(new Error(`waited ${ms} ms in vain; ${describe()}`));
        }, ms);
        const again = (): void => {
          const seen = attempt(look);
          if (seen === undefined) return;
          clearTimeout(timer);
          waiting.delete(again);
          if ('value' in seen) resolve(seen.value);
          else reject(seen.error);
        };
        waiting.add(again);
        again();
      }),
  };
}

type Seen<T> = { readonly value: T } | { readonly error: Error };

function attempt<T>(look: () => T | undefined | false): Seen<T> | undefined {
  try {
    const value = look();
    return value === undefined || value === false ? undefined : { value };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}
