import type { WorkingCalendar } from './calendar.ts';
import type { Hours } from './hours.ts';
import { instantAt } from './local.ts';
import { addWorkingDays } from './working-time.ts';

/** When somebody is not to be disturbed: daily hours (null: none) and, if they wish so, the days the office does not work. */
export type QuietTime = { readonly hours: Hours | null; readonly daysOff: boolean };

/**
 * The first instant, not before `instant`, at which somebody may be disturbed. After days off that is the morning of the next
 * working day: the end of the night's quiet hours, or the first opening of the office when the nights are not quiet.
 */
export function afterQuietTime(
  instant: Temporal.Instant,
  { hours, daysOff }: QuietTime,
  calendar: WorkingCalendar,
): Temporal.Instant {
  const { zone } = calendar;
  const awake = afterQuietHours(instant, hours, zone);
  const day = awake.toZonedDateTimeISO(zone).toPlainDate();
  if (!daysOff || calendar.isWorkday(day)) return awake;
  const next = addWorkingDays(day, 0, calendar);
  const midnight = instantAt(next, '00:00', zone);
  const morning = afterQuietHours(midnight, hours, zone);
  if (!morning.equals(midnight)) return morning;
  return afterQuietHours(calendar.openingsOn(next)[0]?.from ?? midnight, hours, zone);
}

/**
 * The first instant, not before `instant`, at which something may be sent: itself outside `quiet`, else the end of the quiet
 * hours. `quiet` are local hours of `zone` and may run over midnight; null: never quiet.
 */
export function afterQuietHours(
  instant: Temporal.Instant,
  quiet: Hours | null,
  zone: string,
): Temporal.Instant {
  if (!quiet) return instant;
  const today = instant.toZonedDateTimeISO(zone).toPlainDate();
  const nights = [today.subtract({ days: 1 }), today].map((date) => nightOf(date, quiet, zone));
  return nights.find((night) => contains(night, instant))?.to ?? instant;
}

type Night = { readonly from: Temporal.Instant; readonly to: Temporal.Instant };

function nightOf(date: Temporal.PlainDate, quiet: Hours, zone: string): Night {
  const overMidnight = quiet.to < quiet.from;
  return {
    from: instantAt(date, quiet.from, zone),
    to: instantAt(overMidnight ? date.add({ days: 1 }) : date, quiet.to, zone),
  };
}

const contains = ({ from, to }: Night, instant: Temporal.Instant): boolean =>
  Temporal.Instant.compare(from, instant) <= 0 && Temporal.Instant.compare(instant, to) < 0;
