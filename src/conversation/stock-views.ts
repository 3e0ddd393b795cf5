/** The store room's cards, as they stand in deliveries. */
import { z } from 'zod';
import { movedCard } from '../../cards/request.ts';
import type { Card } from '../../cards/card.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { Drawn } from '../delivery/delivery.ts';
import type { Person } from '../directory/people.ts';
import { writeTable } from '../exports/table.ts';
import type { Hearing } from '../requests/fields.ts';
import type { Rules } from '../settings/rules.ts';
import { LEDGER_COLUMNS, ledgerRows } from '../supplies/ledger-table.ts';
import { isKeeper } from '../supplies/office.ts';
import { readTake } from '../supplies/counting.ts';
import { drawTake } from '../supplies/take-view.ts';
import { readReceipt } from '../supplies/receiving.ts';
import { drawReceipt, drawStock } from '../supplies/stock.ts';

export const stockViews = [
  z.object({ view: z.literal('stock'), items: z.array(z.number()) }),
  z.object({ view: z.literal('stock-ledger') }),
  z.object({ view: z.literal('receipt'), receipt: z.number() }),
  z.object({ view: z.literal('stock-take'), take: z.number() }),
] as const;
export type StockView = z.infer<(typeof stockViews)[number]>;

const NAMES: readonly string[] = stockViews.map(({ shape }) => shape.view.value);

export const isStockView = (view: { readonly view: string }): view is StockView =>
  NAMES.includes(view.view);

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
  if (!(await isKeeper({ tx, now: at.now.toInstant() }, rules, reader.id))) return null;
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
      const card = await drawReceipt(tx, receipt, at);
      const subject = `receipt:${receipt.id}`;
      return { send: { card }, subject, version: receipt.version, language };
    }
    case 'stock-take': {
      const take = await readTake(tx, view.take);
      if (!take) return null;
      const card = await drawTake(tx, take, reader.id);
      return { send: { card }, subject: `take:${take.id}`, version: take.version, language };
    }
    default:
      return view satisfies never;
  }
}

const MOVED: { readonly [sort: string]: Words } = {
  receipt: words('到货验收', 'A delivery'),
  take: words('盘点', 'A stock-take'),
};

/** The old card of what is now shown further down. */
export const movedStock = (sort: string): Card | undefined => MOVED[sort] && movedCard(MOVED[sort]);
