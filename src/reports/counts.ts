import type { Tx } from '../../db/database.ts';
import type { Period } from './period.ts';

/** Requests that came in, and those that were brought to an end: done, booked, decided. What was taken back is no work done. */
export type Counts = { readonly submitted: number; readonly closed: number };

const TAKEN_BACK = ['withdrawn', 'cancelled'] as const;

export async function requestCounts(tx: Tx, { from, to }: Period): Promise<Counts> {
  const submitted = await tx
    .selectFrom('request')
    .select((at) => at.fn.countAll<number>().as('count'))
    .where('submitted_at', '>=', from)
    .where('submitted_at', '<', to)
    .executeTakeFirstOrThrow();
  const closed = await tx
    .selectFrom('request')
    .select((at) => at.fn.countAll<number>().as('count'))
    .where('closed_at', '>=', from)
    .where('closed_at', '<', to)
    .where('state', 'not in', [...TAKEN_BACK])
    .executeTakeFirstOrThrow();
  return { submitted: submitted.count, closed: closed.count };
}
