import { purchaseCard, PURCHASES, purchasesCard } from '../../cards/purchase.ts';
import type { Card } from '../../cards/card.ts';
import { pageOf, type Wanted } from '../../cards/pages.ts';
import type { Tx } from '../../db/database.ts';
import { itemOf } from '../requests/supply/stock.ts';
import type { Rules } from '../settings/rules.ts';
import { isKeeper } from './office.ts';
import { cameOf, decidersOf, openPurchases, type Purchase, quotesOf } from './purchasing.ts';

/** 「采购清单」, a page of it. */
export async function drawPurchases(tx: Tx, wanted: Wanted): Promise<Card> {
  const all = await openPurchases(tx);
  const page = pageOf(wanted, all.length, PURCHASES);
  const lines = [];
  for (const purchase of all.slice(page.first, page.first + PURCHASES)) {
    const { name, unit } = await itemOf(tx, purchase.item_id);
    lines.push({
      id: purchase.id,
      item: name,
      unit,
      quantity: purchase.quantity,
      state: purchase.state,
      quotes: (await quotesOf(tx, purchase.id)).length,
      low: purchase.why === 'low',
    });
  }
  return purchasesCard(lines, page);
}

/** One purchase, for who keeps the store room or decides about its price; undefined for everybody else. */
export async function drawPurchase(
  tx: Tx,
  purchase: Purchase,
  reader: number,
  rules: Rules,
  now: Temporal.Instant,
): Promise<Card | undefined> {
  const { asked_by: asker } = purchase;
  const decides =
    asker !== null && (await decidersOf({ tx, now }, { rules }, asker)).includes(reader);
  const keeps = await isKeeper({ tx, now }, rules, reader);
  if (!decides && !keeps) return undefined;
  const quotes = await quotesOf(tx, purchase.id);
  const chosen = quotes.find(({ id }) => id === purchase.quote_id);
  const { name, unit } = await itemOf(tx, purchase.item_id);
  return purchaseCard({
    id: purchase.id,
    item: name,
    unit,
    quantity: purchase.quantity,
    state: purchase.state,
    low: purchase.why === 'low',
    budget: purchase.budget_fen,
    came: await cameOf(tx, purchase.id),
    quotes,
    chosen: chosen && {
      supplier: chosen.supplier,
      total: Math.round(chosen.price * purchase.quantity),
    },
    waiver: purchase.waiver ?? undefined,
    bargain: purchase.bargain ?? undefined,
    needs: rules.supplies,
    reader: decides && (purchase.state === 'asking' || !keeps) ? 'decider' : 'keeper',
  });
}
