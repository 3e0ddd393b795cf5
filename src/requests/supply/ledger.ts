import type { Tx } from '../../../db/database.ts';
import { Refusal } from '../../../cards/refusal.ts';
import { words } from '../../../cards/words.ts';
import type { MovementSort } from '../../../db/tables.ts';
import type { Work } from '../../../db/work.ts';
import { fenAt, takeOldest, thousandths, units } from './fifo.ts';

/** One movement to be written down. Changes are in units, positive for what comes in or is promised. */
export type Entry = {
  readonly item: number;
  readonly sort: MovementSort;
  readonly onHand?: number;
  readonly reserved?: number;
  /** What came in cost, in fen; without it the catalogue's price. What leaves costs what the oldest lots did. */
  readonly value?: number;
  readonly request?: number;
  readonly receipt?: number;
  readonly why?: string;
  /** Whose doing it is, where it is not the actor's. */
  readonly who?: number;
};

/** `value` as in the ledger: negative for what left. `left` units on hand after it. */
export type Entered = { readonly value: number; readonly left: number };

/**
 * Writes a movement down: the only way that stock changes. The item's row is locked until the end of the transaction; whoever moves several
 * items moves them in the order of their ids. Refusal `supply.short` when less is there, or free, than the entry takes: nothing is written.
 */
export async function enter(work: Work, entry: Entry): Promise<Entered> {
  const { tx } = work;
  const item = await tx
    .selectFrom('item')
    .select(['id', 'name', 'price', 'on_hand', 'reserved', 'low_mark', 'low_told_at'])
    .where('id', '=', entry.item)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const onHand = thousandths(entry.onHand ?? 0);
  const reserved = thousandths(entry.reserved ?? 0);
  const left = thousandths(item.on_hand) + onHand;
  const promised = thousandths(item.reserved) + reserved;
  if (left < 0 || promised > left) throw short(item.name);
  const value =
    onHand < 0
      ? -(await takeLots(tx, item.id, -onHand))
      : onHand > 0
        ? (entry.value ?? fenAt(item.price, units(onHand)))
        : 0;
  const { id } = await tx
    .insertInto('movement')
    .values({
      item_id: item.id,
      request_id: entry.request ?? null,
      sort: entry.sort,
      on_hand_change: units(onHand),
      reserved_change: units(reserved),
      value_change: value,
      why: entry.why ?? null,
      receipt_id: entry.receipt ?? null,
      at: work.now,
      person_id: entry.who ?? personOf(work),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (onHand > 0) {
    const quantity = units(onHand);
    await tx
      .insertInto('lot')
      .values({ item_id: item.id, movement_id: id, quantity, value_fen: value, rest: quantity })
      .execute();
    if (item.low_told_at !== null && left >= thousandths(item.low_mark))
      await tx.updateTable('item').set({ low_told_at: null }).where('id', '=', item.id).execute();
  }
  return { value, left: units(left) };
}

/**
 * Takes out again what a delivery has brought, by the opposite movement, from the lot that came with it. Throws Refusal `stock.used` when
 * some of it was used or promised by now. `low`: when its item was told to run low before it came.
 */
export async function takeOut(
  work: Work,
  of: {
    readonly item: number;
    readonly receipt: number;
    readonly low: string | null;
    readonly why: string;
  },
): Promise<void> {
  const { tx } = work;
  const item = await tx
    .selectFrom('item')
    .select(['name', 'on_hand', 'reserved'])
    .where('id', '=', of.item)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const lot = await tx
    .selectFrom('movement')
    .innerJoin('lot', 'lot.movement_id', 'movement.id')
    .select(['lot.id', 'lot.quantity', 'lot.rest', 'lot.value_fen as value'])
    .where('movement.receipt_id', '=', of.receipt)
    .where('movement.sort', '=', 'receive')
    .orderBy('lot.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  // Nothing good came: there is nothing to take out.
  if (!lot) return;
  const left = thousandths(item.on_hand) - thousandths(lot.quantity);
  if (lot.rest !== lot.quantity || thousandths(item.reserved) > left) throw used(item.name);
  await tx.updateTable('lot').set({ rest: 0 }).where('id', '=', lot.id).execute();
  await tx
    .insertInto('movement')
    .values({
      item_id: of.item,
      request_id: null,
      sort: 'correct',
      on_hand_change: -lot.quantity,
      reserved_change: 0,
      value_change: -lot.value,
      why: of.why,
      receipt_id: of.receipt,
      at: work.now,
      person_id: personOf(work),
    })
    .execute();
  const low = of.low === null ? null : Temporal.Instant.from(of.low);
  await tx.updateTable('item').set({ low_told_at: low }).where('id', '=', of.item).execute();
}

const used = (name: string): Refusal =>
  new Refusal(
    'stock.used',
    words(
      `这批「${name}」已经有人领用，不能撤销入库`,
      `Some of this “${name}” was used already: it stays taken in`,
    ),
    words('数量不对请盘点', 'Count it if the number is wrong'),
  );

const personOf = ({ actor }: Work): number | null =>
  actor.startsWith('person:') ? Number(actor.slice('person:'.length)) : null;

/** Uses up the oldest lots; what it cost, in fen. */
async function takeLots(tx: Tx, item: number, quantity: number): Promise<number> {
  const rows = await tx
    .selectFrom('lot')
    .select(['id', 'quantity', 'rest', 'value_fen as value'])
    .where('item_id', '=', item)
    .where('rest', '>', 0)
    .orderBy('id')
    .execute();
  const lots = rows.map((lot) => ({
    ...lot,
    quantity: thousandths(lot.quantity),
    rest: thousandths(lot.rest),
  }));
  const taken = takeOldest(lots, quantity);
  // The lots of an item hold what is on hand: their rests are written with its movements only.
  if (taken.short > 0) throw new Error(`the lots of item ${item} are ${taken.short} short`);
  for (const { id, rest } of taken.changed) {
    await tx
      .updateTable('lot')
      .set({ rest: units(rest) })
      .where('id', '=', id)
      .execute();
  }
  return taken.cost;
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
