import { takeCard } from '../../cards/stock-take.ts';
import type { Card } from '../../cards/card.ts';
import type { Tx } from '../../db/database.ts';
import { peopleById } from '../directory/people.ts';
import { differenceOf, isOpen, linesOf, type StockTake } from './counting.ts';

/** A stock-take as one of the office sees it. */
export async function drawTake(
  tx: Tx,
  take: StockTake,
  reader: number,
  mayUndo: boolean,
): Promise<Card> {
  const lines = await linesOf(tx, take.id);
  const people = await peopleById(
    tx,
    [take.person_id, take.agreed_by].filter((id) => id !== null),
  );
  const counting = take.state === 'counting' && reader === take.person_id;
  const next = counting ? lines.findIndex(isOpen) : -1;
  const line = lines[next];
  return takeCard({
    id: take.id,
    what: take.what,
    by: people.get(take.person_id)?.name ?? '',
    agreedBy: take.agreed_by === null ? undefined : people.get(take.agreed_by)?.name,
    state: take.state,
    total: lines.length,
    skipped: lines.filter(({ skipped }) => skipped).length,
    now: line && { item: line.item, name: line.name, unit: line.unit, place: next + 1 },
    differences: lines.flatMap((each) =>
      differenceOf(each) === 0
        ? []
        : [
            {
              name: each.name,
              unit: each.unit,
              expected: each.expected ?? 0,
              counted: each.counted ?? 0,
            },
          ],
    ),
    asks: take.state === 'agreeing' && reader !== take.person_id,
    mayUndo,
  });
}
