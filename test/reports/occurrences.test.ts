/** When a digest and a monthly report are due. */
import { describe, expect, test } from 'vitest';
import { digestDue, monthlyDue } from '../../src/reports/occurrences.ts';
import { defaultRules, type Rules } from '../../src/settings/index.ts';

const at = (local: string): Temporal.Instant => Temporal.Instant.from(`${local}+08:00`);
const digest = (local: string, rules: Rules = defaultRules): string | undefined =>
  digestDue(rules, at(local))?.toString();
const monthly = (local: string, rules: Rules = defaultRules): string | undefined =>
  monthlyDue(rules, at(local))?.toString();
const reporting = (more: Partial<Rules['reminders']['monthlyReport']>): Rules => ({
  ...defaultRules,
  reminders: {
    ...defaultRules.reminders,
    monthlyReport: { ...defaultRules.reminders.monthlyReport, ...more },
  },
});

describe('the digest', () => {
  test('from six on working days, until the quiet hours', () => {
    expect(digest('2026-03-03T17:59')).toBeUndefined();
    expect(digest('2026-03-03T18:00')).toBe('2026-03-03');
    expect(digest('2026-03-03T20:59')).toBe('2026-03-03');
    expect(digest('2026-03-03T21:00')).toBeUndefined();
    expect(digest('2026-03-04T00:30')).toBeUndefined();
  });

  test('weekends and holidays not, make-up days yes, the office’s own days as it says', () => {
    expect(digest('2026-03-07T18:00')).toBeUndefined();
    expect(digest('2026-02-28T18:00')).toBe('2026-02-28');
    expect(digest('2026-10-01T18:00')).toBeUndefined();
    expect(digest('2026-03-03T18:00', { ...defaultRules, holidays: ['2026-03-03'] })).toBe(
      undefined,
    );
    expect(digest('2026-03-07T18:00', { ...defaultRules, extraWorkdays: ['2026-03-07'] })).toBe(
      '2026-03-07',
    );
  });

  test('an hour that the office planned in its quiet hours is meant', () => {
    const dailyDigest = { ...defaultRules.reminders.dailyDigest, at: '21:30' as const };
    const rules = { ...defaultRules, reminders: { ...defaultRules.reminders, dailyDigest } };
    expect(digest('2026-03-03T21:29', rules)).toBeUndefined();
    expect(digest('2026-03-03T21:30', rules)).toBe('2026-03-03');
  });
});

describe('the monthly report', () => {
  test('on the first at nine; when that is a Sunday, on Monday', () => {
    expect(monthly('2026-04-01T08:59')).toBe('2026-02'); // March's is not due yet: February's still could be missed
    expect(monthly('2026-04-01T09:00')).toBe('2026-03');
    expect(monthly('2026-03-01T09:00')).toBeUndefined();
    expect(monthly('2026-03-02T08:59')).toBe('2026-01');
    expect(monthly('2026-03-02T09:00')).toBe('2026-02');
  });

  test('after a long holiday, on its first working day; over the turn of the year', () => {
    expect(monthly('2026-10-07T09:00')).toBeUndefined();
    expect(monthly('2026-10-08T09:00')).toBe('2026-09');
    expect(monthly('2026-01-04T09:00')).toBe('2025-12');
  });

  test('one that was missed is due on any later working day, not at night', () => {
    expect(monthly('2026-03-17T11:00')).toBe('2026-02');
    expect(monthly('2026-03-17T22:00')).toBeUndefined();
    expect(monthly('2026-03-21T11:00')).toBeUndefined();
  });

  test('on another day of the month, when the office says so', () => {
    const rules = reporting({ day: 15, at: '10:00' });
    expect(monthly('2026-03-13T11:00', rules)).toBe('2026-01');
    expect(monthly('2026-03-16T10:00', rules)).toBe('2026-02'); // the 15th is a Sunday
  });
});
