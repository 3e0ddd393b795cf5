import { FIRST_LINES } from '../../cards/digest.ts';
import type { Share } from '../../cards/percent.ts';
import type { Tx } from '../../db/database.ts';
import { calendarOf, type Rules } from '../settings/index.ts';
import { addWorkingDays, workingMinutesBetween } from '../time/working-time.ts';
import { type Counts, requestCounts } from './counts.ts';
import { type Meeting, meetingsIn, type NoShow, releasedNoShows } from './meetings.ts';
import type { Elsewhere } from './elsewhere.ts';
import { dueTasks, onTimeShare } from './on-time.ts';
import { lateMatters, type Matters, mattersWaitingFor, type OpenMatter } from './open-work.ts';
import { dayPeriod, passed, type Period } from './period.ts';
import { lowStock, type LowItem } from './stock.ts';
import { type Unsent, unsentIn } from './unsent.ts';

/** What is late, whose it is, and by how many working minutes. `number`: of a request; recurring work has none. */
export type LateMatter = Pick<OpenMatter, 'kind' | 'owed'> & {
  readonly number?: string;
  readonly lateBy: number;
};

/** A day of the office as it stands at a moment, for one reader. What stands open and in stock is that of the moment, not of the day. */
export type DayFigures = Counts & {
  readonly date: Temporal.PlainDate;
  readonly onTime: Share;
  readonly late: { readonly total: number; readonly first: readonly LateMatter[] };
  readonly waiting: Matters;
  /** The next working day; its meetings, and those of days off before it. */
  readonly next: Temporal.PlainDate;
  readonly meetings: readonly Meeting[];
  readonly stock: readonly LowItem[];
  readonly noShows: readonly NoShow[];
  readonly unsent: readonly Unsent[];
  /** The last working days up to this one, with what came in on each. */
  readonly recent: readonly { readonly date: Temporal.PlainDate; readonly submitted: number }[];
};

/** Working days in the small chart. */
const RECENT = 5;

export async function dayFigures(
  tx: Tx,
  rules: Rules,
  date: Temporal.PlainDate,
  reader: number,
  now: Temporal.Instant,
  elsewhere: Elsewhere,
): Promise<DayFigures> {
  const calendar = calendarOf(rules);
  const at = { now: now.toZonedDateTimeISO(rules.timeZone) };
  const day = passed(dayPeriod(date, rules.timeZone), now);
  const next = addWorkingDays(date, 1, calendar);
  const [late, work] = [await lateMatters(tx, at), await elsewhere.lateWork(tx, now)];
  const oldest = [...late.first, ...work.map(({ title, ...each }) => ({ ...each, kind: title }))]
    .toSorted((a, b) => (a.due && b.due ? Temporal.Instant.compare(a.due, b.due) : 0))
    .slice(0, FIRST_LINES);
  return {
    date,
    ...(await requestCounts(tx, day)),
    onTime: onTimeShare(await dueTasks(tx, day), day),
    late: {
      total: late.total + work.length,
      first: oldest.map((each) => ({
        ...each,
        lateBy: each.due ? workingMinutesBetween(each.due, now, calendar) : 0,
      })),
    },
    waiting: await mattersWaitingFor(tx, reader, at),
    next,
    meetings: await meetingsIn(tx, untilEndOf(date, next, rules.timeZone)),
    stock: await lowStock(tx),
    noShows: await releasedNoShows(tx, day),
    unsent: await unsentIn(tx, day),
    recent: await recentDays(tx, rules, date, day),
  };
}

/** From the end of `date` to that of `last`. */
const untilEndOf = (date: Temporal.PlainDate, last: Temporal.PlainDate, zone: string): Period => ({
  from: dayPeriod(date, zone).to,
  to: dayPeriod(last, zone).to,
});

/** The working days before the date, and the date itself. */
async function recentDays(
  tx: Tx,
  rules: Rules,
  date: Temporal.PlainDate,
  today: Period,
): Promise<DayFigures['recent']> {
  const calendar = calendarOf(rules);
  const days: { date: Temporal.PlainDate; submitted: number }[] = [];
  for (let back = RECENT - 1; back > 0; back--) {
    const each = addWorkingDays(date, -back, calendar);
    const { submitted } = await requestCounts(tx, dayPeriod(each, rules.timeZone));
    days.push({ date: each, submitted });
  }
  const { submitted } = await requestCounts(tx, today);
  return [...days, { date, submitted }];
}
