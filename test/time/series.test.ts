import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCalendar } from '../../src/time/calendar.ts';
import { weekdays } from '../../src/time/hours.ts';
import { instantAt } from '../../src/time/local.ts';
import {
  datesOf,
  isSensible,
  parseRule,
  printRule,
  type SeriesRule,
} from '../../src/time/series.ts';

const iso = (year: number, day: number): string =>
  Temporal.PlainDate.from(`${year}-01-01`).add({ days: day }).toString();

const date = fc.tuple(fc.integer({ min: 2025, max: 2027 }), fc.nat(364)).map(([y, d]) => iso(y, d));

const rules: fc.Arbitrary<SeriesRule> = fc
  .record({
    every: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
    interval: fc.integer({ min: 1, max: 5 }),
    days: fc.uniqueArray(fc.constantFrom(...weekdays), { maxLength: 3 }),
    nth: fc.option(fc.constantFrom(1, 2, 3, 4, 5, -1, -2)),
    monthDays: fc.uniqueArray(fc.constantFrom(1, 15, 28, 29, 30, 31, -1, -2), { maxLength: 3 }),
    bound: fc.oneof(
      fc.constant({}),
      date.map((until) => ({ until })),
      fc.integer({ min: 1, max: 60 }).map((count) => ({ count })),
    ),
    except: fc.uniqueArray(date, { maxLength: 5 }),
  })
  .map(({ every, interval, days, nth, monthDays, bound, except }) => ({
    every,
    interval,
    byDay: days.map((day) => (every === 'month' && nth !== null ? { day, nth } : { day })),
    byMonthDay: every === 'month' && days.length === 0 ? monthDays : [],
    ...bound,
    except,
  }));

const chinese = createCalendar({
  zone: 'Asia/Shanghai',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  hours: [{ from: '09:00', to: '18:00' }],
});

/** Every day for itself, from numbers: asked whether the rule means it, without going by stretches. */
function byAsking(
  rule: SeriesRule,
  start: string,
  { most, last, skips }: Parameters<typeof datesOf>[2],
): readonly string[] {
  const begin = Temporal.PlainDate.from(start);
  const found: string[] = [];
  let counted = 0;
  for (let day = begin; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    if (rule.until !== undefined && day.toString() > rule.until) break;
    if (!means(rule, begin, day) || skips?.(day)) continue;
    if (rule.count !== undefined && counted === rule.count) break;
    counted++;
    if (found.length === most) break;
    if (!rule.except.includes(day.toString())) found.push(day.toString());
  }
  return found;
}

const epoch = (day: Temporal.PlainDate): number =>
  Math.round(Date.UTC(day.year, day.month - 1, day.day) / 86_400_000);

function means(rule: SeriesRule, begin: Temporal.PlainDate, day: Temporal.PlainDate): boolean {
  // 1 January 1970 was a Thursday: the number of Mondays since tells the week.
  const week = (of: Temporal.PlainDate): number => Math.floor((epoch(of) + 3) / 7);
  const passed =
    rule.every === 'day'
      ? epoch(day) - epoch(begin)
      : rule.every === 'week'
        ? week(day) - week(begin)
        : (day.year - begin.year) * 12 + day.month - begin.month;
  if (passed % rule.interval !== 0) return false;
  const name = weekdays[(epoch(day) + 3) % 7];
  if (rule.byDay.length > 0) {
    return rule.byDay.some((by) => {
      if (by.day !== name) return false;
      if (by.nth === undefined) return true;
      // Counted by walking through the month, forwards or backwards.
      let count = 0;
      let other = day;
      while (other.month === day.month) {
        count++;
        other = other.subtract({ days: by.nth > 0 ? 7 : -7 });
      }
      return count === Math.abs(by.nth);
    });
  }
  if (rule.every === 'day') return true;
  if (rule.every === 'week') return name === weekdays[(epoch(begin) + 3) % 7];
  const wanted = rule.byMonthDay.length > 0 ? rule.byMonthDay : [begin.day];
  return wanted.some((each) =>
    each > 0
      ? each === day.day
      : day.add({ days: -each }).day === 1 && day.add({ days: -each }).month !== day.month,
  );
}

