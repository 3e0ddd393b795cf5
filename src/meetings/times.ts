/** When what a meeting needs is due. Pure: the same booking under the same rules always gives the same times. */
import type { Rules } from '../settings/rules.ts';
import type { WorkingCalendar } from '../time/calendar.ts';
import { afterQuietHours } from '../time/quiet-hours.ts';
import { type Span, wallMinutes } from '../time/spans.ts';
import { addSpan, addWorkingDays, isOpen } from '../time/working-time.ts';

/** From when until when; `to` is excluded. */
export type Time = { readonly from: Temporal.Instant; readonly to: Temporal.Instant };

/** An hour before it begins the host hears who has not answered, and the equipment is tested. */
const HOUR_BEFORE: Span = '1h';
/** The office is there so long before it begins. */
const PRESENCE: Span = '15m';

export const isBefore = (one: Temporal.Instant, other: Temporal.Instant): boolean =>
  Temporal.Instant.compare(one, other) < 0;

const later = (one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant =>
  isBefore(one, other) ? other : one;

/** So long before an instant, on the wall clock. */
export const before = (instant: Temporal.Instant, span: Span): Temporal.Instant =>
  instant.subtract({ minutes: wallMinutes(span) });

/** Whether the time of the notice has come, so that whoever is new or has to hear of a change is told now. */
export const isNear = (begins: Temporal.Instant, now: Temporal.Instant, rules: Rules): boolean =>
  !isBefore(now, before(begins, rules.reminders.meetingNotice));

/** After the quiet hours, unless it begins before they end: then it cannot wait. */
export function notAtNight(
  at: Temporal.Instant,
  begins: Temporal.Instant,
  rules: Rules,
): Temporal.Instant {
  const morning = afterQuietHours(at, rules.reminders.quietHours, rules.timeZone);
  return isBefore(morning, begins) ? morning : at;
}

/** When people are told of a meeting: `reminders.meetingNotice` before it, at once when that is over, never at night. */
export const noticeAt = (
  begins: Temporal.Instant,
  now: Temporal.Instant,
  rules: Rules,
): Temporal.Instant =>
  notAtNight(later(now, before(begins, rules.reminders.meetingNotice)), begins, rules);

/** Due columns of a meeting; null: not at all. */
export type Dues = {
  readonly ask_at: Temporal.Instant | null;
  readonly check_in_at: Temporal.Instant | null;
  readonly release_at: Temporal.Instant | null;
  readonly begin_at: Temporal.Instant | null;
};

/**
 * Question, check-in and release of a meeting booked or moved at `now`. Nobody is asked to check in who is `exempt`, or who books so late
 * (`rooms.checkIn.unlessBookedWithin`) that they are there already; with `rooms.checkIn: off` nobody is. Of whom no check-in is asked, the
 * card is drawn anew as it begins.
 */
export function duesOf({ from }: Time, now: Temporal.Instant, rules: Rules, exempt = false): Dues {
  const asked = before(from, HOUR_BEFORE);
  const morning = afterQuietHours(asked, rules.reminders.quietHours, rules.timeZone);
  const { checkIn } = rules.rooms;
  const late = checkIn?.unlessBookedWithin;
  const checked = checkIn !== null && !exempt && isBefore(now, late ? before(from, late) : from);
  return {
    ask_at: isBefore(now, asked) && isBefore(morning, from) ? morning : null,
    check_in_at: checked ? before(from, checkIn.from) : null,
    release_at: checked ? from.add({ minutes: wallMinutes(checkIn.releaseAfter) }) : null,
    begin_at: !checked && isBefore(now, from) ? from : null,
  };
}

/** What the office does for a meeting, in its order. */
export const PREPARATIONS = ['setup', 'test', 'presence', 'restore'] as const;
export type Preparation = (typeof PREPARATIONS)[number];

/** When the office is told of it, and by when it is to be done. */
export type PreparationTime = {
  readonly sort: Preparation;
  readonly tell: Temporal.Instant;
  readonly due: Temporal.Instant;
};

/**
 * Set-up: told one working day before, at the meeting's hour (as the office opens, when it is closed then), done by the test.
 * Test: told an hour before, done a quarter of an hour before. Presence: told a quarter of an hour before, due as it begins.
 * What should have been told by `now` is told now, and is due as the meeting begins when its own time is over.
 * Restore: told as it ends, done within `rooms.restore` of working time; left out where that is off.
 */
export function preparationTimes(
  { from: begins, to: ends }: Time,
  now: Temporal.Instant,
  calendar: WorkingCalendar,
  { restore }: Rules['rooms'],
): readonly PreparationTime[] {
  const test = before(begins, HOUR_BEFORE);
  const presence = before(begins, PRESENCE);
  const at = (
    sort: Preparation,
    tell: Temporal.Instant,
    due: Temporal.Instant,
  ): PreparationTime => ({
    sort,
    tell: later(tell, now),
    due: isBefore(now, due) ? due : begins,
  });
  return [
    at('setup', workingDayBefore(begins, calendar), test),
    at('test', test, presence),
    at('presence', presence, begins),
    ...(restore === null
      ? []
      : [{ sort: 'restore' as const, tell: ends, due: addSpan(ends, restore, calendar) }]),
  ];
}

function workingDayBefore(begins: Temporal.Instant, calendar: WorkingCalendar): Temporal.Instant {
  const local = begins.toZonedDateTimeISO(calendar.zone);
  const day = addWorkingDays(local.toPlainDate(), -1, calendar);
  const same = day
    .toZonedDateTime({ timeZone: calendar.zone, plainTime: local.toPlainTime() })
    .toInstant();
  return isOpen(same, calendar) ? same : (calendar.openingsOn(day)[0]?.from ?? same);
}

/** What is told of a meeting that begins so soon is of no use the next morning: somebody's quiet time does not hold it back. Hours. */
const SOON = 12;

/** Whether a meeting that begins at `starts` is too soon after `at` for what is told of it to wait. */
export const isSoon = (at: Temporal.Instant, starts: Temporal.Instant): boolean =>
  Temporal.Instant.compare(at.add({ hours: SOON }), starts) > 0;
