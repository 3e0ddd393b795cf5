import { expect, test } from 'vitest';
import { movableClock, systemClock } from '../../src/time/clock.ts';
import { at, onTheWall } from './offices.ts';

const stopped = { now: () => at('2026-03-06 17:00') };

test('the simulator’s office moves forward and shows by how much', () => {
  const clock = movableClock(Temporal.Duration.from('PT1H'), stopped);
  expect(onTheWall(clock.now())).toBe('2026-03-06 18:00');
  clock.forward(Temporal.Duration.from({ days: 1, minutes: 15 }));
  expect(onTheWall(clock.now())).toBe('2026-03-07 18:15');
  expect(clock.offset().toString()).toBe('PT25H15M');
});

test('an offset that was stored gives the same clock again', () => {
  const clock = movableClock(new Temporal.Duration(), stopped);
  clock.forward(Temporal.Duration.from('PT4H30M'));
  const later = movableClock(Temporal.Duration.from(clock.offset().toString()), stopped);
  expect(later.now().equals(clock.now())).toBe(true);
});

test('a clock is never turned back', () => {
  const clock = movableClock(new Temporal.Duration(), stopped);
  expect(() => clock.forward(Temporal.Duration.from('-PT1M'))).toThrow(RangeError);
  expect(() => movableClock(Temporal.Duration.from('-PT1M'))).toThrow(RangeError);
  expect(onTheWall(clock.now())).toBe('2026-03-06 17:00');
});

test('the system’s clock goes forward', () => {
  const clock = systemClock();
  const first = clock.now();
  expect(Temporal.Instant.compare(first, clock.now())).toBeLessThanOrEqual(0);
});
