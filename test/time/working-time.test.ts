import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCalendar, type WorkingCalendar } from '../../src/time/calendar.ts';
import {
  addShareOfSpan,
  addSpan,
  addWorkingDays,
  addWorkingMinutes,
  isOpen,
  nextOpening,
  workingMinutesBetween,
} from '../../src/time/working-time.ts';
import { at, office, onTheWall } from './offices.ts';

describe('deadlines', () => {
  test.each([
    ['2026-03-06 17:00', '4wh', '2026-03-09 12:00', 'one hour on Friday, three on Monday'],
    ['2026-03-06 10:00', '1wd', '2026-03-09 10:00', 'the same place of the next working day'],
    ['2026-03-05 09:00', '1wd', '2026-03-05 18:00', 'from opening to closing'],
    ['2026-03-05 20:00', '1wd', '2026-03-06 18:00', 'asked at night: the next day’s closing'],
    ['2026-03-07 11:00', '1wd', '2026-03-09 18:00', 'asked on Saturday: Monday’s closing'],
    ['2026-03-05 12:30', '1wh', '2026-03-05 14:30', 'over lunch'],
    ['2026-03-05 11:00', '1wh', '2026-03-05 12:00', 'ends as lunch begins, not after it'],
    [
      '2026-09-30 17:00',
      '3wd',
      '2026-10-10 17:00',
      'over the National Day week, to a worked Saturday',
    ],
    ['2026-02-13 17:00', '4wh', '2026-02-14 12:00', 'a worked Saturday before the Spring Festival'],
    ['2026-02-14 17:00', '4wh', '2026-02-24 12:00', 'over the Spring Festival'],
    ['2026-03-06 17:00', '4h', '2026-03-06 21:00', 'the wall clock does not stop at closing'],
    ['2026-03-06 17:00', '90m', '2026-03-06 18:30', 'minutes of the wall clock'],
    ['2026-03-06 17:00', '3d', '2026-03-09 17:00', 'days of the calendar'],
  ] as const)('%s + %s = %s: %s', (start, span, due, _why) => {
    expect(onTheWall(addSpan(at(start), span, office))).toBe(due);
  });

  test('a promise is warned of at three quarters of its time', () => {
    expect(onTheWall(addShareOfSpan(at('2026-03-06 17:00'), '4wh', 0.75, office))).toBe(
      '2026-03-09 11:00',
    );
    expect(onTheWall(addShareOfSpan(at('2026-03-06 10:00'), '1wd', 0.5, office))).toBe(
      '2026-03-06 15:15',
    );
    expect(onTheWall(addShareOfSpan(at('2026-03-06 17:00'), '4h', 0.75, office))).toBe(
      '2026-03-06 20:00',
    );
  });

  test('a day of the calendar keeps the local time when the clocks are changed', () => {
    const berlin = inZone('Europe/Berlin');
    const start = at('2026-03-28 10:00', 'Europe/Berlin');
    expect(onTheWall(addSpan(start, '1d', berlin), 'Europe/Berlin')).toBe('2026-03-29 10:00');
  });
});

describe('measuring', () => {
  test('nights, lunch, weekends and holidays do not count', () => {
    expect(workingMinutesBetween(at('2026-03-06 17:00'), at('2026-03-09 10:00'), office)).toBe(120);
    expect(workingMinutesBetween(at('2026-03-05 11:30'), at('2026-03-05 14:00'), office)).toBe(60);
    expect(workingMinutesBetween(at('2026-10-01 00:00'), at('2026-10-08 00:00'), office)).toBe(0);
    expect(workingMinutesBetween(at('2026-10-10 00:00'), at('2026-10-11 00:00'), office)).toBe(450);
  });

  test('backwards it is negative', () => {
    expect(workingMinutesBetween(at('2026-03-09 10:00'), at('2026-03-06 17:00'), office)).toBe(
      -120,
    );
  });
});

