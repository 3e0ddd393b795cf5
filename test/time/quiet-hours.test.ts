import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantAt } from '../../src/time/local.ts';
import { afterQuietHours } from '../../src/time/quiet-hours.ts';
import { at, onTheWall } from './offices.ts';

const night = { from: '21:00', to: '08:30' };
const sent = (local: string): string =>
  onTheWall(afterQuietHours(at(local), night, 'Asia/Shanghai'));

describe('a message', () => {
  test('by day goes out at once', () => {
    expect(sent('2026-03-06 20:59')).toBe('2026-03-06 20:59');
    expect(sent('2026-03-06 08:30')).toBe('2026-03-06 08:30');
  });

  test('in the evening and after midnight waits for the morning', () => {
    expect(sent('2026-03-06 21:00')).toBe('2026-03-07 08:30');
    expect(sent('2026-03-07 00:00')).toBe('2026-03-07 08:30');
    expect(sent('2026-03-07 08:29')).toBe('2026-03-07 08:30');
  });

  test('goes out at any time when there are no quiet hours', () => {
    expect(afterQuietHours(at('2026-03-06 23:00'), null, 'Asia/Shanghai')).toEqual(
      at('2026-03-06 23:00'),
    );
  });

  test('quiet hours within a day', () => {
    const lunch = { from: '12:00', to: '13:30' };
    const after = afterQuietHours(at('2026-03-06 12:10'), lunch, 'Asia/Shanghai');
    expect(onTheWall(after)).toBe('2026-03-06 13:30');
  });

  test('is never sent early, nor in quiet hours', () => {
    const zones = ['Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe'] as const;
    const seconds = fc.integer({ min: 1_767_225_600, max: 1_798_761_600 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), seconds, (zone, second) => {
        const wish = Temporal.Instant.fromEpochMilliseconds(second * 1000);
        const told = afterQuietHours(wish, night, zone);
        expect(Temporal.Instant.compare(told, wish)).toBeGreaterThanOrEqual(0);
        const clock = onTheWall(told, zone).slice(11);
        expect(clock >= '08:30' && clock < '21:00').toBe(true);
      }),
    );
  });
});

describe('a local time', () => {
  const wall = (date: string, time: string, zone: string): string =>
    instantAt(Temporal.PlainDate.from(date), time, zone).toZonedDateTimeISO(zone).toString();

  test('that does not exist is the first moment after the gap', () => {
    expect(wall('2026-03-08', '02:30', 'America/New_York')).toMatch(/^2026-03-08T03:00:00-04:00/);
    expect(wall('2026-10-04', '02:15', 'Australia/Lord_Howe')).toMatch(
      /^2026-10-04T02:30:00\+11:00/,
    );
  });

  test('that comes twice is the first of the two', () => {
    expect(wall('2026-11-01', '01:30', 'America/New_York')).toMatch(/^2026-11-01T01:30:00-04:00/);
  });

  test('24:00 is the end of the day', () => {
    expect(wall('2026-03-06', '24:00', 'Asia/Shanghai')).toMatch(/^2026-03-07T00:00:00/);
  });
});
