/** Calendar files read back by a small reader of the tests' own: whatever people write comes out as they wrote it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarFile, type CalendarEvent } from '../../src/exports/calendar-file.ts';
import { read, textOf } from './read-calendar.ts';

const NINE = Temporal.Instant.from('2026-03-04T09:00:00+08:00');
const event = (summary: string, more: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: 'room-1@banshi',
  stamp: NINE,
  when: { from: NINE, to: NINE.add({ hours: 1 }) },
  summary,
  ...more,
});

/** Hostile on purpose: what ends lines and values, what takes one to four octets, halves of pairs, controls. */
const said = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        ';',
        ',',
        ':',
        '\\',
        '\\n',
        '"',
        ' ',
        '\t',
        'é',
        '会',
        '👩‍👩‍👧',
        '\u{20bb7}',
      ),
      fc.constantFrom('\ud83d', '\u0000', '\u0007', '\u007f', 'END:VEVENT', 'BEGIN:VALARM'),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

/** What is left of it in a text: line ends as line feeds, no controls, no half characters. */
const kept = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}--[\t\r\n]]/gv, (control) =>
      /[\u0080-\u009f]/.test(control) ? control : '',
    )
    .replaceAll(/\r\n|\r/g, '\n');

test('whatever is written in them, the events are read back as they are', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(said, said, said), { maxLength: 4 }), said, (all, name) => {
      const events = all.map(([summary, location, description]) =>
        event(summary, { location, description, sequence: 3, status: 'TENTATIVE' }),
      );
      const file = read(calendarFile({ product: 'rooms', name }, events));
      expect(file.name).toBe('VCALENDAR');
      expect(textOf(file.values.get('X-WR-CALNAME'))).toBe(kept(name));
      expect(file.inner).toHaveLength(all.length);
      for (const [index, [summary, location, description]] of all.entries()) {
        const { name: sort, values } = file.inner[index] ?? file;
        expect(sort).toBe('VEVENT');
        expect(textOf(values.get('SUMMARY'))).toBe(kept(summary));
        expect(textOf(values.get('LOCATION'))).toBe(kept(location));
        expect(textOf(values.get('DESCRIPTION'))).toBe(kept(description));
        expect(values.get('STATUS')).toBe('TENTATIVE');
      }
    }),
    { numRuns: 500 },
  );
});

test('moments stand in UTC, days as days, and what a calendar needs to keep them apart is there', () => {
  const file = calendarFile({ product: 'rooms', name: '陈晨' }, [
    event('评审', { sequence: 2, status: 'CONFIRMED', location: '珠峰' }),
    event('消防演练', {
      uid: 'fire-drill-2026@banshi',
      when: {
        days: {
          from: Temporal.PlainDate.from('2026-11-09'),
          to: Temporal.PlainDate.from('2026-11-10'),
        },
      },
    }),
  ]);
  const [meeting, drill] = read(file).inner;
  expect(Object.fromEntries(meeting?.values ?? [])).toEqual({
    UID: 'room-1@banshi',
    DTSTAMP: '20260304T010000Z',
    DTSTART: '20260304T010000Z',
    DTEND: '20260304T020000Z',
    SUMMARY: '评审',
    LOCATION: '珠峰',
    SEQUENCE: '2',
    STATUS: 'CONFIRMED',
  });
  expect(drill?.values.get('DTSTART;VALUE=DATE')).toBe('20261109');
  expect(drill?.values.get('DTEND;VALUE=DATE')).toBe('20261110');
});
