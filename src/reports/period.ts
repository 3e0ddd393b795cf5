/** A stretch of the office's time, half-open. */
export type Period = { readonly from: Temporal.Instant; readonly to: Temporal.Instant };

/** A whole day on the office's clock. */
export const dayPeriod = (date: Temporal.PlainDate, zone: string): Period => ({
  from: date.toZonedDateTime(zone).toInstant(),
  to: date.add({ days: 1 }).toZonedDateTime(zone).toInstant(),
});

/** A whole calendar month on the office's clock. */
export function monthPeriod(month: Temporal.PlainYearMonth, zone: string): Period {
  const first = month.toPlainDate({ day: 1 });
  return {
    from: first.toZonedDateTime(zone).toInstant(),
    to: first.add({ months: 1 }).toZonedDateTime(zone).toInstant(),
  };
}

/** What of a period is over at `now`; empty when it has not begun. */
export function passed({ from, to }: Period, now: Temporal.Instant): Period {
  if (Temporal.Instant.compare(now, to) >= 0) return { from, to };
  return { from, to: Temporal.Instant.compare(now, from) < 0 ? from : now };
}

export const isWithin = (instant: Temporal.Instant, { from, to }: Period): boolean =>
  Temporal.Instant.compare(from, instant) <= 0 && Temporal.Instant.compare(instant, to) < 0;
