import { createCalendar, type WorkingCalendar } from '../../src/time/calendar.ts';

/** An ordinary Chinese office: Monday to Friday, 09:00–12:00 and 13:30–18:00, so 7.5 hours a day. */
export const office: WorkingCalendar = createCalendar({
  zone: 'Asia/Shanghai',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  hours: [
    { from: '09:00', to: '12:00' },
    { from: '13:30', to: '18:00' },
  ],
});

/** The instant of a local time in Shanghai: `at('2026-03-06 17:00')`. */
export const at = (local: string, zone = 'Asia/Shanghai'): Temporal.Instant =>
  Temporal.PlainDateTime.from(local.replace(' ', 'T')).toZonedDateTime(zone).toInstant();

/** How a clock on the wall shows it: `2026-03-09 12:00`. */
export const onTheWall = (instant: Temporal.Instant, zone = 'Asia/Shanghai'): string =>
  instant
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ');
