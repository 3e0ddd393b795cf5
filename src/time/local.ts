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
  const minutes = clockMinutes(time);
  const shown = Date.UTC(date.year, date.month - 1, date.day) + minutes * MINUTE;
  const quiet = stretchesOf(zone).find(
    ({ from, to, offset }) => shown - offset > from + DAY && shown - offset < to - DAY,
  );
  return quiet
    ? Temporal.Instant.fromEpochMilliseconds(shown - quiet.offset)
    : lookedUp(date.toPlainDateTime().add({ minutes }), zone);
}

function lookedUp(wall: Temporal.PlainDateTime, zone: string): Temporal.Instant {
  const first = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  remember(first);
  if (first.toPlainDateTime().equals(wall)) return first.toInstant();
  // In a gap `first` lies before it, even when the wish is its very beginning.
  return (first.getTimeZoneTransition('next') ?? first).toInstant();
}

/** A time in which the clocks of a zone are not changed: `offset` ahead of UTC from `from` to `to`; milliseconds, `from` and `to` since 1970. */
type Stretch = { readonly from: number; readonly to: number; readonly offset: number };

/**
 * Stretches met so far: a series of 52 dates asks for some thousand instants of the same one, and the rules of a zone do not change while a
 * program runs. Times within a day of a change of the clocks are always looked up.
 */
const stretches = new Map<string, Stretch[]>();

const stretchesOf = (zone: string): readonly Stretch[] => stretches.get(zone) ?? [];

/** Of a zone. More come only of dates years apart; then the oldest go. */
const MOST = 8;

function remember(at: Temporal.ZonedDateTime): void {
  const known = stretches.get(at.timeZoneId) ?? [];
  const stretch = {
    from: at.getTimeZoneTransition('previous')?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    to: at.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: at.offsetNanoseconds / NANOSECONDS,
  };
  if (known.some(({ from }) => from === stretch.from)) return;
  stretches.set(at.timeZoneId, [...known, stretch].slice(-MOST));
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** In a millisecond. */
const NANOSECONDS = 1_000_000;
