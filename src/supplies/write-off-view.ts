import type { Card } from '../../cards/card.ts';
import { writeOffCard } from '../../cards/write-off.ts';
import type { Tx } from '../../db/database.ts';
import { nameOf } from '../directory/people.ts';
import { costOf } from '../requests/supply/ledger.ts';
import { itemOf } from '../requests/supply/stock.ts';
import type { Rules } from '../settings/rules.ts';
import type { WriteOff } from './writing-off.ts';

/** Something that is written off, as one of those who keep the store room sees it. */
export async function drawWriteOff(
  tx: Tx,
  off: WriteOff,
  reader: number,
  rules: Rules,
): Promise<Card> {
  const { name, unit, on_hand } = await itemOf(tx, off.item_id);
  return writeOffCard({
    id: off.id,
    item: name,
    unit,
    quantity: off.quantity,
    why: off.why ?? undefined,
    fen: off.value_fen ?? (await costOf(tx, off.item_id, off.quantity)),
    alone: Math.round(rules.supplies.writeOffAlone * 100),
    onHand: on_hand,
    by: await nameOf(tx, off.person_id),
    second: off.second_id === null ? undefined : await nameOf(tx, off.second_id),
    state: off.state,
    own: off.person_id === reader,
  });
}
