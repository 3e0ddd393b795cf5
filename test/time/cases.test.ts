/** 285 deadlines checked by hand, by somebody who had not seen the program: cases.tsv (office, start, span, due, why). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCalendar, type WorkingCalendar } from '../../src/time/calendar.ts';
import type { Hours } from '../../src/time/hours.ts';
import { isSpan } from '../../src/time/spans.ts';
import { addSpan } from '../../src/time/working-time.ts';
import { at, office } from './offices.ts';

const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const hours = (...texts: readonly string[]): readonly Hours[] =>
  texts.map((text) => ({ from: text.slice(0, 5), to: text.slice(6) }));
const zone = 'Asia/Shanghai';

const offices: { readonly [name: string]: WorkingCalendar } = {
  day: office,
  long: createCalendar({
    zone,
    days: week.slice(0, 6),
    hours: hours('08:30-12:00', '13:00-17:30', '18:30-20:30'),
  }),
  own: createCalendar({
    zone,
    days: week.slice(0, 5),
    hours: hours('09:00-12:00', '13:30-18:00'),
    holidays: ['2026-03-18', '2026-08-14'],
    extraWorkdays: ['2026-03-21', '2026-10-05'],
  }),
  guard: createCalendar({ zone, days: week, hours: hours('00:00-24:00') }),
  berlin: createCalendar({
    zone: 'Europe/Berlin',
    days: week.slice(0, 5),
    hours: hours('09:00-17:00'),
  }),
};

/** A local time, with seconds only where there are some. */
const onTheWall = (instant: Temporal.Instant, { zone: own }: WorkingCalendar): string => {
  const local = instant.toZonedDateTimeISO(own).toPlainDateTime();
  return local
    .toString({ smallestUnit: local.second === 0 ? 'minute' : 'second' })
    .replace('T', ' ');
};

const cases = readFileSync(join(import.meta.dirname, 'cases.tsv'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('\t'));

test('there are at least 200 of them, with every make-up day of 2026', () => {
  expect(cases.length).toBeGreaterThanOrEqual(200);
  const all = cases.map((each) => each.join(' ')).join('\n');
  for (const day of ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'])
    expect(all).toContain(`2026-${day}`);
});

test.each(cases)('%s: %s + %s = %s, %s', (name = '', start = '', span = '', due = '') => {
  const calendar = offices[name];
  if (!calendar || !isSpan(span)) throw new Error(`no office ${name} or no span ${span}`);
  expect(onTheWall(addSpan(at(start, calendar.zone), span, calendar), calendar)).toBe(due);
});
