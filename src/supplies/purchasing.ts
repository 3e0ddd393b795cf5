/** The purchase list: quotes are compared, near the budget is bargained, over it the director decides, then it is ordered and comes. */
import type { Selectable } from 'kysely';
import { Refusal } from '../../cards/refusal.ts';
import { words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { PurchaseTable } from '../../db/tables.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { owe, PREFERRED } from '../delivery/owe.ts';
import { readOrganisation } from '../directory/organisation.ts';
import type { Setup } from '../filing/move.ts';
import type { Rules } from '../settings/rules.ts';
import type { SupplyRules } from '../settings/supply-rules.ts';
import { seatFor } from '../workflow/routing.ts';
import { mustBeKeeper } from './office.ts';
import { draftReceipt, supplierNamed } from './receiving.ts';

export type Purchase = Selectable<PurchaseTable>;

/** What a supplier asks for one unit, in fen, and how they were scored so far (mean of 1 to 5). */
export type Quote = {
  readonly id: number;
  readonly supplier: string;
  readonly price: number;
  readonly score: number | undefined;
};

/** What the rules say of ordering at a price. */
type OrderCheck = {
  readonly total: number;
  /** Quotes that are still lacking. */
  readonly fewQuotes: number;
  readonly bargain: boolean;
  readonly over: boolean;
};

/** `price`: fen a unit of the quote that is taken; `quotes`: how many there are. Pure. */
function orderCheck(
  rules: Pick<SupplyRules, 'quotes' | 'bargainAbove'>,
  {
    quantity,
    budget,
    price,
    quotes,
  }: Readonly<Record<'quantity' | 'budget' | 'price' | 'quotes', number>>,
): OrderCheck {
  const total = Math.round(price * quantity);
  return {
    total,
    fewQuotes: Math.max(0, rules.quotes - quotes),
    bargain: total > rules.bargainAbove * budget,
    over: total > budget,
  };
}

export const readPurchase = (tx: Tx, id: number): Promise<Purchase | undefined> =>
  tx.selectFrom('purchase').selectAll().where('id', '=', id).executeTakeFirst();

const lockPurchase = (tx: Tx, id: number): Promise<Purchase | undefined> =>
  tx.selectFrom('purchase').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** The purchase, locked, for somebody who keeps the store room. */
async function purchaseFor(
  work: Work,
  rules: Rules,
  person: number,
  id: number,
): Promise<Purchase | undefined> {
  await mustBeKeeper(work, rules, person);
  return lockPurchase(work.tx, id);
}

/** What is still to be bought or on its way, the oldest first. */
export const openPurchases = (tx: Tx): Promise<readonly Purchase[]> =>
  tx
    .selectFrom('purchase')
    .selectAll()
    .where('state', 'not in', ['shelved', 'dropped'])
    .orderBy('id')
    .execute();

/** Quotes of a purchase, the cheapest first. */
export async function quotesOf(tx: Tx, purchase: number): Promise<readonly Quote[]> {
  const rows = await tx
    .selectFrom('quote')
    .innerJoin('supplier', 'supplier.id', 'quote.supplier_id')
    .select(['quote.id', 'supplier.name as supplier', 'quote.price_fen as price'])
    .select((q) =>
      q
        .selectFrom('receipt')
        .whereRef('receipt.supplier_id', '=', 'quote.supplier_id')
        .where('receipt.state', '=', 'in')
        .select((each) => each.fn.avg<number | null>('receipt.score').as('mean'))
        .as('score'),
    )
    .where('quote.purchase_id', '=', purchase)
    .orderBy('quote.price_fen')
    .orderBy('quote.id')
    .execute();
  return rows.map((row) => ({
    ...row,
    score: row.score === null ? undefined : Math.round(row.score * 10) / 10,
  }));
}

/** Who decides about what is over the budget: the director, never who asks. */
export async function decidersOf(
  { tx, now }: Pick<Work, 'tx' | 'now'>,
  setup: Pick<Setup, 'rules'>,
  askedBy: number,
): Promise<readonly number[]> {
  const org = await readOrganisation(tx, setup.rules.roles, now);
  return seatFor('director', askedBy, org)?.people ?? [];
}

/** Writes a quote down; the same supplier's newer one takes its place. */
export async function addQuote(
  work: Work,
  setup: Setup,
  person: number,
  id: number,
  quote: { readonly supplier: string; readonly price: number },
): Promise<Purchase | undefined> {
  const purchase = await purchaseFor(work, setup.rules, person, id);
  if (purchase?.state !== 'wanted') return purchase;
  const supplier = await supplierNamed(work, quote.supplier);
  const values = { price_fen: quote.price, person_id: person, at: work.now };
  await work.tx
    .insertInto('quote')
    .values({ purchase_id: id, supplier_id: supplier, ...values })
    .onConflict((at) => at.columns(['purchase_id', 'supplier_id']).doUpdateSet(values))
    .execute();
  await record(work, 'purchase.quoted', `item:${purchase.item_id}`, {
    after: { purchase: id, supplier, price: quote.price },
  });
  return set(work, purchase, {});
}

type Ordering = {
  readonly quote: number;
  readonly waiver?: string | undefined;
  readonly bargain?: string | undefined;
};

/**
 * Orders at one of the quotes. Refusals: too few quotes and no reason, near the budget and nothing bargained. Over the budget it waits for
 * the director, and is ordered by another tap once they agreed.
 */
export async function order(
  work: Work,
  setup: Setup,
  person: number,
  id: number,
  ordering: Ordering,
): Promise<Purchase | undefined> {
  const { rules } = setup;
  const purchase = await purchaseFor(work, rules, person, id);
  if (purchase?.state === 'agreed') return ordered(work, purchase, person);
  if (purchase?.state !== 'wanted') return purchase;
  const quotes = await quotesOf(work.tx, id);
  const quote = quotes.find((each) => each.id === ordering.quote);
  if (!quote) throw new Refusal('purchase.quote', words('请选择一个报价', 'Please choose a quote'));
  const check = orderCheck(rules.supplies, {
    quantity: purchase.quantity,
    budget: purchase.budget_fen,
    price: quote.price,
    quotes: quotes.length,
  });
  if (check.fewQuotes > 0 && !ordering.waiver)
    throw new Refusal(
      'purchase.quotes',
      words(
        `要有 ${rules.supplies.quotes} 家报价，还差 ${check.fewQuotes} 家；确实没有的，请写明原因`,
        `${rules.supplies.quotes} quotes are needed, ${check.fewQuotes} more; if there are none, say why`,
      ),
    );
  if (check.bargain && !ordering.bargain)
    throw new Refusal(
      'purchase.bargain',
      words(
        `价格超过预算的 ${Math.round(rules.supplies.bargainAbove * 100)}%，请写议价情况`,
        `The price is above ${Math.round(rules.supplies.bargainAbove * 100)}% of the budget: please note what was bargained`,
      ),
    );
  const chosen = {
    quote_id: quote.id,
    waiver: ordering.waiver ?? null,
    bargain: ordering.bargain ?? null,
    asked_by: person,
  };
  if (!check.over) return ordered(work, await set(work, purchase, chosen), person);
  const asking = await set(work, purchase, { ...chosen, state: 'asking' });
  for (const decider of await decidersOf(work, setup, person))
    await owePurchase(work, setup, asking, decider);
  return asking;
}

const ordered = (work: Work, purchase: Purchase, person: number): Promise<Purchase> =>
  set(work, purchase, { state: 'ordered', ordered_by: person, ordered_at: work.now });

/** What the director says of a price over the budget. Undefined: they are not asked. */
export async function decide(
  work: Work,
  setup: Setup,
  person: number,
  id: number,
  yes: boolean,
): Promise<Purchase | undefined> {
  const purchase = await lockPurchase(work.tx, id);
  const { asked_by: asker } = purchase ?? {};
  if (!purchase || asker == null) return undefined;
  if (!(await decidersOf(work, setup, asker)).includes(person)) {
    await record(work, 'refused.purchase', `item:${purchase.item_id}`, { after: { person } });
    return undefined;
  }
  if (purchase.state !== 'asking') return purchase;
  const now = await set(work, purchase, { state: yes ? 'agreed' : 'wanted', decided_by: person });
  await owePurchase(work, setup, now, asker);
  return now;
}

/** What came of an order is put down as a delivery, to be inspected. The delivery's id; undefined when nothing is awaited. */
export async function arrived(
  work: Work,
  setup: Setup,
  person: number,
  id: number,
): Promise<number | undefined> {
  const purchase = await purchaseFor(work, setup.rules, person, id);
  if (purchase?.state !== 'ordered' || purchase.quote_id === null) return undefined;
  const draft = await work.tx
    .selectFrom('receipt')
    .select('id')
    .where('purchase_id', '=', id)
    .where('state', '=', 'draft')
    .executeTakeFirst();
  if (draft) return draft.id;
  const quote = await work.tx
    .selectFrom('quote')
    .select(['price_fen', 'supplier_id'])
    .where('id', '=', purchase.quote_id)
    .executeTakeFirstOrThrow();
  const quantity = Math.max(0, purchase.quantity - (await cameOf(work.tx, id)));
  return draftReceipt(work, person, {
    item: purchase.item_id,
    purchase: id,
    quantity,
    value: Math.round(quote.price_fen * quantity),
    supplier: quote.supplier_id,
  });
}

/** Good units that came of a purchase so far. */
export async function cameOf(tx: Tx, purchase: number): Promise<number> {
  const { came } = await tx
    .selectFrom('receipt')
    .select((q) => q.fn.sum<number | null>('quantity').as('came'))
    .where('purchase_id', '=', purchase)
    .where('state', '=', 'in')
    .executeTakeFirstOrThrow();
  return came ?? 0;
}

/** After a delivery was taken in or shelved: all has come, all is in its place. What came short is still awaited. */
export async function followDelivery(work: Work, id: number): Promise<void> {
  const purchase = await lockPurchase(work.tx, id);
  if (!purchase) return;
  const allCame = (await cameOf(work.tx, id)) >= purchase.quantity;
  if (purchase.state === 'ordered' && allCame) {
    await set(work, purchase, { state: 'arrived' });
    return followDelivery(work, id);
  }
  if (purchase.state !== 'arrived') return;
  if (await isShelved(work.tx, id)) await set(work, purchase, { state: 'shelved' });
}

/** After something of a delivery was taken back: all that has not come is awaited again, what is not in its place is to be shelved. */
export async function standDelivery(work: Work, id: number): Promise<void> {
  const purchase = await lockPurchase(work.tx, id);
  if (!purchase || !['ordered', 'arrived', 'shelved'].includes(purchase.state)) return;
  const allCame = (await cameOf(work.tx, id)) >= purchase.quantity;
  const state = allCame ? ((await isShelved(work.tx, id)) ? 'shelved' : 'arrived') : 'ordered';
  if (state !== purchase.state) await set(work, purchase, { state });
}

/** Whether nothing of it waits to be put in its place. */
async function isShelved(tx: Tx, purchase: number): Promise<boolean> {
  const waiting = await tx
    .selectFrom('receipt')
    .select('id')
    .where('purchase_id', '=', purchase)
    .where('state', '=', 'in')
    .where('shelve_due', 'is not', null)
    .where('shelved_at', 'is', null)
    .executeTakeFirst();
  return waiting === undefined;
}

/** Taken off the list, or no more awaited. */
export async function dropPurchase(
  work: Work,
  setup: Setup,
  person: number,
  id: number,
): Promise<Purchase | undefined> {
  const purchase = await purchaseFor(work, setup.rules, person, id);
  if (!purchase || ['arrived', 'shelved', 'dropped'].includes(purchase.state)) return purchase;
  return set(work, purchase, { state: 'dropped' });
}

async function set(
  work: Work,
  purchase: Purchase,
  change: Partial<Omit<Purchase, 'id' | 'item_id' | 'why' | 'created_at'>>,
): Promise<Purchase> {
  const now = await work.tx
    .updateTable('purchase')
    .set({
      ...change,
      version: purchase.version + 1,
      closed_at: change.state === 'shelved' || change.state === 'dropped' ? work.now : null,
    })
    .where('id', '=', purchase.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  if (now.state !== purchase.state)
    await record(work, `purchase.${now.state}`, `item:${purchase.item_id}`, {
      before: { purchase: purchase.id, state: purchase.state },
      after: { purchase: purchase.id, state: now.state, quote: now.quote_id },
    });
  return now;
}

const owePurchase = (
  work: Work,
  setup: Setup,
  { id, version }: Purchase,
  person: number,
): Promise<boolean> =>
  owe(work, setup.jobs, person, PREFERRED, {
    what: `purchase:${id}:v${version}:p${person}`,
    view: { view: 'purchase', purchase: id },
    attention: true,
    priority: 3,
  });
