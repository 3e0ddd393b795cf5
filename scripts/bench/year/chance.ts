/** Numbers from 0 to 1 that follow from a seed (mulberry32): the same seed is the same year. */
export type Chance = {
  /** From 0 up to 1. */
  readonly next: () => number;
  /** A whole number from 0 up to `below`. */
  readonly under: (below: number) => number;
  readonly oneOf: <T>(list: readonly [T, ...T[]]) => T;
};

export function chance(seed: number): Chance {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const under = (below: number): number => Math.floor(next() * below);
  return { next, under, oneOf: (list) => list[under(list.length)] ?? list[0] };
}
