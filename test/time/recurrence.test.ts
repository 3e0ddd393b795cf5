import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCalendar } from '../../src/time/calendar.ts';
import { weekdays } from '../../src/time/hours.ts';
import {
  occurrenceAfter,
  occurrencesBetween,
  occurrenceUntil,
  offPolicies,
  type Recurrence,
} from '../../src/time/recurrence.ts';
import { office } from './offices.ts';

const day = (iso: string): Temporal.PlainDate => Temporal.PlainDate.from(iso);

const days = (rule: Recurrence, first: string, last: string): readonly string[] =>
  occurrencesBetween(rule, day(first), day(last), office).map(({ date }) => date.toString());

const periods = (rule: Recurrence, first: string, last: string): readonly string[] =>
  occurrencesBetween(rule, day(first), day(last), office).map(({ period }) => period);

describe('a day on which the office is closed', () => {
  // 2026: 国庆 from Thursday 1 to Wednesday 7 October; Saturday 10 October is worked.
  test('每月5日前 is the last working day before the holidays, in the month before', () => {
    const rule: Recurrence = { every: 'month', on: 5, ifOff: 'before' };
    expect(days(rule, '2026-09-01', '2026-11-30')).toEqual([
      '2026-09-04',
      '2026-09-30',
      '2026-11-05',
    ]);
    expect(periods(rule, '2026-09-30', '2026-09-30')).toEqual(['2026-10']);
  });

  test('or the first one after them, or the day as it is', () => {
    expect(days({ every: 'month', on: 5, ifOff: 'after' }, '2026-10-01', '2026-10-31')).toEqual([
      '2026-10-08',
    ]);
    expect(days({ every: 'month', on: 5, ifOff: 'same' }, '2026-10-01', '2026-10-31')).toEqual([
      '2026-10-05',
    ]);
  });

  test('a make-up Saturday is a working day like any other', () => {
    expect(days({ every: 'day', ifOff: 'before' }, '2026-09-29', '2026-10-12')).toEqual([
      '2026-09-29',
      '2026-09-30',
      '2026-10-08',
      '2026-10-09',
      '2026-10-10',
      '2026-10-12',
    ]);
  });
});

describe('every week', () => {
  const friday: Recurrence = { every: 'week', on: 'fri', ifOff: 'before' };

  test('on its weekday; earlier in the same week when that is off, else later in it', () => {
    expect(days(friday, '2026-09-21', '2026-10-11')).toEqual([
      '2026-09-24', // 25 is 中秋
      '2026-09-30',
      '2026-10-09',
    ]);
    expect(days({ ...friday, on: 'mon' }, '2026-10-05', '2026-10-11')).toEqual(['2026-10-08']);
  });

  test('a week without any working day has none', () => {
    // 春节 2026: 15 to 23 February.
    expect(days(friday, '2026-02-16', '2026-02-22')).toEqual([]);
    expect(occurrenceAfter(friday, day('2026-02-14'), office)).toEqual({
      period: '2026-W09',
      date: day('2026-02-27'),
    });
  });

  test('the week around New Year belongs to one year', () => {
    expect(periods({ ...friday, ifOff: 'same' }, '2026-12-28', '2027-01-09')).toEqual([
      '2026-W53',
      '2027-W01',
    ]);
  });
});

describe('every month, quarter, half-year, year', () => {
  test('the last day of a month, in a leap year too', () => {
    const last: Recurrence = { every: 'month', on: 'last', ifOff: 'same' };
    expect(days(last, '2028-01-01', '2028-04-30')).toEqual([
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
      '2028-04-30',
    ]);
  });

  test('the month counts from the beginning of the stretch', () => {
    const quarter: Recurrence = { every: 'quarter', month: 3, on: 15, ifOff: 'same' };
    expect(days(quarter, '2026-01-01', '2026-12-31')).toEqual([
      '2026-03-15',
      '2026-06-15',
      '2026-09-15',
      '2026-12-15',
    ]);
    expect(periods(quarter, '2026-01-01', '2026-06-30')).toEqual(['2026-Q1', '2026-Q2']);
    const half: Recurrence = { every: 'half-year', month: 4, on: 1, ifOff: 'same' };
    expect(days(half, '2026-01-01', '2026-12-31')).toEqual(['2026-04-01', '2026-10-01']);
    expect(periods(half, '2026-01-01', '2026-12-31')).toEqual(['2026-H1', '2026-H2']);
  });

  test('每年12月', () => {
    const december: Recurrence = { every: 'year', month: 12, on: 1, ifOff: 'before' };
    expect(days(december, '2026-01-01', '2027-12-31')).toEqual(['2026-12-01', '2027-12-01']);
    expect(occurrenceUntil(december, day('2027-11-30'), office)?.period).toBe('2026');
    expect(occurrenceAfter(december, day('2026-12-01'), office)?.period).toBe('2027');
  });
});

