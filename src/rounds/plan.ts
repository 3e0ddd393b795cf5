/**
 * What recurring work this office has, and when: the declarations with office.yaml applied. Pure.
 *
 * - date: the day the rule gives. With `ahead` it is a deadline and the work comes earlier, else it comes on that day.
 */
import { calendarOf } from '../settings/office-calendar.ts';
import type { Rules } from '../settings/rules.ts';
import type { WorkingCalendar } from '../time/calendar.ts';
import type { ClockTime } from '../time/hours.ts';
import { instantAt } from '../time/local.ts';
import {
  type Occurrence,
  occurrenceAfter,
  occurrencesBetween,
  occurrenceUntil,
  type Recurrence,
} from '../time/recurrence.ts';
import type { Span } from '../time/spans.ts';
import { addShareOfSpan, addSpan, addWorkingDays } from '../time/working-time.ts';
import { roundKinds } from './index.ts';
import type { RoundKind } from './kind.ts';

/** A piece of recurring work as this office does it. */
export type Planned = {
  readonly kind: RoundKind;
  readonly recurrence: Recurrence;
  readonly at: ClockTime;
  readonly owner: string;
  readonly within: Span;
};

/** Everything this office does again and again, in the order it is declared. */
export function plannedBy({ rounds, workingHours }: Rules): readonly Planned[] {
  if (rounds === 'off') return [];
  const opening = workingHours.hours[0]?.from ?? '09:00';
  return roundKinds.flatMap((kind) => {
    const rule = rounds[kind.name] ?? {};
    if (rule === 'off') return [];
    const { recurrence, owner, within } = kind;
    return [{ kind, recurrence, owner, within, at: opening, ...rule }];
  });
}

/** An occurrence with the moment it comes. */
export type Coming = Occurrence & { readonly opens: Temporal.Instant };

/** The last occurrence that has come by `now`. */
export function lastOf(planned: Planned, now: Temporal.Instant, rules: Rules): Coming | undefined {
  const today = now.toZonedDateTimeISO(rules.timeZone).toPlainDate();
  return around(planned, today, rules).find(
    ({ opens }) => Temporal.Instant.compare(opens, now) <= 0,
  );
}

/** What was found about a day: it is asked for every minute and changes every midnight. */
const days = new WeakMap<
  Rules,
  { readonly today: Temporal.PlainDate; readonly found: Map<string, readonly Coming[]> }
>();

/** The occurrences that may have come by some hour of a day, the latest first. */
function around(planned: Planned, today: Temporal.PlainDate, rules: Rules): readonly Coming[] {
  const kept = days.get(rules);
  const day = kept?.today.equals(today)
    ? kept
    : { today, found: new Map<string, readonly Coming[]>() };
  if (day !== kept) days.set(rules, day);
  const { name } = planned.kind;
  const known = day.found.get(name);
  if (known) return known;
  const found = candidates(planned, today, calendarOf(rules));
  day.found.set(name, found);
  return found;
}

function candidates(
  planned: Planned,
  today: Temporal.PlainDate,
  calendar: WorkingCalendar,
): readonly Coming[] {
  const { recurrence } = planned;
  // A deadline that is still ahead may have come already; what falls on today may come later today.
  const last = occurrenceUntil(recurrence, today, calendar);
  return [
    planned.kind.ahead === undefined ? undefined : occurrenceAfter(recurrence, today, calendar),
    last,
    last && occurrenceUntil(recurrence, last.date.subtract({ days: 1 }), calendar),
  ].flatMap((each) => (each ? [coming(planned, each, calendar)] : []));
}

/** The next day of it after today's, as its rule gives it. */
export const nextOf = (
  planned: Planned,
  today: Temporal.PlainDate,
  rules: Rules,
): Occurrence | undefined => occurrenceAfter(planned.recurrence, today, calendarOf(rules));

/** Its days from `first` to `last`. */
export const daysOf = (
  planned: Planned,
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
  rules: Rules,
): readonly Occurrence[] => occurrencesBetween(planned.recurrence, first, last, calendarOf(rules));

function coming(planned: Planned, occurrence: Occurrence, calendar: WorkingCalendar): Coming {
  const { ahead } = planned.kind;
  const day =
    ahead === undefined ? occurrence.date : addWorkingDays(occurrence.date, -ahead, calendar);
  return { ...occurrence, opens: instantAt(day, planned.at, calendar.zone) };
}

/**
 * When it has to be done, if it was opened at `opened`. A deadline is the end of its day; who is told of it too late for that gets
 * the usual span from now on.
 */
export function dueOf(
  planned: Planned,
  { date }: Occurrence,
  opened: Temporal.Instant,
  calendar: WorkingCalendar,
): Temporal.Instant {
  const usual = addSpan(opened, planned.within, calendar);
  if (planned.kind.ahead === undefined) return usual;
  const closing = calendar.openingsOn(date).at(-1)?.to ?? instantAt(date, '24:00', calendar.zone);
  return Temporal.Instant.compare(closing, opened) > 0 ? closing : usual;
}

/** A share of the time after which whoever has not done it is reminded for the first time. */
const WARN_AT = 0.75;

/** When the first reminder comes: in the last quarter of the time that there is. */
export function firstReminder(
  opened: Temporal.Instant,
  due: Temporal.Instant,
  within: Span,
  calendar: WorkingCalendar,
): Temporal.Instant {
  const warned = addShareOfSpan(opened, within, WARN_AT, calendar);
  return Temporal.Instant.compare(warned, due) < 0 ? warned : due;
}
