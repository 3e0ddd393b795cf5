import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';

/** How the office answered what was asked in a time. */
export type ResponseFigures = {
  /** Everything that was owed a first answer, without what was withdrawn before one. */
  readonly count: number;
  readonly inTime: number;
  /** Answered after its time. */
  readonly late: number;
  /** Not answered yet. */
  readonly open: number;
  /** Of those, how many were due before the end of the time; what waits for its asker is not. */
  readonly overdue: number;
  /** The middle one of the times until the answer, in working minutes when the promise is of those; null without any answer. */
  readonly medianMinutes: number | null;
};

/** What was asked from `from` until before `until`, as it stands now. */
export async function responseFigures(
  tx: Tx,
  from: Temporal.Instant,
  until: Temporal.Instant,
): Promise<ResponseFigures> {
  const row = await tx
    .selectFrom('response')
    .where('asked_at', '>=', from)
    .where('asked_at', '<', until)
    .where('state', '!=', 'over')
    .select((q) => [
      q.fn.countAll<number>().as('count'),
      q.fn.countAll<number>().filterWhere('in_time', '=', true).as('inTime'),
      q.fn.countAll<number>().filterWhere('in_time', '=', false).as('late'),
      q.fn.countAll<number>().filterWhere('state', 'in', ['running', 'paused']).as('open'),
      q.fn
        .countAll<number>()
        .filterWhere('state', '=', 'running')
        .filterWhere('due_at', '<', until)
        .as('overdue'),
      sql<number | null>`percentile_cont(0.5) within group (order by used_minutes)
        filter (where state = 'answered')`.as('medianMinutes'),
    ])
    .executeTakeFirstOrThrow();
  return row;
}
