import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantAt } from '../../src/time/local.ts';
import { afterQuietHours, afterQuietTime } from '../../src/time/quiet-hours.ts';
import { at, office, onTheWall } from './offices.ts';

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

describe('with days off', () => {
  const reached = (local: string, hours: typeof night | null = night): string =>
    onTheWall(afterQuietTime(at(local), { hours, daysOff: true }, office));

  test.each([
    ['2026-03-06 20:00', '2026-03-06 20:00', 'Friday evening'],
    ['2026-03-06 22:00', '2026-03-09 08:30', 'Friday night'],
    ['2026-03-07 10:00', '2026-03-09 08:30', 'Saturday'],
    ['2026-03-08 23:30', '2026-03-09 08:30', 'Sunday night'],
    ['2026-02-27 22:00', '2026-02-28 08:30', 'before a Saturday that is worked'],
    ['2026-02-28 10:00', '2026-02-28 10:00', 'a Saturday that is worked'],
    ['2026-09-30 22:00', '2026-10-08 08:30', 'before the National Day holidays'],
  ])('%s → %s (%s)', (local, expected) => expect(reached(local)).toBe(expected));

  test('the office’s opening, where the nights are not quiet', () => {
    expect(reached('2026-03-07 10:00', null)).toBe('2026-03-09 09:00');
  });

  test('the end of hours by day that have begun when the office opens', () => {
    expect(reached('2026-03-07 10:00', { from: '08:00', to: '10:00' })).toBe('2026-03-09 10:00');
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