describe('series of dates', () => {
  const last = Temporal.PlainDate.from('2028-06-30');

  test('agree with asking every day for itself, also where days off are skipped', () => {
    fc.assert(
      fc.property(
        rules,
        date,
        fc.integer({ min: 1, max: 200 }),
        fc.boolean(),
        (rule, start, most, off) => {
          const skips = off ? { skips: (day: Temporal.PlainDate) => !chinese.isWorkday(day) } : {};
          const bounds = { most, last, ...skips };
          const found = datesOf(rule, Temporal.PlainDate.from(start), bounds).map(String);
          expect(found).toEqual(byAsking(rule, start, bounds));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('are in order, each once, inside their bounds, none on a day off when those are skipped', () => {
    fc.assert(
      fc.property(rules, date, fc.integer({ min: 1, max: 50 }), (rule, start, most) => {
        const bounds = { most, last, skips: (day: Temporal.PlainDate) => !chinese.isWorkday(day) };
        const found = datesOf(rule, Temporal.PlainDate.from(start), bounds).map(String);
        expect(found).toEqual([...new Set(found)].toSorted());
        expect(found.length).toBeLessThanOrEqual(Math.min(most, rule.count ?? most));
        for (const each of found) {
          expect(each >= start && each <= (rule.until ?? '9999') && each <= String(last)).toBe(
            true,
          );
          expect(rule.except).not.toContain(each);
          expect(chinese.isWorkday(Temporal.PlainDate.from(each))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('what is printed is read as the same', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        expect(isSensible(rule)).toBe(true);
        expect(parseRule(printRule(rule))).toEqual(rule);
      }),
      { numRuns: 500 },
    );
  });

  test('rules are written as the RFC has them', () => {
    const rule = parseRule(
      'RRULE:UNTIL=20261231;FREQ=MONTHLY;BYDAY=1FR\nEXDATE;VALUE=DATE:20260501',
    );
    expect(rule && printRule(rule)).toBe(
      'RRULE:FREQ=MONTHLY;BYDAY=1FR;UNTIL=20261231\nEXDATE;VALUE=DATE:20260501',
    );
    for (const strange of [
      '',
      'FREQ=DAILY',
      'RRULE:FREQ=YEARLY',
      'RRULE:FREQ=DAILY;COUNT=0',
      'RRULE:FREQ=DAILY;COUNT=3;UNTIL=20260101',
      'RRULE:FREQ=WEEKLY;BYDAY=1MO',
      'RRULE:FREQ=WEEKLY;BYDAY=XX',
      'RRULE:FREQ=DAILY;UNTIL=20260230',
      'RRULE:FREQ=DAILY;BYHOUR=3',
    ])
      expect(parseRule(strange), strange).toBeUndefined();
  });

  test('a make-up Saturday of 调休 is worked, the Monday of the holiday is skipped and not counted', () => {
    const every: SeriesRule = {
      every: 'day',
      interval: 1,
      byDay: [],
      byMonthDay: [],
      count: 8,
      except: [],
    };
    const found = datesOf(every, Temporal.PlainDate.from('2026-09-29'), {
      most: 200,
      last,
      skips: (day) => !chinese.isWorkday(day),
    });
    expect(found).toHaveLength(8);
    expect(found.map(String)).toEqual([
      '2026-09-29',
      '2026-09-30',
      '2026-10-08',
      '2026-10-09',
      '2026-10-10',
      '2026-10-12',
      '2026-10-13',
      '2026-10-14',
    ]);
  });

  test('an hour stays the hour where clocks are put forward', () => {
    const rule = parseRule('RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=4');
    const found = datesOf(rule!, Temporal.PlainDate.from('2026-03-16'), { most: 200, last });
    const hours = found.map((each) =>
      instantAt(each, '10:00', 'Europe/Berlin')
        .toZonedDateTimeISO('Europe/Berlin')
        .toPlainTime()
        .toString(),
    );
    expect(hours).toEqual(['10:00:00', '10:00:00', '10:00:00', '10:00:00']);
    const [second, third] = found.slice(1).map((each) => instantAt(each, '10:00', 'Europe/Berlin'));
    expect(second!.until(third!).total('hours')).toBe(7 * 24 - 1);
  });
});
