import type { Tx } from '../../../db/database.ts';
import type { Work } from '../../../db/work.ts';
import { enter, type Entry } from './ledger.ts';
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
  /** Units below which the office is told. */
  readonly low_mark: number;
  readonly place: string | null;
  readonly loanable: boolean;
  /** The old one is brought for it. */
  readonly trade_in: boolean;
};

/** What can still be promised. */
export const available = (item: Pick<Item, 'on_hand' | 'reserved'>): number =>
  Math.round((item.on_hand - item.reserved) * 1_000) / 1_000;

const itemRows = (tx: Tx) =>
  tx
    .selectFrom('item')
    .select(['id', 'name', 'category', 'unit', 'price', 'on_hand', 'reserved', 'aliases'])
    .select(['low_mark', 'place', 'loanable', 'trade_in']);

export const allItems = (tx: Tx): Promise<Item[]> =>
  itemRows(tx).where('active', '=', true).orderBy('id').execute();

/** An item, also one that is not kept any more. */
export const itemOf = (tx: Tx, id: number): Promise<Item> =>
  itemRows(tx).where('id', '=', id).executeTakeFirstOrThrow();

/** The items of the lines that come from stock. */
export const itemsIn = async (tx: Tx, wanted: readonly Line[]): Promise<readonly number[]> =>
  (await stockLines(tx, wanted)).map(({ id }) => id);

/** Lines that come from stock, with their items, sorted by item so that two requests never wait for each other in a circle. */
async function stockLines(
  tx: Tx,
  wanted: readonly Line[],
): Promise<readonly { readonly id: number; readonly name: string; readonly quantity: number }[]> {
  const fromStock = wanted.filter((line) => !line.purchase);
  if (fromStock.length === 0) return [];
  const items = await tx
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
  for (const { id: item, quantity } of await stockLines(work.tx, wanted))
    await enter(work, { item, request, sort: 'reserve', reserved: quantity });
}

/** Gives back what was promised and not handed over. */
export async function releaseStock(
  work: Work,
  request: number,
  wanted: readonly Line[],
): Promise<void> {
  for (const { id: item, quantity } of await stockLines(work.tx, wanted))
    await enter(work, { item, request, sort: 'release', reserved: -quantity });
}

/**
 * Hands the things of a request over: they leave the store room, at what the oldest of them cost; in fen for all of them. `olds`: by name,
 * whether the old one came back.
 */
export async function issueStock(
  work: Work,
  request: number,
  wanted: readonly Line[],
  olds: ReadonlyMap<string, NonNullable<Entry['old']>>,
  why?: string,
): Promise<number> {
  let cost = 0;
  for (const { id: item, name, quantity } of await stockLines(work.tx, wanted)) {
    const old = olds.get(name);
    const { value } = await enter(work, {
      item,
      request,
      sort: 'issue',
      onHand: -quantity,
      reserved: -quantity,
      ...(old ? { old } : {}),
      ...(why === undefined ? {} : { why }),
    });
    cost -= value;
  }
  return cost;
}

/**
 * What was handed over for a request at that moment comes back and is promised to it again, at the cost at which it left: a movement of the
 * same sort the other way for each, since the ledger is never edited and whoever adds up what was handed over is not to count it.
 */
export async function takeBackIssue(
  work: Work,
  request: number,
  at: Temporal.Instant,
): Promise<void> {
  const moved = await work.tx
    .selectFrom('movement')
    .select(['item_id', 'on_hand_change', 'reserved_change', 'value_change', 'old_back', 'old_why'])
    .where('request_id', '=', request)
    .where('sort', '=', 'issue')
    .where('at', '=', at)
    .orderBy('item_id')
    .execute();
  for (const row of moved)
    await enter(work, {
      item: row.item_id,
      request,
      sort: 'issue',
      onHand: -row.on_hand_change,
      reserved: -row.reserved_change,
      value: -(row.value_change ?? 0),
      ...(row.old_back === null
        ? {}
        : { old: { back: row.old_back, ...(row.old_why === null ? {} : { why: row.old_why }) } }),
      why: '撤销发放',
    });
}

/** What is taken without having been asked for as supplies: a spare part. */
export type Taking = {
  readonly item: number;
  /** Units, more than none. */
  readonly quantity: number;
  readonly who: number;
  readonly why: string;
  /** The request it is for, of whatever kind. */
  readonly request?: number;
};

/**
 * Takes something straight out of stock, in the transaction of what it is for. `cost` in fen, what the oldest of it came in for; `left`
 * units on hand. Refusal `supply.short` when less than that is there and not promised to others. Whether it ran low, the office hears by
 * itself (reorder.ts).
 */
export async function takeFromStock(
  work: Work,
  { item, quantity, who, why, request }: Taking,
): Promise<{ readonly cost: number; readonly left: number }> {
  const { value, left } = await enter(work, {
    item,
    sort: 'issue',
    onHand: -quantity,
    who,
    why,
    ...(request === undefined ? {} : { request }),
  });
  return { cost: -value, left };
}
