import type { Selectable } from 'kysely';
import type { Tx } from '../../db/database.ts';
import type { RectificationTable, RoundTable } from '../../db/tables.ts';

export type Round = Selectable<RoundTable>;
export type Rectification = Selectable<RectificationTable>;

export const readRound = (tx: Tx, id: number): Promise<Round | undefined> =>
  tx.selectFrom('round').selectAll().where('id', '=', id).executeTakeFirst();

/** The same, with its row locked until the end of the transaction. */
export const lockRound = (tx: Tx, id: number): Promise<Round | undefined> =>
  tx.selectFrom('round').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export const readRectification = (tx: Tx, id: number): Promise<Rectification | undefined> =>
  tx.selectFrom('rectification').selectAll().where('id', '=', id).executeTakeFirst();

/** The same, with its row locked until the end of the transaction. */
export const lockRectification = (tx: Tx, id: number): Promise<Rectification | undefined> =>
  tx.selectFrom('rectification').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** What was found in a round, in the order it was found. */
export const rectificationsOf = (tx: Tx, round: number): Promise<readonly Rectification[]> =>
  tx.selectFrom('rectification').selectAll().where('round_id', '=', round).orderBy('id').execute();

/** The mean score of a piece of recurring work in the month of `date`, and of how many rounds; undefined when none was scored. */
export async function meanOfMonth(
  tx: Tx,
  name: string,
  date: Temporal.PlainDate,
): Promise<{ readonly mean: number; readonly count: number } | undefined> {
  const first = date.with({ day: 1 });
  const rows = await tx
    .selectFrom('round')
    .select('score')
    .where('name', '=', name)
    .where('state', '=', 'done')
    .where('date', '>=', first)
    .where('date', '<', first.add({ months: 1 }))
    .execute();
  const scores = rows.flatMap(({ score }) => (score === null ? [] : [score]));
  if (scores.length === 0) return undefined;
  const sum = scores.reduce((all, score) => all + score, 0);
  return { mean: Math.round(sum / scores.length), count: scores.length };
}
