import { calendarOf, type Rules } from '../settings/index.ts';
import { instantAt } from '../time/local.ts';
import { afterQuietHours } from '../time/quiet-hours.ts';
import { addWorkingDays } from '../time/working-time.ts';

/**
 * The day whose digest is to be owed at `now`: today, on working days, from its hour until midnight. Undefined on days off, before the
 * hour, and while a late one would come in the quiet hours. Digests of earlier days are never made up for.
 */
export function digestDue(rules: Rules, now: Temporal.Instant): Temporal.PlainDate | undefined {
  const { timeZone, reminders } = rules;
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  if (!calendarOf(rules).isWorkday(today)) return undefined;
  const planned = instantAt(today, reminders.dailyDigest.at, timeZone);
  if (Temporal.Instant.compare(now, planned) < 0 || disturbs(rules, now, planned)) return undefined;
  return today;
}

/**
 * The month whose report is to be owed at `now`: that before the last day of reporting. That day is `day` of the month, or the first working
 * day after it; a report that was missed is owed late, on a working day, until the next one's time has come.
 */
export function monthlyDue(
  rules: Rules,
  now: Temporal.Instant,
): Temporal.PlainYearMonth | undefined {
  const { timeZone, reminders } = rules;
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  if (!calendarOf(rules).isWorkday(today)) return undefined;
  const thisMonth = today.toPlainYearMonth();
  for (const month of [thisMonth, thisMonth.subtract({ months: 1 })]) {
    const planned = instantAt(reportingDay(rules, month), reminders.monthlyReport.at, timeZone);
    if (Temporal.Instant.compare(planned, now) > 0) continue;
    return disturbs(rules, now, planned) ? undefined : month.subtract({ months: 1 });
  }
  return undefined;
}

/** The day of this month on which the report of the month before is due. */
function reportingDay(rules: Rules, month: Temporal.PlainYearMonth): Temporal.PlainDate {
  const { day } = rules.reminders.monthlyReport;
  return addWorkingDays(month.toPlainDate({ day }), 0, calendarOf(rules));
}

/** In the quiet hours; an hour that the rules plan inside them is meant so. */
function disturbs(rules: Rules, now: Temporal.Instant, planned: Temporal.Instant): boolean {
  const isQuiet = (at: Temporal.Instant): boolean =>
    !afterQuietHours(at, rules.reminders.quietHours, rules.timeZone).equals(at);
  return isQuiet(now) && !isQuiet(planned);
}
