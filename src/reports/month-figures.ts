import type { Share } from '../../cards/percent.ts';
import type { Tx } from '../../db/database.ts';
import { calendarOf, type Rules } from '../settings/index.ts';
import type { Words } from '../../cards/words.ts';
import { consumption } from './consumption.ts';
import { type Counts, requestCounts } from './counts.ts';
import { dueTasks, onTimeShare } from './on-time.ts';
import type { ActionFigures, Elsewhere, ResponseFigures } from './elsewhere.ts';
import { type OldOnes, oldOnesOf, type WrittenOff, writtenOffIn } from './leavings.ts';
import { monthPeriod, passed } from './period.ts';
import { readRoomUse, type RoomUse } from './room-use.ts';
import { satisfaction } from './satisfaction.ts';
import { type DepartmentSpend, issuesIn, supplySpend, type TopItem, topItems } from './supplies.ts';

/** What is followed over the months. */
export type MonthTrend = Counts & {
  readonly month: Temporal.PlainYearMonth;
  readonly onTime: Share;
  readonly satisfied: Share;
};

/** A month of the office; of one that is not over, what is known at the moment. */
export type MonthFigures = MonthTrend & {
  /** Average stars, to one decimal. */
  readonly stars: number | undefined;
  readonly spend: readonly DepartmentSpend[];
  readonly rooms: readonly RoomUse[];
  readonly items: readonly TopItem[];
  /** Uses of things that are out of the ordinary, each with its reason. */
  readonly odd: readonly Words[];
  readonly writtenOff: readonly WrittenOff[];
  readonly oldOnes: readonly OldOnes[];
  readonly responses: ResponseFigures;
  readonly actions: ActionFigures;
  /** This month and those before it, the oldest first. */
  readonly trend: readonly MonthTrend[];
};

/** Months in the trend, this one among them. */
const TREND = 6;

export async function monthFigures(
  tx: Tx,
  rules: Rules,
  month: Temporal.PlainYearMonth,
  now: Temporal.Instant,
  elsewhere: Elsewhere,
): Promise<MonthFigures> {
  const period = passed(monthPeriod(month, rules.timeZone), now);
  const issues = await issuesIn(tx, period);
  const trend: MonthTrend[] = [];
  for (let back = TREND - 1; back > 0; back--) {
    trend.push(await trendOf(tx, rules, month.subtract({ months: back }), now));
  }
  const own = await trendOf(tx, rules, month, now);
  const { stars } = await satisfaction(tx, period);
  return {
    ...own,
    stars,
    spend: await supplySpend(tx, rules, issues, now),
    rooms: await readRoomUse(tx, period, calendarOf(rules)),
    items: topItems(issues),
    odd: (await consumption(tx, rules, month, now)).odd,
    writtenOff: await writtenOffIn(tx, period),
    oldOnes: await oldOnesOf(tx, period),
    responses: await elsewhere.responses(tx, period),
    actions: await elsewhere.actions(tx, period),
    trend: [...trend, own],
  };
}

async function trendOf(
  tx: Tx,
  rules: Rules,
  month: Temporal.PlainYearMonth,
  now: Temporal.Instant,
): Promise<MonthTrend> {
  const period = passed(monthPeriod(month, rules.timeZone), now);
  const { of, counted } = await satisfaction(tx, period);
  return {
    month,
    ...(await requestCounts(tx, period)),
    onTime: onTimeShare(await dueTasks(tx, period), period),
    satisfied: { of, counted },
  };
}
