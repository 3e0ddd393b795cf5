import type { Hours } from './hours.ts';
import { instantAt } from './local.ts';

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
