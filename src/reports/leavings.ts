/** What a month left behind: things that were written off, and old ones that came back for new ones, or did not. */
import type { ConsumptionModel } from '../../cards/consumption.ts';
import type { Tx } from '../../db/database.ts';
import type { Period } from './period.ts';
import { fenAt, summed } from '../requests/supply/fifo.ts';

/** Things of one sort that were written off together. `fen`: what they had cost. */
export type WrittenOff = ConsumptionModel['writtenOff'][number];

/** An item for which old ones are brought: units that should have come back, that did, and who did not bring theirs. */
export type OldOnes = ConsumptionModel['oldOnes'][number];

/** What was written off in the period, in the order it happened. */
export async function writtenOffIn(tx: Tx, { from, to }: Period): Promise<readonly WrittenOff[]> {
  const rows = await tx
    .selectFrom('movement')
    .innerJoin('item', 'item.id', 'movement.item_id')
    .select(['item.name as item', 'item.unit', 'item.price', 'movement.why'])
    .select(['movement.on_hand_change as change', 'movement.value_change as value'])
    .where('movement.sort', '=', 'write-off')
    .where('movement.at', '>=', from)
    .where('movement.at', '<', to)
    .orderBy('movement.id')
    .execute();
  return rows.map(({ item, unit, price, why, change, value }) => ({
    item,
    unit,
    quantity: -change,
    fen: value === null ? fenAt(price, -change) : -value,
    why: why ?? '',
  }));
}

/** Whose old ones are missing, and why; a hand-over that was taken back is there twice, the second time the other way. */
const missingOf = (
  rows: readonly {
    readonly who: string;
    readonly change: number;
    readonly old_why: string | null;
  }[],
): OldOnes['missing'] =>
  [...Map.groupBy(rows, ({ who, old_why }) => JSON.stringify([who, old_why]))].flatMap(
    ([, same]) => {
      const [first] = same;
      const quantity = summed(same.map(({ change }) => -change));
      return first && quantity > 0 ? [{ who: first.who, quantity, why: first.old_why ?? '' }] : [];
    },
  );

/** Old ones by item, by name, for what was handed over in the period. */
export async function oldOnesOf(tx: Tx, { from, to }: Period): Promise<readonly OldOnes[]> {
  const rows = await tx
    .selectFrom('movement')
    .innerJoin('item', 'item.id', 'movement.item_id')
    .innerJoin('request', 'request.id', 'movement.request_id')
    .innerJoin('person', 'person.id', 'request.requester_id')
    .select(['item.name as item', 'item.unit', 'person.name as who'])
    .select(['movement.on_hand_change as change', 'movement.old_back', 'movement.old_why'])
    .where('movement.old_back', 'is not', null)
    .where('movement.at', '>=', from)
    .where('movement.at', '<', to)
    .orderBy('movement.id')
    .execute();
  return [...Map.groupBy(rows, ({ item }) => item)]
    .map(([item, same]): OldOnes => {
      const back = same.filter(({ old_back }) => old_back === true);
      const missing = same.filter(({ old_back }) => old_back !== true);
      return {
        item,
        unit: same[0]?.unit ?? '',
        due: summed(same.map(({ change }) => -change)),
        back: summed(back.map(({ change }) => -change)),
        missing: missingOf(missing),
      };
    })
    .toSorted((a, b) => a.item.localeCompare(b.item));
}
