import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Occurrence,
  occurrencesOf,
  type Repeated,
  withoutDays,
} from '../../src/requests/room/series.ts';
import { edited, occurrenceForm } from '../../src/requests/room/series-edit.ts';

const ZONE = 'Europe/Berlin';
/** Ten Mondays around the night in which the clocks are put forward. */
const DAYS = Array.from({ length: 10 }, (_, week) =>
  Temporal.PlainDate.from('2026-03-02').add({ weeks: week }).toString(),
);
const series: Repeated = {
  when: { from: '2026-03-02T09:00:00Z', to: '2026-03-02T10:00:00Z' },
  room: '黄山',
  attendees: [1],
  series: { rule: 'RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=10', start: '2026-03-02', days: DAYS },
};

const told = ({ on, from, to, room }: Occurrence): string => {
  const local = (at: Temporal.Instant): string =>
    at.toZonedDateTimeISO(ZONE).toPlainTime().toString().slice(0, 5);
  return `${on} ${local(from)}–${local(to)} ${room}`;
};

const changes = fc.record({
  place: fc.nat(DAYS.length - 1),
  now: fc.nat(DAYS.length),
  of: fc.constantFrom('one' as const, 'following' as const, 'all' as const),
  shift: fc.integer({ min: -2, max: 3 }),
  hour: fc.integer({ min: 7, max: 20 }),
  room: fc.constantFrom('黄山', '珠峰'),
});

describe('a change of a series', () => {
  test('moves what it is about and nothing else; what has begun stays; an hour is that hour on both sides of the change of clocks', () => {
    fc.assert(
      fc.property(fc.array(changes, { minLength: 1, maxLength: 4 }), (list) => {
        let form = series;
        for (const { place, now: passed, of, shift, hour, room } of list) {
          const before = occurrencesOf(form, ZONE);
          const one = before[place];
          if (!one) continue;
          const now =
            before.map(({ from }) => from).toSorted((a, b) => Temporal.Instant.compare(a, b))[
              passed - 1
            ] ?? Temporal.Instant.from('2026-01-01T00:00Z');
          const on = Temporal.PlainDate.from(one.on).add({ days: shift });
          const from = on.toZonedDateTime({ timeZone: ZONE, plainTime: { hour } });
          const wish = {
            ...occurrenceForm(form, one, of),
            when: {
              from: from.toInstant().toString(),
              to: from.add({ hours: 1 }).toInstant().toString(),
            },
            room,
          };
          const after = edited(form, wish, ZONE, now);
          for (const [index, was] of before.entries()) {
            const is = occurrencesOf(after, ZONE)[index];
            const ahead = Temporal.Instant.compare(was.from, now) > 0;
            const meant =
              ahead && (of === 'all' || (of === 'one' ? index === place : index >= place));
            if (!meant && (ahead || of !== 'all')) expect(is && told(is)).toBe(told(was));
            if (meant && is) {
              const there = Temporal.PlainDate.from(was.on).add({ days: shift });
              const clock = `${String(hour).padStart(2, '0')}:00–${String(hour + 1).padStart(2, '0')}:00`;
              const hours =
                clocks(was) === clocks(one) || clock !== clocks(one) ? clock : clocks(was);
              expect(told(is)).toBe(
                `${there.toString()} ${hours} ${room === one.room ? was.room : room}`,
              );
            }
          }
          form = after;
        }
      }),
      { numRuns: 300 },
    );
  });

  test('dates that are taken out leave the rest, and the rule says that they are out', () => {
    const left = withoutDays(series.series, [DAYS[3] ?? '', DAYS[5] ?? '']);
    expect(left.days).toHaveLength(8);
    expect(left.rule).toContain('EXDATE;VALUE=DATE:20260323,20260406');
  });
});

const clocks = ({ from, to }: Occurrence): string => {
  const local = (at: Temporal.Instant): string =>
    at.toZonedDateTimeISO(ZONE).toPlainTime().toString().slice(0, 5);
  return `${local(from)}–${local(to)}`;
};
