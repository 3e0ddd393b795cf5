import { sql } from 'kysely';
import type { Tx } from '../../../db/database.ts';
import type { Work } from '../../../db/work.ts';
import { record } from '../../audit/record.ts';
import type { Rules } from '../../settings/rules.ts';
import { wallMinutes } from '../../time/spans.ts';
import { fenAt } from './fifo.ts';

/** An item that fell below its mark just now, with how many are to be bought. */
export type LowItem = {
  readonly id: number;
  readonly name: string;
  readonly left: number;
  readonly unit: string;
  readonly buy: number;
};

/** Use is counted over so many days, a quarter. */
const USED_DAYS = 90;

/**
 * How many to buy: what lasts the time of delivery and `coverDays` after it at the use of `usedIn90` in three months, above the mark; whole
 * units, at least one.
 */
export function quantityToBuy(
  { mark, free, usedIn90 }: { mark: number; free: number; usedIn90: number },
  days: { readonly lead: number; readonly cover: number },
): number {
  const daily = usedIn90 / USED_DAYS;
  return Math.max(1, Math.ceil(mark + daily * (days.lead + days.cover) - free - 1e-9));
}

/**
 * Puts what fell below its mark on the purchase list, once for each time it falls: again only after it was filled up. `items`: only
 * these. Two processes at once put it down once.
 */
export async function reorderLow(
  work: Work,
  rules: Rules,
  items?: readonly number[],
): Promise<readonly LowItem[]> {
  let low = work.tx
    .updateTable('item')
    .set({ low_told_at: work.now })
    .where('active', '=', true)
    .where('loanable', '=', false)
    .where('low_told_at', 'is', null)
    .whereRef('on_hand', '<', 'low_mark');
  if (items !== undefined) low = low.where('id', 'in', [...items]);
  const rows = await low
    .returning(['id', 'name', 'unit', 'price', 'on_hand', 'reserved', 'low_mark'])
    .execute();
  const found: LowItem[] = [];
  for (const row of rows.toSorted((a, b) => a.id - b.id)) {
    const buy = quantityToBuy(
      {
        mark: row.low_mark,
        free: row.on_hand - row.reserved,
        usedIn90: await usedSince(work.tx, row.id, work.now.subtract({ hours: 24 * USED_DAYS })),
      },
      {
        lead: wallMinutes(rules.supplies.leadTime) / 1_440,
        cover: wallMinutes(rules.supplies.cover) / 1_440,
      },
    );
    await putDown(work, { item: row.id, quantity: buy, price: row.price, why: 'low' });
    found.push({ id: row.id, name: row.name, unit: row.unit, left: row.on_hand, buy });
  }
  return found;
}

/** What had run low at that moment has not, since it came back: it is off the list again, unless somebody has begun to buy it. */
export async function notRunLow(
  work: Work,
  items: readonly number[],
  at: Temporal.Instant,
): Promise<void> {
  if (items.length === 0) return;
  const dropped = await work.tx
    .updateTable('purchase')
    .set((row) => ({ state: 'dropped', version: row('version', '+', 1), closed_at: work.now }))
    .where('item_id', 'in', [...items])
    .where('why', '=', 'low')
    .where('state', '=', 'wanted')
    .where('version', '=', 1)
    .where('created_at', '=', at)
    .returning(['id', 'item_id'])
    .execute();
  for (const { id, item_id: item } of dropped)
    await record(work, 'purchase.dropped', `item:${item}`, { after: { purchase: id } });
}

/** Units that were used up since a moment. */
async function usedSince(tx: Tx, item: number, since: Temporal.Instant): Promise<number> {
  const { used } = await tx
    .selectFrom('movement')
    .select(sql<number | null>`-sum(on_hand_change)`.as('used'))
    .where('item_id', '=', item)
    .where('sort', '=', 'issue')
    .where('at', '>=', since)
    .executeTakeFirstOrThrow();
  return used ?? 0;
}

/** Puts a purchase on the list; its budget is the catalogue's price (yuan). Undefined when the item is on it already for having run low. */
export async function putDown(
  work: Work,
  wanted: {
    readonly item: number;
    readonly quantity: number;
    readonly price: number;
    readonly why: 'low' | 'asked';
  },
): Promise<number | undefined> {
  const row = await work.tx
    .insertInto('purchase')
    .values({
      item_id: wanted.item,
      quantity: wanted.quantity,
      why: wanted.why,
      state: 'wanted',
      budget_fen: fenAt(wanted.price, wanted.quantity),
      created_at: work.now,
    })
    .onConflict((at) => at.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row)
    await record(work, 'purchase.wanted', `item:${wanted.item}`, {
      after: { purchase: row.id, quantity: wanted.quantity, why: wanted.why },
    });
  return row?.id;
}
