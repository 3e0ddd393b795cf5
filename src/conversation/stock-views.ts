/** The store room's cards, as they stand in deliveries. */
import { z } from 'zod';
import { movedCard } from '../../cards/request.ts';
import type { Card } from '../../cards/card.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { Drawn } from '../delivery/delivery.ts';
import type { Person } from '../directory/people.ts';
import { writeTable } from '../exports/table.ts';
import { drawConsumption } from '../reports/consumption.ts';
import { isReader } from '../reports/owing.ts';
import type { Hearing } from '../requests/fields.ts';
import type { Rules } from '../settings/rules.ts';
import { LEDGER_COLUMNS, ledgerRows } from '../supplies/ledger-table.ts';
import { isKeeper } from '../supplies/office.ts';
import { readTake } from '../supplies/counting.ts';
import { drawTake } from '../supplies/take-view.ts';
import { drawPurchase, drawPurchases } from '../supplies/purchase-view.ts';
import { readPurchase } from '../supplies/purchasing.ts';
import { readLoan } from '../supplies/loans.ts';
import { drawLoan } from '../supplies/loan-view.ts';
import { drawPickUp } from '../supplies/pick-up.ts';
import { readReceipt } from '../supplies/receiving.ts';
import { drawReceipt, drawStock } from '../supplies/stock.ts';
import { type DeedSubject, mayTakeBack } from '../undo/deeds.ts';

export const stockViews = [
  z.object({ view: z.literal('stock'), items: z.array(z.number()) }),
  z.object({ view: z.literal('stock-ledger') }),
  z.object({ view: z.literal('receipt'), receipt: z.number() }),
  z.object({ view: z.literal('stock-take'), take: z.number() }),
  z.object({ view: z.literal('purchases'), first: z.number(), seen: z.number().optional() }),
  z.object({ view: z.literal('purchase'), purchase: z.number() }),
  z.object({ view: z.literal('loan'), loan: z.number() }),
  z.object({ view: z.literal('pick-up') }),
  z.object({ view: z.literal('consumption'), month: z.string() }),
] as const;
export type StockView = z.infer<(typeof stockViews)[number]>;

const NAMES: readonly string[] = stockViews.map(({ shape }) => shape.view.value);

export const isStockView = (view: { readonly view: string }): view is StockView =>
  NAMES.includes(view.view);

/** What departments used is for who keeps the store room, and for who gets the monthly report. */
export const mayReadUse = async (
  at: { readonly tx: Tx; readonly now: Temporal.Instant },
  rules: Rules,
  person: number,
): Promise<boolean> =>
  (await isKeeper(at, rules, person)) || isReader(at, rules, 'monthly', person);

/** Draws one of them for a person. All but the stock itself is for who keeps the store room when it arrives. */
export async function drawStockView(
  tx: Tx,
  view: StockView,
  reader: Person,
  rules: Rules,
  at: Hearing,
): Promise<Drawn | null> {
  const { language } = reader;
  if (view.view === 'stock') {
    const card = await drawStock(tx, view.items);
    return card ? { send: { card }, language } : null;
  }
  if (view.view === 'consumption') {
    const now = at.now.toInstant();
    if (!(await mayReadUse({ tx, now }, rules, reader.id))) return null;
    const month = Temporal.PlainYearMonth.from(view.month);
    return { send: { card: await drawConsumption(tx, rules, month, now) }, language };
  }
  if (view.view === 'loan') {
    const loan = await readLoan(tx, view.loan);
    const card = loan && (await drawLoan(tx, loan, reader.id, rules, at));
    if (!loan || !card) return null;
    return { send: { card }, subject: `loan:${loan.id}`, version: loan.version, language };
  }
  if (view.view === 'purchase') {
    const purchase = await readPurchase(tx, view.purchase);
    const now = at.now.toInstant();
    const card = purchase && (await drawPurchase(tx, purchase, reader.id, rules, now));
    if (!purchase || !card) return null;
    const subject = `purchase:${purchase.id}`;
    return { send: { card }, subject, version: purchase.version, language };
  }
  if (!(await isKeeper({ tx, now: at.now.toInstant() }, rules, reader.id))) return null;
  const mayUndo = (subject: DeedSubject, version: number): Promise<boolean> =>
    mayTakeBack(tx, { person: reader.id, subject, version }, at.now.toInstant(), rules.undoSeconds);
  switch (view.view) {
    case 'stock-ledger': {
      const day = at.now.toPlainDate().toString();
      const columns = LEDGER_COLUMNS.map((title) => ({ key: title, title }));
      const bytes = await writeTable(columns, await ledgerRows(tx, rules.timeZone), 'xlsx');
      return { send: { file: { name: `库存台账-${day}.xlsx`, bytes } }, language };
    }
    case 'receipt': {
      const receipt = await readReceipt(tx, view.receipt);
      if (!receipt) return null;
      const subject = `receipt:${receipt.id}` as const;
      const card = await drawReceipt(tx, receipt, at, await mayUndo(subject, receipt.version));
      return { send: { card }, subject, version: receipt.version, language };
    }
    case 'pick-up':
      return { send: { card: await drawPickUp(tx, at) }, language };
    case 'purchases':
      return { send: { card: await drawPurchases(tx, view) }, language };
    case 'stock-take': {
      const take = await readTake(tx, view.take);
      if (!take) return null;
      const subject = `take:${take.id}` as const;
      const card = await drawTake(tx, take, reader.id, await mayUndo(subject, take.version));
      return { send: { card }, subject, version: take.version, language };
    }
    default:
      return view satisfies never;
  }
}

const MOVED: { readonly [sort: string]: Words } = {
  receipt: words('到货验收', 'A delivery'),
  take: words('盘点', 'A stock-take'),
  purchase: words('采购', 'A purchase'),
  loan: words('借用', 'A loan'),
};

/** The old card of what is now shown further down. */
export const movedStock = (sort: string): Card | undefined => MOVED[sort] && movedCard(MOVED[sort]);
