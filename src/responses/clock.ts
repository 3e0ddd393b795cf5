/**
 * The clock of a first answer: pure. It runs in minutes of its span's own time (working minutes for `4wh`, else minutes of the
 * wall clock) and can be stopped and set going again.
 */
import type { Rules } from '../settings/rules.ts';
import type { WorkingCalendar } from '../time/calendar.ts';
import { isWorkingSpan, type Span, spanParts, wallMinutes } from '../time/spans.ts';
import { addWorkingMinutes, workingMinutesBetween } from '../time/working-time.ts';

type Promised = Rules['service']['response'];

/** A clock that runs: `used` minutes of `within` had run out when it was set going at `since`; `told` were told already. */
export type Running = {
  readonly within: Span;
  readonly used: number;
  readonly since: Temporal.Instant;
  readonly told: number;
};

/** When it is due, and when the next is told; null when everybody was. An overdue clock that is set going is due at once. */
export function momentsOf(
  { within, used, since, told }: Running,
  { warnAt, escalate }: Promised,
  calendar: WorkingCalendar,
): { readonly due: Temporal.Instant; readonly next: Temporal.Instant | null } {
  const whole = minutesOf(within, calendar);
  const at = (minutes: number): Temporal.Instant =>
    after(since, Math.max(0, minutes - used), within, calendar);
  // Told 0: the warning comes next; told n: the nth of the list, each a whole span after the one before.
  const share = told === 0 ? warnAt : told;
  return { due: at(whole), next: told > escalate.length ? null : at(whole * share) };
}

/** Minutes that have run out at `now`, in the span's own time. */
export const usedAt = (
  { within, used, since }: Omit<Running, 'told'>,
  now: Temporal.Instant,
  calendar: WorkingCalendar,
): number =>
  used +
  (isWorkingSpan(within)
    ? workingMinutesBetween(since, now, calendar)
    : since.until(now).total('minutes'));

/** The minutes of a span, of working time when it is one of those. */
export function minutesOf(span: Span, calendar: WorkingCalendar): number {
  const { count, unit } = spanParts(span);
  if (unit === 'wh') return count * 60;
  return unit === 'wd' ? count * calendar.minutesOfDay : wallMinutes(span);
}

const after = (
  since: Temporal.Instant,
  minutes: number,
  span: Span,
  calendar: WorkingCalendar,
): Temporal.Instant =>
  isWorkingSpan(span)
    ? addWorkingMinutes(since, minutes, calendar)
    : since.add({ milliseconds: Math.round(minutes * 60_000) });
