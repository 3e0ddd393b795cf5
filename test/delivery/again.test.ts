import { describe, expect, test } from 'vitest';
import { failingSince, isGivenUp, waitBefore } from '../../src/delivery/again.ts';

/** The shortest, the middle and the longest wait before a try. */
const waits = (told: number | undefined, attempts: number): readonly number[] =>
  [0, 0.5, 1].map((chance) => waitBefore({ waitMs: told }, attempts, () => chance));

describe('the wait before the next try', () => {
  test('is chance under a bound that doubles up to a minute', () => {
    expect(waits(undefined, 1)).toEqual([0, 500, 1_000]);
    expect(waits(undefined, 3)).toEqual([0, 2_000, 4_000]);
    expect(waits(undefined, 99)).toEqual([0, 30_000, 60_000]);
  });

  test('is never shorter than the platform asked for, and spread beyond it', () => {
    expect(waits(7_000, 1)).toEqual([7_000, 7_500, 8_000]);
    expect(waits(60_000, 4)).toEqual([60_000, 64_000, 68_000]);
  });
});

describe('a message that fails', () => {
  const monday = Temporal.Instant.from('2026-03-02T01:00:00Z');
  const after = (hours: number): Temporal.Instant => monday.add({ hours });
  const alone = { closed: false };
  const refused = { closed: true };

  test('by itself for a day, while others get through, is given up, not a minute sooner', () => {
    const since = failingSince(alone, null, undefined, monday);
    expect(failingSince(alone, since, after(4), after(5))).toEqual(monday);
    expect(isGivenUp(since, after(24).subtract({ minutes: 1 }))).toBe(false);
    expect(isGivenUp(since, after(24))).toBe(true);
  });

  test('for a fault of ours counts as failing by itself', () =>
    expect(failingSince(undefined, monday, undefined, after(3))).toEqual(monday));

  test('while the app is refused is not given up, however long that takes', () => {
    const since = failingSince(refused, monday, after(22), after(23));
    expect(since).toBeNull();
    expect(isGivenUp(since, after(500))).toBe(false);
  });

  test('as every other does fails for the platform’s sake: its day begins when others get through again', () => {
    let since = failingSince(alone, null, undefined, monday);
    for (let hour = 1; hour < 60; hour++)
      since = failingSince(alone, since, monday.subtract({ minutes: 1 }), after(hour));
    expect(since).toEqual(after(59));
    // The first to get through is another one; this one fails once more.
    since = failingSince(alone, since, after(60), after(60));
    expect(isGivenUp(since, after(60))).toBe(false);
    expect(isGivenUp(failingSince(alone, since, after(82), after(83)), after(83))).toBe(true);
  });
});
