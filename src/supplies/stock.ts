import { stockCard } from '../../cards/stock.ts';
import { receiptCard } from '../../cards/receipt.ts';
import type { Card } from '../../cards/card.ts';
import { momentText } from '../../cards/times.ts';
import type { Tx } from '../../db/database.ts';
import type { Hearing } from '../requests/fields.ts';
import { allItems, available, itemOf } from '../requests/supply/stock.ts';
import type { Receipt } from './receiving.ts';

/** As many things as one answer tells of. */
export const MOST_TOLD = 5;

/** What is left of some things. Undefined when none of them is kept any more. */
export async function drawStock(tx: Tx, items: readonly number[]): Promise<Card | undefined> {
  const found = (await allItems(tx)).filter(({ id }) => items.includes(id)).slice(0, MOST_TOLD);
  if (found.length === 0) return undefined;
  return stockCard(
    found.map((item) => ({
      name: item.name,
      unit: item.unit,
      free: available(item),
      promised: item.reserved,
      low: item.on_hand < item.low_mark,
      place: item.place ?? undefined,
    })),
  );
}

/** A delivery as it stands. */
export async function drawReceipt(
  tx: Tx,
  receipt: Receipt,
  at: Hearing,
  mayUndo: boolean,
): Promise<Card> {
  const item = await itemOf(tx, receipt.item_id);
  const supplier =
    receipt.supplier_id === null
      ? undefined
      : await tx
          .selectFrom('supplier')
          .select('name')
          .where('id', '=', receipt.supplier_id)
          .executeTakeFirst();
  return receiptCard({
    id: receipt.id,
    item: item.name,
    unit: item.unit,
    state: receipt.state,
    quantity: receipt.quantity,
    damaged: receipt.damaged,
    value: receipt.value_fen,
    supplier: supplier?.name,
    score: receipt.score ?? undefined,
    onHand: item.on_hand,
    shelveBy: receipt.shelve_due === null ? undefined : momentText(receipt.shelve_due, at),
    shelved: receipt.shelved_at !== null,
    place: item.place ?? undefined,
    mayUndo,
  });
}
