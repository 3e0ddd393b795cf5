import { actionFigures } from '../minutes/figures.ts';
import type { Elsewhere } from '../reports/elsewhere.ts';
import { responseFigures } from '../responses/figures.ts';
import { lateRounds } from '../rounds/late.ts';
import type { Rules } from '../settings/index.ts';

/** What reports tell of first answers, action items and recurring work. */
export const reported = (rules: Rules): Elsewhere => ({
  async responses(tx, { from, to }) {
    const { inTime, late, overdue, medianMinutes } = await responseFigures(tx, from, to);
    return { of: inTime, counted: inTime + late + overdue, median: medianMinutes ?? undefined };
  },
  async actions(tx, { from, to }) {
    const zone = rules.timeZone;
    const last = to.subtract({ seconds: 1 }).toZonedDateTimeISO(zone).toPlainDate();
    const first = from.toZonedDateTimeISO(zone).toPlainDate();
    const { onTime, due, averageDays } = await actionFigures(tx, first, last, zone);
    return { of: onTime, counted: due, days: averageDays ?? undefined };
  },
  lateWork: (tx, now) => lateRounds(tx, rules, now),
});
