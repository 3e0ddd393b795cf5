import type { Tx } from '../../db/database.ts';

/** A thing of which less is left than its mark. */
export type LowItem = {
  readonly name: string;
  readonly unit: string;
  readonly left: number;
  readonly mark: number;
};

/** Things below their mark (the same line at which the office is warned), the scarcest first. */
export async function lowStock(tx: Tx): Promise<readonly LowItem[]> {
  const rows = await tx
    .selectFrom('item')
    .select(['name', 'unit', 'on_hand as left', 'low_mark as mark'])
    .where('active', '=', true)
    .whereRef('on_hand', '<', 'low_mark')
    .orderBy('name')
    .execute();
  return rows.toSorted((a, b) => a.left / a.mark - b.left / b.mark);
}
