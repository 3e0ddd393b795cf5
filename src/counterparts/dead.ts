/** Counterparts that are not in line, for the administrator to see, and tried again on their word. */
import type { Db } from '../../db/database.ts';
import type { Work } from '../../db/work.ts';
import type { CounterpartSort } from '../channels/channel.ts';

/** One that is due and not in line, or was given up. */
export type Untrue = {
  readonly id: number;
  readonly sort: CounterpartSort;
  readonly about: string;
  readonly state: 'waiting' | 'dead';
  readonly tries: number;
  readonly code: string | null;
  readonly since: Temporal.Instant;
};

/** More than this nobody reads. */
const MOST = 500;

/** Counterparts that failed and are tried again, and those that were given up, oldest first; `dead`: only the latter. */
export async function untrue(db: Db, only?: 'dead'): Promise<readonly Untrue[]> {
  const rows = await db
    .selectFrom('counterpart')
    .selectAll()
    .where((row) =>
      only
        ? row('dead_at', 'is not', null)
        : row.or([
            row('dead_at', 'is not', null),
            row.and([row('due_at', 'is not', null), row('trouble', 'is not', null)]),
          ]),
    )
    .orderBy('id')
    .limit(MOST)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    sort: row.sort,
    about: `${row.about_kind} ${row.about_id}`,
    state: row.dead_at ? ('dead' as const) : ('waiting' as const),
    tries: row.tries,
    code: row.trouble,
    since: row.failing_since ?? row.dead_at ?? row.created_at,
  }));
}

/** Tries those that were given up again, as they shall be now. Answers the numbers that were dead. */
export async function keepAgain(
  work: Work,
  which: readonly number[] | 'all',
): Promise<readonly number[]> {
  if (which.length === 0) return [];
  let dead = work.tx
    .updateTable('counterpart')
    .set((row) => ({
      dead_at: null,
      // Due since it was given up: the administrator's clock need not be the office's.
      due_at: row.ref('dead_at'),
      tries: 0,
      failing_since: null,
      lease_until: null,
    }))
    .where('dead_at', 'is not', null);
  if (which !== 'all') dead = dead.where('id', 'in', [...which]);
  const rows = await dead.returning('id').execute();
  return rows.map(({ id }) => id);
}
