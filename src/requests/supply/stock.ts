import { type Selectable, sql } from 'kysely';
import { Refusal } from '../../../cards/refusal.ts';
import { words } from '../../../cards/words.ts';
import type { Tx } from '../../../db/database.ts';
import type { MovementTable } from '../../../db/tables.ts';
import type { Work } from '../../../db/work.ts';
import type { Line } from './lines.ts';

export type Item = {
  readonly id: number;
  readonly name: string;
  readonly category: string;
  readonly unit: string;
  readonly price: number;
  readonly on_hand: number;
  readonly reserved: number;
  readonly aliases: readonly string[];
};

/** What can still be promised. */
export const available = (item: Item): number => item.on_hand - item.reserved;

export const allItems = (tx: Tx): Promise<Item[]> =>
  tx
    .selectFrom('item')
    .select(['id', 'name', 'category', 'unit', 'price', 'on_hand', 'reserved', 'aliases'])
    .where('active', '=', true)
    .orderBy('id')
    .execute();

/** Lines that come from stock, with their items, sorted by item so that two requests never wait for each other in a circle. */
async function stockLines(
  work: Work,
  wanted: readonly Line[],
): Promise<readonly { readonly id: number; readonly name: string; readonly quantity: number }[]> {
  const fromStock = wanted.filter((line) => !line.purchase);
  if (fromStock.length === 0) return [];
  const items = await work.tx
    .selectFrom('item')
    .select(['id', 'name'])
    .where(
      'name',
      'in',
      fromStock.map((line) => line.name),
    )
    .orderBy('id')
    .execute();
  return items.map((item) => ({
    ...item,
    quantity: fromStock
      .filter((line) => line.name === item.name)
      .reduce((sum, line) => sum + line.quantity, 0),
  }));
}

/** Promises the things of a request out of stock. Refusal `supply.short` when there are not enough: nothing is taken then. */
export async function reserveStock(
  work: Work,
  request: number,
  wanted: readonly Line[],
): Promise<void> {
  for (const { id, name, quantity } of await stockLines(work, wanted)) {
    const row = await work.tx
      .updateTable('item')
      .set({ reserved: sql`reserved + ${quantity}` })
      .where('id', '=', id)
      .where(sql<boolean>`on_hand - reserved >= ${quantity}`)
      .returning('id')
      .executeTakeFirst();
    if (!row) throw short(name);
    await move(work, {
      item_id: id,
      request_id: request,
      sort: 'reserve',
      reserved_change: quantity,
    });
  }
}

/** Gives back what was promised and not handed over. */
export async function releaseStock(
  work: Work,
  request: number,
  wanted: readonly Line[],
): Promise<void> {
  for (const { id, quantity } of await stockLines(work, wanted)) {
    await work.tx
      .updateTable('item')
      .set({ reserved: sql`reserved - ${quantity}` })
      .where('id', '=', id)
      .execute();
    await move(work, {
      item_id: id,
      request_id: request,
      sort: 'release',
      reserved_change: -quantity,
    });
  }
}

/** An item that fell below its mark just now. */
export type LowItem = {
  readonly id: number;
  readonly name: string;
  readonly left: number;
  readonly unit: string;
};

/** Hands the things over: they leave the store room. Returns items now below their mark that the office was not told of yet. */
export async function issueStock(
  work: Work,
  request: number,
  wanted: readonly Line[],
): Promise<readonly LowItem[]> {
  const low: LowItem[] = [];
  for (const { id, quantity } of await stockLines(work, wanted)) {
    await work.tx
      .updateTable('item')
      .set({ on_hand: sql`on_hand - ${quantity}`, reserved: sql`reserved - ${quantity}` })
      .where('id', '=', id)
      .execute();
    await move(work, {
      item_id: id,
      request_id: request,
      sort: 'issue',
      on_hand_change: -quantity,
      reserved_change: -quantity,
    });
    const below = await work.tx
      .updateTable('item')
      .set({ low_told_at: work.now })
      .where('id', '=', id)
      .where('low_told_at', 'is', null)
      .whereRef('on_hand', '<', 'low_mark')
      .returning(['id', 'name', 'on_hand as left', 'unit'])
      .executeTakeFirst();
    if (below) low.push(below);
  }
  return low;
}

async function move(
  work: Work,
  movement: {
    readonly item_id: number;
    readonly request_id: number;
    readonly sort: Selectable<MovementTable>['sort'];
    readonly on_hand_change?: number;
    readonly reserved_change: number;
  },
): Promise<void> {
  await work.tx
    .insertInto('movement')
    .values({
      ...movement,
      on_hand_change: movement.on_hand_change ?? 0,
      at: work.now,
      person_id: work.actor.startsWith('person:') ? Number(work.actor.slice(7)) : null,
    })
    .execute();
}

const short = (name: string): Refusal =>
  new Refusal(
    'supply.short',
    words(`「${name}」的库存刚刚不够了`, `There is no longer enough of “${name}”`),
    words(
      '请看下面还剩多少，改数量或请行政采购',
      'See below how much is left: take fewer, or ask the office to buy',
    ),
  );