/** Any rule there is. */
const anyRule: fc.Arbitrary<Recurrence> = (() => {
  const ifOff = fc.constantFrom(...offPolicies);
  const on = fc.oneof(fc.integer({ min: 1, max: 28 }), fc.constant('last' as const));
  return fc.oneof(
    fc.record({ every: fc.constant('day' as const), ifOff }),
    fc.record({ every: fc.constant('week' as const), on: fc.constantFrom(...weekdays), ifOff }),
    fc.record({ every: fc.constant('month' as const), on, ifOff }),
    fc.record({
      every: fc.constant('quarter' as const),
      month: fc.integer({ min: 1, max: 3 }),
      on,
      ifOff,
    }),
    fc.record({
      every: fc.constant('half-year' as const),
      month: fc.integer({ min: 1, max: 6 }),
      on,
      ifOff,
    }),
    fc.record({
      every: fc.constant('year' as const),
      month: fc.integer({ min: 1, max: 12 }),
      on,
      ifOff,
    }),
  );
})();
const anyDay = fc.integer({ min: 0, max: 6 * 365 }).map((days) => day('2024-01-01').add({ days }));
const compare = (a: Temporal.PlainDate, b: Temporal.PlainDate): number =>
  Temporal.PlainDate.compare(a, b);

describe('any rule', () => {
  test('goes forward, one occurrence a period, never on a day off unless told', () => {
    fc.assert(
      fc.property(anyRule, anyDay, (rule, first) => {
        const found = occurrencesBetween(rule, first, first.add({ days: 500 }), office);
        expect(new Set(found.map(({ period }) => period)).size).toBe(found.length);
        for (const [place, { date }] of found.entries()) {
          const before = found[place - 1];
          if (before) expect(compare(before.date, date)).toBe(-1);
          if (rule.ifOff !== 'same') expect(office.isWorkday(date)).toBe(true);
        }
      }),
    );
  });

  test('has as many occurrences in a year as it says, give or take one moved over New Year', () => {
    const counts = { month: 12, quarter: 4, 'half-year': 2, year: 1 } as const;
    fc.assert(
      fc.property(anyRule, fc.integer({ min: 2024, max: 2029 }), (rule, year) => {
        if (rule.every === 'day' || rule.every === 'week') return;
        const found = occurrencesBetween(rule, day(`${year}-01-01`), day(`${year}-12-31`), office);
        const own = Array.from(found).filter(({ period }) => period.startsWith(String(year)));
        expect(Math.abs(found.length - counts[rule.every])).toBeLessThanOrEqual(1);
        if (rule.ifOff === 'same') expect(own).toHaveLength(counts[rule.every]);
      }),
    );
  });

  test('is found the same however it is asked for', () => {
    fc.assert(
      fc.property(anyRule, anyDay, (rule, from) => {
        const next = occurrenceAfter(rule, from, office);
        expect(next).toBeDefined();
        if (!next) return;
        expect(compare(next.date, from)).toBe(1);
        expect(occurrenceUntil(rule, next.date, office)).toEqual(next);
        const between = occurrencesBetween(rule, from.add({ days: 1 }), next.date, office);
        expect(between.map(({ period }) => period)).toEqual([next.period]);
      }),
    );
  });

  test('stays where it is when its own day is worked', () => {
    fc.assert(
      fc.property(anyRule, anyDay, (rule, from) => {
        if (rule.every === 'day') return;
        const plain: Recurrence = { ...rule, ifOff: 'same' };
        const own = occurrenceAfter(plain, from, office);
        if (!own || !office.isWorkday(own.date)) return;
        expect(occurrencesBetween(rule, own.date, own.date, office)).toContainEqual(own);
      }),
    );
  });

  test('a company that closes for a month still has its reports, on one day', () => {
    const closed = createCalendar({
      zone: 'Asia/Shanghai',
      days: ['mon', 'tue', 'wed', 'thu', 'fri'],
      hours: [{ from: '09:00', to: '18:00' }],
      holidays: Array.from({ length: 31 }, (_, place) =>
        day('2026-07-01').add({ days: place }).toString(),
      ),
    });
    const rule: Recurrence = { every: 'month', on: 5, ifOff: 'before' };
    const found = occurrencesBetween(rule, day('2026-06-01'), day('2026-08-31'), closed);
    expect(found.map(({ period, date }) => `${period} ${date.toString()}`)).toEqual([
      '2026-06 2026-06-05',
      '2026-07 2026-06-30',
      '2026-08 2026-08-05',
    ]);
  });
});
