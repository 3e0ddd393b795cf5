/** What is delivered: put down, inspected, taken into the ledger at its price, and in its place in time. */
import type { Selectable } from 'kysely';
import { Refusal } from '../../cards/refusal.ts';
import { words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { ReceiptTable } from '../../db/tables.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { fenAt } from '../requests/supply/fifo.ts';
import { enter } from '../requests/supply/ledger.ts';
import { itemOf } from '../requests/supply/stock.ts';
import { calendarOf, type Rules } from '../settings/index.ts';
import { addSpan } from '../time/working-time.ts';
import { noteReceipt } from './deeds.ts';
import { mustBeKeeper } from './office.ts';

export type Receipt = Selectable<ReceiptTable>;

/** What was delivered, as far as it is known. `value`: fen for all of it; without it the catalogue's price. */
export type Delivered = {
  readonly item: number;
  readonly quantity: number;
  readonly value?: number;
  readonly supplier?: number;
  readonly purchase?: number;
};

/** The supplier of this name, made known if they are not. */
export async function supplierNamed(work: Work, name: string): Promise<number> {
  await work.tx
    .insertInto('supplier')
    .values({ name })
    .onConflict((at) => at.column('name').doNothing())
    .execute();
  const { id } = await work.tx
    .selectFrom('supplier')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return id;
}

/** Puts a delivery down, to be inspected. Stock does not change yet. */
export async function draftReceipt(work: Work, person: number, what: Delivered): Promise<number> {
  const { price } = await itemOf(work.tx, what.item);
  const { id } = await work.tx
    .insertInto('receipt')
    .values({
      item_id: what.item,
      purchase_id: what.purchase ?? null,
      supplier_id: what.supplier ?? null,
      quantity: what.quantity,
      value_fen: what.value ?? fenAt(price, what.quantity),
      score: null,
      person_id: person,
      at: work.now,
      state: 'draft',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export const readReceipt = (tx: Tx, id: number): Promise<Receipt | undefined> =>
  tx.selectFrom('receipt').selectAll().where('id', '=', id).executeTakeFirst();

/** The delivery, locked, for somebody who keeps the store room. */
async function receiptFor(
  work: Work,
  rules: Rules,
  person: number,
  id: number,
): Promise<Receipt | undefined> {
  await mustBeKeeper(work, rules, person);
  return work.tx
    .selectFrom('receipt')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

const set = (
  { tx }: Work,
  { id, version }: Receipt,
  change: Partial<Omit<Receipt, 'id' | 'item_id' | 'purchase_id' | 'version'>>,
): Promise<Receipt> =>
  tx
    .updateTable('receipt')
    .set({ ...change, version: version + 1 })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** What the inspection found. */
export type Inspected = {
  readonly quantity: number;
  readonly damaged: number;
  readonly value: number;
  readonly supplier: string | undefined;
  readonly score: number | undefined;
};

/**
 * Takes a delivery into the ledger as it was inspected; a second tap finds it there and does nothing. A supplier who is named is scored.
 * Refusals: nothing good and nothing damaged, no score.
 */
export async function takeIn(
  work: Work,
  rules: Rules,
  person: number,
  id: number,
  found: Inspected,
): Promise<Receipt | undefined> {
  const receipt = await receiptFor(work, rules, person, id);
  if (receipt?.state !== 'draft') return receipt;
  if (found.quantity === 0 && found.damaged === 0)
    throw new Refusal('receipt.nothing', words('请填写到货数量', 'Please fill in how many came'));
  if (found.supplier !== undefined && found.score === undefined)
    throw new Refusal(
      'receipt.score',
      words('请给供应商打分（1–5）', 'Please score the supplier (1 to 5)'),
    );
  const supplier = found.supplier === undefined ? null : await supplierNamed(work, found.supplier);
  const { low_told_at: low } = await work.tx
    .selectFrom('item')
    .select('low_told_at')
    .where('id', '=', receipt.item_id)
    .executeTakeFirstOrThrow();
  const counts = { quantity: found.quantity, damaged: found.damaged, value_fen: found.value };
  const judged = { supplier_id: supplier, score: found.score ?? null };
  const now = await set(work, receipt, {
    ...counts,
    ...judged,
    person_id: person,
    at: work.now,
    state: 'in',
    shelve_due:
      receipt.purchase_id === null || found.quantity === 0
        ? null
        : addSpan(work.now, rules.supplies.shelve, calendarOf(rules)),
  });
  if (found.quantity > 0)
    await enter(work, {
      item: receipt.item_id,
      sort: 'receive',
      onHand: found.quantity,
      value: found.value,
      receipt: id,
      ...(found.supplier === undefined ? {} : { why: found.supplier }),
    });
  await record(work, 'receipt.in', `item:${receipt.item_id}`, {
    after: { receipt: id, ...counts, ...judged },
  });
  const { version } = now;
  await noteReceipt(work, rules, receipt, { act: 'receive', person, version, low });
  return now;
}

/** What was put down by mistake; nothing came. */
export async function dropReceipt(
  work: Work,
  rules: Rules,
  person: number,
  id: number,
): Promise<Receipt | undefined> {
  const receipt = await receiptFor(work, rules, person, id);
  if (receipt?.state !== 'draft') return receipt;
  await record(work, 'receipt.dropped', `item:${receipt.item_id}`, { after: { receipt: id } });
  const now = await set(work, receipt, { state: 'dropped' });
  await noteReceipt(work, rules, receipt, { act: 'receive-not', person, version: now.version });
  return now;
}

/** It is in its place. */
export async function shelve(
  work: Work,
  rules: Rules,
  person: number,
  id: number,
): Promise<Receipt | undefined> {
  const receipt = await receiptFor(work, rules, person, id);
  if (receipt?.state !== 'in' || receipt.shelved_at !== null) return receipt;
  await record(work, 'receipt.shelved', `item:${receipt.item_id}`, { after: { receipt: id } });
  const now = await set(work, receipt, { shelved_at: work.now });
  await noteReceipt(work, rules, receipt, { act: 'shelved', person, version: now.version });
  return now;
}
