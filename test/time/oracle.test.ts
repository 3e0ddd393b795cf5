/**
 * Working time against an oracle that knows nothing but minutes: a year as a row of minutes, each worked or not by the notice
 * itself, walked one by one. `TIME_RUNS=100000` is the long form.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addSpan, isOpen, workingMinutesBetween } from '../../src/time/working-time.ts';
import { instant, minuteOf, minutes, walked, worked } from './minute-row.ts';
import { at, office } from './offices.ts';

const runs = { numRuns: Number(process.env['TIME_RUNS'] ?? 3_000) };
/** Any minute but the last three months, in which the longest span might leave the row. */
const starts = fc.integer({ min: 0, max: minutes - 92 * 24 * 60 });
const spans = fc.oneof(
  fc
    .integer({ min: 1, max: 100 })
    .map((count) => ({ span: `${count}wh` as const, count: count * 60 })),
  fc
    .integer({ min: 1, max: 20 })
    .map((count) => ({ span: `${count}wd` as const, count: count * 450 })),
);

test('the oracle is set up as the year was: 248 worked days in 2026', () => {
  const from = minuteOf(at('2026-01-01 00:00'));
  const sum = worked.slice(from, minutes).reduce((a, b) => a + b, 0);
  expect(sum / 450).toBe(248);
});

test('a deadline is where the minutes run out one by one', () => {
  fc.assert(
    fc.property(starts, spans, (start, { span, count }) => {
      expect(minuteOf(addSpan(instant(start), span, office))).toBe(walked(start, count));
    }),
    runs,
  );
});

test('what is measured is what is counted minute by minute', () => {
  fc.assert(
    fc.property(starts, fc.integer({ min: 0, max: 60 * 24 * 60 }), (start, length) => {
      let sum = 0;
      for (let minute = start; minute < start + length; minute++) sum += worked[minute] ?? 0;
      expect(workingMinutesBetween(instant(start), instant(start + length), office)).toBe(sum);
    }),
    runs,
  );
});

test('to the second: a deadline ends work or lies in it, and a later start is never due earlier', () => {
  fc.assert(
    fc.property(starts, fc.integer({ min: 0, max: 59 }), spans, (minute, second, { span }) => {
      const start = instant(minute).add({ seconds: second });
      const due = addSpan(start, span, office);
      expect(isOpen(due.subtract({ seconds: 1 }), office)).toBe(true);
      const later = addSpan(start.add({ seconds: 1 }), span, office);
      expect(Temporal.Instant.compare(due, later)).toBeLessThanOrEqual(0);
      const [own] = /\d+/.exec(span) ?? [];
      const longer = addSpan(
        start,
        `${Number(own) + 1}${span.endsWith('h') ? 'wh' : 'wd'}`,
        office,
      );
      expect(Temporal.Instant.compare(due, longer)).toBeLessThan(0);
    }),
    runs,
  );
});
