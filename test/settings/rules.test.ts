import { describe, expect, test } from 'vitest';
import { approvalsFor, calendarOf, defaultRules, promiseOf } from '../../src/settings/index.ts';

const who = (kind: string, measure: number): string =>
  approvalsFor(defaultRules, kind, measure)
    .map(({ needs, voices }) => (voices.length > 1 ? `${needs}(${voices.join(' ')})` : voices[0]))
    .join(' → ');

describe('who approves', () => {
  test('the first tier that is large enough', () => {
    expect(who('supply', 199.99)).toBe('');
    expect(who('supply', 200)).toBe('');
    expect(who('supply', 200.01)).toBe('manager');
    expect(who('supply', 2000)).toBe('manager');
    expect(who('supply', 2001)).toBe('manager → all(office-manager finance)');
    expect(who('trip', 3)).toBe('manager');
    expect(who('trip', 4)).toBe('manager → department-head → director');
    expect(who('room', 4)).toBe('');
    expect(who('room', 4.5)).toBe('office-manager');
    expect(who('repair', 1e9)).toBe('');
  });

  test('a measure that is no number is never the small one', () => {
    expect(who('supply', NaN)).toBe('manager → all(office-manager finance)');
  });

  test('a kind nobody wrote rules for is decided by the leader', () => {
    expect(who('seal', 0)).toBe('manager');
    expect(who('constructor', 0)).toBe('manager');
  });
});

test('what a kind promises, its own or the usual', () => {
  expect(promiseOf(defaultRules, 'supply')).toEqual({
    respond: '1wd',
    finish: '3wd',
    buzz: false,
  });
  expect(promiseOf(defaultRules, 'repair').buzz).toBe(true);
  const rules = {
    ...defaultRules,
    service: { ...defaultRules.service, kinds: { trip: { respond: '2wh' } } },
  } as const;
  expect(promiseOf(rules, 'trip')).toMatchObject({ respond: '2wh', finish: '3wd' });
});

test('the calendar of the office', () => {
  const calendar = calendarOf(defaultRules);
  expect(calendar.minutesOfDay).toBe(450);
  expect(calendarOf(defaultRules)).toBe(calendar);
  const moved = { ...defaultRules, holidays: ['2026-03-06'] };
  expect(calendarOf(moved).isWorkday(Temporal.PlainDate.from('2026-03-06'))).toBe(false);
  expect(calendar.isWorkday(Temporal.PlainDate.from('2026-03-06'))).toBe(true);
});
