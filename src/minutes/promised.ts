/** When minutes are promised and when their host is spoken to again. Pure. */
import type { Setup } from '../filing/move.ts';
import { afterQuietHours } from '../time/quiet-hours.ts';
import { addWorkingDays } from '../time/working-time.ts';

/** Minutes are due so many hours after the meeting, day and night (the office's handbook, M-12). */
const DUE_HOURS = 24;
/** The host is reminded so many hours after it. */
const WARN_HOURS = 20;

type Rule = Pick<Setup, 'rules' | 'calendar'>;

/** Due after 24 hours; what would fall outside the hours of a working day has until the end of the next working morning. */
export function dueAfter(ended: Temporal.Instant, { calendar }: Rule): Temporal.Instant {
  const due = ended.add({ hours: DUE_HOURS });
  const date = due.toZonedDateTimeISO(calendar.zone).toPlainDate();
  const [morning] = calendar.openingsOn(date);
  const evening = calendar.openingsOn(date).at(-1);
  if (morning && evening) {
    if (Temporal.Instant.compare(due, morning.from) < 0) return morning.to;
    if (Temporal.Instant.compare(due, evening.to) <= 0) return due;
  }
  const next = addWorkingDays(date, 1, calendar);
  return calendar.openingsOn(next)[0]?.to ?? due;
}

/** After 20 hours, out of the quiet hours; on the day itself, as it opens, when that would be a day off or too late. */
export function warnedAt(
  ended: Temporal.Instant,
  due: Temporal.Instant,
  rule: Rule,
): Temporal.Instant {
  const { calendar } = rule;
  const warn = awake(ended.add({ hours: WARN_HOURS }), rule);
  const works = calendar.isWorkday(warn.toZonedDateTimeISO(calendar.zone).toPlainDate());
  if (works && Temporal.Instant.compare(warn, due) < 0) return warn;
  const day = due.toZonedDateTimeISO(calendar.zone).toPlainDate();
  return calendar.openingsOn(day)[0]?.from ?? due;
}

/** The first instant, not before this one, at which somebody may be written to. */
export const awake = (instant: Temporal.Instant, { rules }: Rule): Temporal.Instant =>
  afterQuietHours(instant, rules.reminders.quietHours, rules.timeZone);

/** As the next working day opens. */
export function nextMorning(now: Temporal.Instant, rule: Rule): Temporal.Instant {
  const { calendar } = rule;
  const today = now.toZonedDateTimeISO(calendar.zone).toPlainDate();
  const opens = calendar.openingsOn(addWorkingDays(today, 1, calendar))[0]?.from;
  return awake(opens ?? now.add({ hours: DUE_HOURS }), rule);
}
