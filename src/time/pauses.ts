import type { WorkingCalendar } from './calendar.ts';

/** Days off in a row for one reason; both ends belong to it. `festival`: of an official holiday. */
export type DaysOff = {
  readonly why: 'week' | 'holiday' | 'office';
  readonly festival?: string;
  readonly first: Temporal.PlainDate;
  readonly last: Temporal.PlainDate;
};

/**
 * What working time passes over between two instants, so that a deadline can be explained.
 *
 * - breaks: hours of a day between two stretches of work (noon, and a pause before an evening shift).
 * - nights: from one day's closing to the next day's opening.
 * - daysOff: in order; days off of one reason that follow each other are one.
 * - makeUp: days worked by an official notice or the office's own rule, though the week would leave them off.
 * - provisional: years whose official notice is not known, so that this may change.
 */
export type Pauses = {
  readonly breaks: readonly ('noon' | 'other')[];
  readonly nights: boolean;
  readonly daysOff: readonly DaysOff[];
  readonly makeUp: readonly Temporal.PlainDate[];
  readonly provisional: readonly number[];
};

/** What lies between `from` and `to`, in the calendar's zone. RangeError when `to` is before `from`. */
export function pausesBetween(
  from: Temporal.Instant,
  to: Temporal.Instant,
  calendar: WorkingCalendar,
): Pauses {
  if (Temporal.Instant.compare(to, from) < 0) throw new RangeError('A deadline before its start');
  const days = daysOf(from, to, calendar.zone);
  const worked = days.filter((day) => calendar.ruleOf(day).works);
  const openings = worked
    .flatMap((day) => calendar.openingsOn(day))
    .filter(
      (opening) =>
        Temporal.Instant.compare(opening.to, from) > 0 &&
        Temporal.Instant.compare(opening.from, to) < 0,
    );
  const breaks: ('noon' | 'other')[] = [];
  let nights = false;
  for (const [place, later] of openings.entries()) {
    const closed = openings[place - 1]?.to.toZonedDateTimeISO(calendar.zone);
    const opens = later.from.toZonedDateTimeISO(calendar.zone);
    if (!closed || closed.equals(opens)) continue;
    if (!closed.toPlainDate().equals(opens.toPlainDate())) nights = true;
    else breaks.push(isNoon(closed, opens) ? 'noon' : 'other');
  }
  return {
    breaks: [...new Set(breaks)],
    nights,
    daysOff: runsOf(days, calendar),
    makeUp: worked.filter((day) => day.dayOfWeek > 5 && calendar.ruleOf(day).by !== 'week'),
    provisional: [...new Set(days.map(({ year }) => year))].filter((year) =>
      calendar.isProvisional(year),
    ),
  };
}

/** A break that holds the middle of the day. */
const isNoon = (closed: Temporal.ZonedDateTime, opens: Temporal.ZonedDateTime): boolean =>
  closed.hour <= 12 && opens.hour >= 12;

function daysOf(
  from: Temporal.Instant,
  to: Temporal.Instant,
  zone: string,
): readonly Temporal.PlainDate[] {
  const last = to.toZonedDateTimeISO(zone).toPlainDate();
  const days: Temporal.PlainDate[] = [];
  let day = from.toZonedDateTimeISO(zone).toPlainDate();
  for (; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) days.push(day);
  return days;
}

function runsOf(
  days: readonly Temporal.PlainDate[],
  calendar: WorkingCalendar,
): readonly DaysOff[] {
  const runs: DaysOff[] = [];
  for (const day of days) {
    const { works, by, festival } = calendar.ruleOf(day);
    if (works) continue;
    const why = by === 'official' ? 'holiday' : by;
    const before = runs.at(-1);
    if (
      before?.why === why &&
      before.festival === festival &&
      before.last.add({ days: 1 }).equals(day)
    )
      runs[runs.length - 1] = { ...before, last: day };
    else runs.push({ why, ...(festival === undefined ? {} : { festival }), first: day, last: day });
  }
  return runs;
}
