import { describe, expect, test } from 'vitest';
import { duesOf, noticeAt, preparationTimes } from '../../src/meetings/times.ts';
import { calendarOf, defaultRules, type Rules } from '../../src/settings/index.ts';

const at = (local: string): Temporal.Instant => Temporal.Instant.from(`${local}:00+08:00`);
const local = (instant: Temporal.Instant | null): string | null =>
  instant && instant.toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString().slice(0, 16);

describe('when people are told', () => {
  test.each([
    ['a day before', '2026-03-05T15:00', '2026-03-03T10:00', '2026-03-04T15:00'],
    ['at once when that is over', '2026-03-05T15:00', '2026-03-05T10:00', '2026-03-05T10:00'],
    [
      'in the morning when it would be at night',
      '2026-03-05T22:00',
      '2026-03-03T10:00',
      '2026-03-05T08:30',
    ],
    [
      'at night when it begins before the morning',
      '2026-03-05T08:00',
      '2026-03-04T22:00',
      '2026-03-04T22:00',
    ],
    [
      'in the morning when it was booked at night',
      '2026-03-05T10:00',
      '2026-03-04T22:00',
      '2026-03-05T08:30',
    ],
  ])('%s', (_, begins, now, told) => {
    expect(local(noticeAt(at(begins), at(now), defaultRules))).toBe(told);
  });
});

describe('question, check-in, release', () => {
  const dues = (from: string, now: string) => {
    const begins = at(from);
    const { ask_at, check_in_at, release_at } = duesOf(
      { from: begins, to: begins.add({ hours: 1 }) },
      at(now),
      defaultRules,
    );
    return [ask_at, check_in_at, release_at].map(local);
  };

  test('an hour before, ten minutes before, a quarter of an hour after', () => {
    expect(dues('2026-03-05T15:00', '2026-03-03T10:00')).toEqual([
      '2026-03-05T14:00',
      '2026-03-05T14:50',
      '2026-03-05T15:15',
    ]);
  });

  test('the question waits out the night, and is dropped when the meeting begins before', () => {
    expect(dues('2026-03-05T09:00', '2026-03-03T10:00')[0]).toBe('2026-03-05T08:30');
    expect(dues('2026-03-05T08:30', '2026-03-03T10:00')[0]).toBeNull();
  });

  test('who books while check-in is open is asked nothing', () => {
    expect(dues('2026-03-05T15:00', '2026-03-05T14:50')).toEqual([null, null, null]);
    expect(dues('2026-03-05T15:00', '2026-03-05T14:49')).toEqual([
      null,
      '2026-03-05T14:50',
      '2026-03-05T15:15',
    ]);
  });
});

/** What is done before a meeting, alone. */
const noRestore: Partial<Rules> = { rooms: { ...defaultRules.rooms, restore: null } };

describe('when the office prepares', () => {
  test('what was set up is put back three working days after it ends, over a weekend', () => {
    expect(told('2026-03-05T15:00', '2026-03-03T10:00', {}).at(-1)).toEqual([
      'restore',
      '2026-03-05T16:00',
      '2026-03-10T16:00',
    ]);
  });

  const told = (from: string, now: string, rules: Partial<Rules> = noRestore) => {
    const time = { from: at(from), to: at(from).add({ hours: 1 }) };
    const { rooms } = { ...defaultRules, ...rules };
    const times = preparationTimes(time, at(now), calendarOf(defaultRules), rooms);
    return times.map(({ sort, tell, due }) => [sort, local(tell), local(due)]);
  };

  test('set-up a working day before, over a weekend; test an hour, presence a quarter before', () => {
    expect(told('2026-03-09T15:00', '2026-03-03T10:00')).toEqual([
      ['setup', '2026-03-06T15:00', '2026-03-09T14:00'],
      ['test', '2026-03-09T14:00', '2026-03-09T14:45'],
      ['presence', '2026-03-09T14:45', '2026-03-09T15:00'],
    ]);
  });

  test('over the long holiday of October, with its make-up day', () => {
    const [setup] = told('2026-10-08T09:30', '2026-09-20T10:00');
    expect(setup?.[1]).toBe('2026-09-30T09:30');
  });

  test('at an hour when the office is closed, as it opens on that day', () => {
    expect(told('2026-03-05T12:30', '2026-03-03T10:00')[0]?.[1]).toBe('2026-03-04T09:00');
    expect(told('2026-03-05T20:00', '2026-03-03T10:00')[0]?.[1]).toBe('2026-03-04T09:00');
  });

  test('what should have been told already is told now, and due as it begins', () => {
    expect(told('2026-03-05T15:00', '2026-03-05T14:50')).toEqual([
      ['setup', '2026-03-05T14:50', '2026-03-05T15:00'],
      ['test', '2026-03-05T14:50', '2026-03-05T15:00'],
      ['presence', '2026-03-05T14:50', '2026-03-05T15:00'],
    ]);
  });
});