describe('opening', () => {
  test('the next one, or now', () => {
    const next = (local: string): string => onTheWall(nextOpening(at(local), office));
    expect(next('2026-03-06 10:07')).toBe('2026-03-06 10:07');
    expect(next('2026-03-06 12:00')).toBe('2026-03-06 13:30');
    expect(next('2026-03-06 18:00')).toBe('2026-03-09 09:00');
    expect(next('2026-02-14 18:00')).toBe('2026-02-24 09:00');
  });

  test('half-open: open at nine, closed at twelve', () => {
    expect(isOpen(at('2026-03-06 09:00'), office)).toBe(true);
    expect(isOpen(at('2026-03-06 12:00'), office)).toBe(false);
  });
});

test('working days are counted forth and back', () => {
  const from = (iso: string, count: number): string =>
    addWorkingDays(Temporal.PlainDate.from(iso), count, office).toString();
  expect(from('2026-09-30', 1)).toBe('2026-10-08');
  expect(from('2026-09-30', 3)).toBe('2026-10-10');
  expect(from('2026-10-08', -1)).toBe('2026-09-30');
  expect(from('2026-10-03', 0)).toBe('2026-10-08');
  expect(from('2026-10-08', 0)).toBe('2026-10-08');
});

function inZone(zone: string): WorkingCalendar {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
  return createCalendar({ zone, days, hours: [{ from: '00:00', to: '24:00' }] });
}

describe('adding and measuring are inverse', () => {
  const offices = fc.constantFrom(
    office,
    createCalendar({
      zone: 'America/New_York',
      days: ['mon', 'wed', 'sat', 'sun'],
      hours: [
        { from: '00:00', to: '02:30' },
        { from: '09:10', to: '24:00' },
      ],
    }),
    inZone('Europe/Berlin'),
    inZone('Australia/Lord_Howe'),
  );
  const moments = fc
    .integer({
      min: at('2024-01-01 00:00').epochMilliseconds,
      max: at('2028-01-01 00:00').epochMilliseconds,
    })
    .map((milliseconds) => Temporal.Instant.fromEpochMilliseconds(milliseconds));
  const minutes = fc.oneof(
    fc.integer({ min: 1, max: 10_000 }),
    fc.constantFrom(180, 270, 450, 900, 1440),
  );
  const runs = { numRuns: 3_000 };

  test('from s to s + m working minutes there are m, and it is never before s', () => {
    fc.assert(
      fc.property(offices, moments, minutes, (calendar, start, length) => {
        const end = addWorkingMinutes(start, length, calendar);
        expect(workingMinutesBetween(start, end, calendar)).toBe(length);
        expect(Temporal.Instant.compare(start, end)).toBeLessThan(0);
      }),
      runs,
    );
  });

  test('it is the earliest such moment', () => {
    fc.assert(
      fc.property(offices, moments, minutes, (calendar, start, length) => {
        const justBefore = addWorkingMinutes(start, length, calendar).subtract({ milliseconds: 1 });
        expect(workingMinutesBetween(start, justBefore, calendar)).toBeLessThan(length);
      }),
      runs,
    );
  });

  test('a pause in between does not matter: two stretches add up to one', () => {
    fc.assert(
      fc.property(offices, moments, minutes, minutes, (calendar, start, first, second) => {
        const twice = addWorkingMinutes(
          addWorkingMinutes(start, first, calendar),
          second,
          calendar,
        );
        expect(twice.equals(addWorkingMinutes(start, first + second, calendar))).toBe(true);
      }),
      runs,
    );
  });

  test('what is measured over two stretches adds up', () => {
    fc.assert(
      fc.property(offices, fc.tuple(moments, moments, moments), (calendar, three) => {
        const [a, b, c] = three.toSorted((x, y) => Temporal.Instant.compare(x, y));
        if (!a || !b || !c) return;
        const parts = workingMinutesBetween(a, b, calendar) + workingMinutesBetween(b, c, calendar);
        expect(parts).toBeCloseTo(workingMinutesBetween(a, c, calendar), 6);
      }),
      { numRuns: 50 },
    );
  });
});
