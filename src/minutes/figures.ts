import type { Tx } from '../../db/database.ts';

/** How the action items of a period went. */
export type ActionFigures = {
  /** Items whose first date lies in the period; those that were dropped do not count. */
  readonly due: number;
  /** Of these, done by that date. */
  readonly onTime: number;
  /** 决议执行率: `onTime` as a share of `due`, 0 to 1; null when nothing was due. */
  readonly rate: number | null;
  /** Days, with fractions, from being handed out to done, on average of what was done in the period; null when nothing was. */
  readonly averageDays: number | null;
};

/**
 * 决议执行率 and 平均完成天数 of the days from `from` to `until`, both included, in `zone`. A postponed item still counts by the
 * date it was handed out with.
 */
export async function actionFigures(
  tx: Tx,
  from: Temporal.PlainDate,
  until: Temporal.PlainDate,
  zone: string,
): Promise<ActionFigures> {
  const due = await tx
    .selectFrom('action_item')
    .select(['first_due', 'done_at', 'state'])
    .where('first_due', '>=', from)
    .where('first_due', '<=', until)
    .where('state', 'not in', ['draft', 'dropped'])
    .execute();
  const onTime = due.filter(
    ({ first_due, done_at, state }) =>
      state === 'done' &&
      first_due !== null &&
      done_at !== null &&
      Temporal.PlainDate.compare(done_at.toZonedDateTimeISO(zone).toPlainDate(), first_due) <= 0,
  ).length;
  const done = await tx
    .selectFrom('action_item')
    .select(['opened_at', 'done_at'])
    .where('state', '=', 'done')
    .where('done_at', '>=', from.toZonedDateTime(zone).toInstant())
    .where('done_at', '<', until.add({ days: 1 }).toZonedDateTime(zone).toInstant())
    .execute();
  const days = done.flatMap(({ opened_at, done_at }) =>
    opened_at && done_at ? opened_at.until(done_at).total('hours') / 24 : [],
  );
  return {
    due: due.length,
    onTime,
    rate: due.length === 0 ? null : onTime / due.length,
    averageDays: days.length === 0 ? null : days.reduce((sum, each) => sum + each, 0) / days.length,
  };
}
