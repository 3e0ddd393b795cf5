import type { Share } from '../../cards/percent.ts';
import type { Tx } from '../../db/database.ts';
import { isWithin, type Period } from './period.ts';

/** What one person owed in a step of a request by a time. */
export type DueTask = {
  readonly request: number;
  readonly step: string;
  readonly state: 'open' | 'done' | 'cancelled';
  readonly due: Temporal.Instant;
  readonly closed: Temporal.Instant | null;
};

/**
 * The on-time rate of a period that is over: of the steps that were done in it, or whose deadline passed in it undone, those done by their
 * deadline. A step with several people (或签, 会签) counts once, and is on time when each who did it was.
 */
export function onTimeShare(tasks: readonly DueTask[], period: Period): Share {
  const steps = Map.groupBy(
    tasks.filter((task) => isDone(task, period) || isOverdue(task, period)),
    ({ request, step }) => `${request}:${step}`,
  );
  const inTime = [...steps.values()].filter((each) =>
    each.every((task) => isDone(task, period) && isBy(task.closed, task.due)),
  );
  return { of: inTime.length, counted: steps.size };
}

const isDone = ({ state, closed }: DueTask, period: Period): boolean =>
  state === 'done' && closed !== null && isWithin(closed, period);

/** Its deadline passed in the period, and at the period's end it still stood open; what became of it later changes nothing. */
const isOverdue = ({ due, closed }: DueTask, period: Period): boolean =>
  isWithin(due, period) && (closed === null || Temporal.Instant.compare(closed, period.to) >= 0);

const isBy = (closed: Temporal.Instant | null, due: Temporal.Instant): boolean =>
  closed !== null && Temporal.Instant.compare(closed, due) <= 0;

/** Tasks with a deadline that ended in the period, or were to. */
export async function dueTasks(tx: Tx, { from, to }: Period): Promise<readonly DueTask[]> {
  const rows = await tx
    .selectFrom('task')
    .select(['request_id as request', 'step_id as step', 'state', 'due_at as due'])
    .select('closed_at as closed')
    .where('due_at', 'is not', null)
    .where((at) =>
      at.or([
        at.and([at('closed_at', '>=', from), at('closed_at', '<', to)]),
        at.and([at('due_at', '>=', from), at('due_at', '<', to)]),
      ]),
    )
    .execute();
  return rows.flatMap(({ due, ...row }) => (due === null ? [] : [{ ...row, due }]));
}
