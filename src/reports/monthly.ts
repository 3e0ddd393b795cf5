import { monthlyCard, type MonthlyModel } from '../../cards/monthly-report.ts';
import { workingTimeText } from '../../cards/times.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { Outgoing } from '../channels/channel.ts';
import { calendarOf, type Rules } from '../settings/index.ts';
import type { Elsewhere } from './elsewhere.ts';
import { type MonthFigures, monthFigures } from './month-figures.ts';

/** The report of a month, from the truth of `now`. */
export async function drawMonthly(
  tx: Tx,
  rules: Rules,
  month: Temporal.PlainYearMonth,
  now: Temporal.Instant,
  elsewhere: Elsewhere,
): Promise<Outgoing> {
  const figures = await monthFigures(tx, rules, month, now, elsewhere);
  return { card: monthlyCard(modelOf(figures, rules, now)) };
}

function modelOf(figures: MonthFigures, rules: Rules, now: Temporal.Instant): MonthlyModel {
  const thisMonth = now.toZonedDateTimeISO(rules.timeZone).toPlainDate().toPlainYearMonth();
  const { month, responses } = figures;
  const { median } = responses;
  return {
    ...figures,
    month: monthText(month, thisMonth),
    soFar: month.equals(thisMonth),
    company: rules.company,
    responses: {
      ...responses,
      median:
        median === undefined ? undefined : workingTimeText(median, calendarOf(rules).minutesOfDay),
    },
    trend: figures.trend.map((each) => ({
      ...each,
      month: words(`${each.month.month}月`, each.month.toString()),
    })),
    command: `npm run office -- export monthly ${month.toString()} --format xlsx --out ${month.toString()}.xlsx`,
  };
}

/** 「10月」; the year is told when it is not that of `today`. */
const monthText = (month: Temporal.PlainYearMonth, today: Temporal.PlainYearMonth): Words =>
  words(
    month.year === today.year ? `${month.month}月` : `${month.year}年${month.month}月`,
    month.toString(),
  );
