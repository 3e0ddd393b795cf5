/** What a keeper of the store room did a moment ago with a delivery or in a stock-take, taken back by them. */
import { words } from '../../cards/words.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { Setup } from '../filing/move.ts';
import { tellTakenBack } from '../filing/undo.ts';
import { takeOut } from '../requests/supply/ledger.ts';
import { type Deed, keepBack, markUndone, type TakenBack } from '../undo/deeds.ts';
import { lockTake, setTake, takeOf } from './counting.ts';
import { countedBefore, receiptBefore } from './deeds.ts';
import { mustBeKeeper } from './office.ts';
import { standDelivery } from './purchasing.ts';

/** A delivery is as it was put down; what it brought leaves the ledger again. Throws Refusal `stock.used` when some of it was used. */
export async function undoReceipt(work: Work, setup: Setup, deed: Deed): Promise<TakenBack> {
  await mustBeKeeper(work, setup.rules, deed.person_id);
  const id = Number(deed.subject.slice('receipt:'.length));
  const receipt = await work.tx
    .selectFrom('receipt')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  const stands = receipt?.version === deed.version;
  const why = await markUndone(work, deed, setup.rules.undoSeconds, stands);
  if (why || !receipt) return { undone: false, why: why ?? 'moved-on', name: '' };
  const { supplier, shelve, shelved, low, at, ...was } = receiptBefore.parse(deed.before);
  if (deed.act === 'receive')
    await takeOut(work, { item: receipt.item_id, receipt: id, low, why: '撤销入库' });
  const moment = (text: string | null): Temporal.Instant | null =>
    text === null ? null : Temporal.Instant.from(text);
  await work.tx
    .updateTable('receipt')
    .set({
      ...was,
      supplier_id: supplier,
      at: Temporal.Instant.from(at),
      shelve_due: moment(shelve),
      shelved_at: moment(shelved),
      version: receipt.version + 1,
    })
    .where('id', '=', id)
    .execute();
  if (receipt.purchase_id !== null) await standDelivery(work, receipt.purchase_id);
  await record(work, 'receipt.undone', `item:${receipt.item_id}`, {
    before: { receipt: id, state: receipt.state },
    after: { receipt: id, state: was.state, undone: deed.act },
  });
  return { undone: true, name: '' };
}

/** An item is to be counted again; where it was the last one, nobody is asked to agree any more. */
export async function undoCount(work: Work, setup: Setup, deed: Deed): Promise<TakenBack> {
  await mustBeKeeper(work, setup.rules, deed.person_id);
  const id = Number(deed.subject.slice('take:'.length));
  const take = await lockTake(work.tx, id);
  const other = await takeOf(work.tx, deed.person_id);
  // A person counts one thing at a time.
  const stands = take?.version === deed.version && (!other || other.id === id);
  const why = await markUndone(work, deed, setup.rules.undoSeconds, stands);
  if (why || !take) return { undone: false, why: why ?? 'moved-on', name: '' };
  const told = await keepBack(work, deed.owed);
  const { item, ...was } = countedBefore.parse(deed.before);
  await work.tx
    .updateTable('stock_take_line')
    .set(was)
    .where('take_id', '=', id)
    .where('item_id', '=', item)
    .execute();
  await setTake(work, take, 'counting');
  await tellTakenBack(
    work,
    setup,
    deed,
    { told, owed: [] },
    {
      name: '盘点',
      state: words('还没数完', 'not finished'),
      channel: 'feishu',
    },
  );
  return { undone: true, name: '' };
}
