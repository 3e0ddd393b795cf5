/** The dates of a series as cards: page by page, and one alone. */
import type { Card } from '../../cards/card.ts';
import { pageOf, type Wanted } from '../../cards/pages.ts';
import { dateCard, DATES, datesCard, type DateLine } from '../../cards/series-dates.ts';
import { dayText, periodText } from '../../cards/times.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { Request } from '../filing/store.ts';
import { datesOf, isAhead, repeatedForm, type SeriesDate } from '../meetings/series-dates.ts';
import type { Hearing } from '../requests/fields.ts';
import { seriesTimeText } from '../requests/room/series-facts.ts';

/** All its dates as they stand. */
export const allDates = (
  tx: Tx,
  request: Request,
  { now }: Hearing,
): Promise<readonly SeriesDate[]> => datesOf(tx, request, now.timeZoneId, now.toInstant());

/** A page of the dates; without one that was asked for the page of the next date. */
export async function drawDates(
  tx: Tx,
  request: Request,
  viewer: number,
  at: Hearing,
  wanted: Partial<Wanted> = {},
  remark?: Words,
): Promise<Card> {
  const dates = await allDates(tx, request, at);
  const next = Math.max(0, dates.findIndex(isAhead));
  const { first = next, seen } = wanted;
  const page = pageOf({ first, seen }, dates.length, DATES);
  return datesCard({
    request,
    rule: ruleText(request, at),
    lines: dates.slice(page.first, page.first + DATES).map((each) => line(each, at)),
    page,
    mine: request.requester_id === viewer,
    ...(remark ? { remark } : {}),
  });
}

/** 「每周一，到12月31日（周四） 10:00–11:00」 */
function ruleText(request: Request, at: Hearing): Words {
  const form = repeatedForm(request);
  return form ? seriesTimeText(form.when, form.series, at) : words('', '');
}

function line({ day, on, from, to, room, state }: SeriesDate, at: Hearing): DateLine {
  return {
    day,
    short: dayText(on, at.now.toPlainDate()),
    time: periodText(from, to, at),
    room,
    state,
  };
}

/** One date with what can be done about it, or the question which dates to cancel. Undefined when it does not lie ahead. */
export async function drawDate(
  tx: Tx,
  request: Request,
  day: string | undefined,
  at: Hearing,
  cancelling: boolean,
): Promise<Card | undefined> {
  const ahead = (await allDates(tx, request, at)).filter(isAhead);
  const place = day === undefined ? 0 : ahead.findIndex((each) => each.day === day);
  const one = ahead[place];
  return (
    one &&
    dateCard({
      request,
      line: line(one, at),
      following: ahead.length - place,
      all: ahead.length,
      cancelling,
    })
  );
}
