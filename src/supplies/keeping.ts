/** What of the store room comes by the clock. */
import { words } from '../../cards/words.ts';
import { momentText } from '../../cards/times.ts';
import { inWork, type Office, type Work } from '../../db/work.ts';
import type { Setup } from '../filing/move.ts';
import type { Notice } from '../requests/kind.ts';
import { lowNotice } from '../requests/supply/index.ts';
import { reorderLow } from '../requests/supply/reorder.ts';
import { remindOfLoans } from './loans.ts';
import { tellKeepers } from './tell.ts';

/** Tells the office what ran low (however it was taken), and what was delivered and is not in its place in time: each once. */
export async function keepStock(office: Office, setup: Setup): Promise<void> {
  await inWork(office, { actor: 'system' }, async (work) => {
    const low = await reorderLow(work, setup.rules);
    await tellKeepers(
      work,
      setup,
      low.map((item) => lowNotice(item, work.now)),
    );
    await tellLateShelving(work, setup);
    await remindOfLoans(work, setup);
  });
}

async function tellLateShelving(work: Work, setup: Setup): Promise<void> {
  const late = await work.tx
    .updateTable('receipt')
    .from('item')
    .set({ told_late_at: work.now })
    .whereRef('item.id', '=', 'receipt.item_id')
    .where('receipt.state', '=', 'in')
    .where('receipt.shelved_at', 'is', null)
    .where('receipt.told_late_at', 'is', null)
    .where('receipt.shelve_due', '<=', work.now)
    .returning(['receipt.id', 'item.name', 'item.unit', 'receipt.quantity', 'receipt.shelve_due'])
    .execute();
  const at = work.now.toZonedDateTimeISO(setup.rules.timeZone);
  const notices = late.flatMap(({ id, name, unit, quantity, shelve_due: due }): Notice[] => {
    if (due === null) return [];
    const by = momentText(due, at);
    const text = words(
      `到货的 ${name} ${quantity} ${unit} 应在 ${by.zh} 前上架，还没有。上架后请在入库卡片上点「已上架」`,
      `${quantity} of ${name} came and should have been shelved by ${by.en}. Please tap “Shelved” on its card`,
    );
    return [{ key: `shelve-late:${id}`, text }];
  });
  await tellKeepers(work, setup, notices);
}
