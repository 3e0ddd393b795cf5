import { describe, expect, test } from 'vitest';
import { momentsOf, usedAt } from '../../src/responses/clock.ts';
import { calendarOf, defaultRules } from '../../src/settings/index.ts';

const calendar = calendarOf(defaultRules);
const promise = defaultRules.service.response;
const at = (local: string): Temporal.Instant => Temporal.Instant.from(`2026-03-${local}:00+08:00`);

/** A clock of four working hours that begins on Tuesday 10:00. Hours 9–12, 13:30–18. */
const running = { within: '4wh', used: 0, since: at('03T10:00'), told: 0 } as const;

describe('the clock of a first answer', () => {
  test('is due after its span, noon left out, and warns at three quarters of it', () => {
    expect(momentsOf(running, promise, calendar)).toEqual({
      due: at('03T15:30'),
      next: at('03T14:30'),
    });
  });

  test('tells the list one whole span after the other, and then nobody', () => {
    const next = (told: number) => momentsOf({ ...running, told }, promise, calendar).next;
    expect([1, 2, 3].map(next)).toEqual([at('03T15:30'), at('04T10:30'), null]);
  });

  test('set going again it has what was left; what was told is not told again', () => {
    const again = { ...running, used: 200, since: at('05T11:30'), told: 1 };
    expect(momentsOf(again, promise, calendar)).toEqual({
      due: at('05T13:40'),
      next: at('05T13:40'),
    });
  });

  test('overdue when it is set going, it is due at once', () => {
    const late = { ...running, used: 300, since: at('05T11:00'), told: 1 };
    expect(momentsOf(late, promise, calendar).due).toEqual(at('05T11:00'));
    // The director comes a whole span after the manager: three hours are left of that.
    expect(momentsOf({ ...late, told: 2 }, promise, calendar).next).toEqual(at('05T15:30'));
  });

  test('runs at night as well when its span is one of the wall clock', () => {
    const wall = { ...running, within: '4h', since: at('03T22:00') } as const;
    expect(momentsOf(wall, promise, calendar)).toEqual({
      due: at('04T02:00'),
      next: at('04T01:00'),
    });
    expect(usedAt(wall, at('03T23:30'), calendar)).toBe(90);
  });

  test('what has run is counted in the time of its span', () => {
    expect(usedAt({ ...running, used: 30 }, at('03T14:30'), calendar)).toBe(30 + 180);
  });
});
