/** The times that a booking of a desk or booth is for: one a day, at the same hours. Pure. */
import type { WorkingCalendar } from '../../../time/calendar.ts';
import { clockMinutes, type Hours } from '../../../time/hours.ts';
import { instantAt } from '../../../time/local.ts';
import type { Days } from '../../spoken-times.ts';

/** Hours as they were said, or a half of the day. `ends` left out: until the day ends, or for an hour. */
export type SaidHours =
  | { readonly begins: string; readonly ends?: string | undefined }
  | { readonly half: 'am' | 'pm' };

/** One day of a booking. */
export type SpaceDay = {
  /** ISO date. */
  readonly day: string;
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
};

/** Where the two halves of a day meet when the office works through noon. */
const NOON = '12:00';

/** From the first opening to the last closing of the working hours. */
export const wholeDay = (hours: readonly Hours[]): Hours => ({
  from: hours[0]?.from ?? '09:00',
  to: hours.at(-1)?.to ?? '18:00',
});

/** A half of the day, between the spans of the working hours where they part at noon. */
function halfDay(hours: readonly Hours[], half: 'am' | 'pm'): Hours {
  const { from, to } = wholeDay(hours);
  if (half === 'am') {
    const morning = hours.filter((each) => each.from < NOON && each.to <= '13:30').at(-1);
    return { from, to: morning?.to ?? NOON };
  }
  return { from: hours.find((each) => each.from >= NOON)?.from ?? NOON, to };
}

/** The hours that are meant. `by`: what it is taken for when no end is said. Undefined when they end before they begin. */
export function hoursMeant(
  said: SaidHours | undefined,
  office: readonly Hours[],
  by: 'day' | 'hour',
): { readonly hours: Hours; readonly guessed: boolean } | undefined {
  if (said === undefined)
    return by === 'day' ? { hours: wholeDay(office), guessed: true } : undefined;
  if ('half' in said) {
    const hours = halfDay(office, said.half);
    return { hours: by === 'day' ? hours : hourFrom(hours.from), guessed: true };
  }
  const { begins: from, ends: to } = said;
  if (to !== undefined) return from < to ? { hours: { from, to }, guessed: false } : undefined;
  const closes = wholeDay(office).to;
  return {
    hours: by === 'day' && from < closes ? { from, to: closes } : hourFrom(from),
    guessed: true,
  };
}

const hourFrom = (from: string): Hours => {
  const end = Math.min(clockMinutes(from) + 60, 24 * 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  return { from, to: `${two(Math.floor(end / 60))}:${two(end % 60)}` };
};

/** More days than this are no booking but a fixed desk. */
export const MOST_DAYS = 60;

/**
 * One time for each day, days off left out where there are several days. What is over by `now` is none; what has begun is from now on.
 */
export function timesOf(
  { from, to }: Days,
  hours: Hours,
  calendar: WorkingCalendar,
  now: Temporal.Instant,
): readonly SpaceDay[] {
  const first = Temporal.PlainDate.from(from);
  const count = first.until(to, { largestUnit: 'days' }).days + 1;
  const days = Array.from({ length: Math.min(Math.max(count, 0), MOST_DAYS) }, (_, at) =>
    first.add({ days: at }),
  ).filter((day) => count === 1 || calendar.isWorkday(day));
  const minute = Temporal.Instant.fromEpochMilliseconds(
    now.epochMilliseconds - (now.epochMilliseconds % 60_000),
  );
  return days.flatMap((day) => {
    const begins = instantAt(day, hours.from, calendar.zone);
    const ends = instantAt(day, hours.to, calendar.zone);
    if (Temporal.Instant.compare(ends, now) <= 0) return [];
    const begun = Temporal.Instant.compare(begins, minute) < 0;
    return [{ day: day.toString(), from: begun ? minute : begins, to: ends }];
  });
}
