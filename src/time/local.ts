import { type ClockTime, clockMinutes } from './hours.ts';

/**
 * The instant at which the clocks of `zone` show `time` on `date` (`24:00` is the end of that day). A time that does not exist
 * in spring is the first instant after the gap; one that comes twice in autumn is the first of the two.
 */
export function instantAt(
  date: Temporal.PlainDate,
  time: ClockTime,
  zone: string,
): Temporal.Instant {
  const wall = date.toPlainDateTime().add({ minutes: clockMinutes(time) });
  const first = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (first.toPlainDateTime().equals(wall)) return first.toInstant();
  const afterGap = wall.toZonedDateTime(zone, { disambiguation: 'later' });
  return (afterGap.getTimeZoneTransition('previous') ?? afterGap).toInstant();
}
