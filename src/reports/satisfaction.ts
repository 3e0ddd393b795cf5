import type { Share } from '../../cards/percent.ts';
import type { Tx } from '../../db/database.ts';
import type { Period } from './period.ts';

/** Stars from which on somebody was satisfied. */
const SATISFIED = 4;

/** How many were satisfied of those who rated, among the requests closed in the period, with the average of the stars. */
export async function satisfaction(
  tx: Tx,
  { from, to }: Period,
): Promise<Share & { readonly stars: number | undefined }> {
  const rows = await tx
    .selectFrom('request')
    .select('stars')
    .where('closed_at', '>=', from)
    .where('closed_at', '<', to)
    .where('stars', 'is not', null)
    .execute();
  return satisfied(rows.flatMap(({ stars }) => stars ?? []));
}

/** Four and five stars of one to five; the average to one decimal. */
export function satisfied(
  ratings: readonly number[],
): Share & { readonly stars: number | undefined } {
  const sum = ratings.reduce((all, stars) => all + stars, 0);
  return {
    of: ratings.filter((stars) => stars >= SATISFIED).length,
    counted: ratings.length,
    stars: ratings.length === 0 ? undefined : Math.round((sum * 10) / ratings.length) / 10,
  };
}
