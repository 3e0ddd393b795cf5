import type { Block } from '../../../cards/card.ts';
import { words } from '../../../cards/words.ts';
import { text } from '../fields/plain.ts';
import type { FormOf } from '../fields.ts';
import { promiseOf } from '../../settings/rules.ts';
import { type Notice, NOTHING_TO_UNDO, requestKind } from '../kind.ts';
import { heardAs } from './heard.ts';
import { type Line, lines, lineText } from './lines.ts';
import { holdQuota } from './quota.ts';
import { prepareSupply } from './prepare.ts';
import { type LowItem, notRunLow, reorderLow } from './reorder.ts';
import { issueStock, itemsIn, releaseStock, reserveStock, takeBackIssue } from './stock.ts';

const form = {
  items: lines,
  purpose: text({
    label: words('用途', 'Purpose'),
    required: false,
    slot: 'purpose',
    longest: 200,
  }),
};
export type SupplyFields = typeof form;
type Form = FormOf<SupplyFields>;

/** 物资申领: promised at submission, handed over by the office, signed for by the requester. */
export const supply = requestKind({
  name: 'supply',
  title: words('物资申领', 'Supplies'),
  prefix: 'SUP',
  form,
  heardAs,
  example: '领两盒A4纸和5支黑色签字笔',
  exampleEn: 'two packs of A4 paper and 5 black pens please',
  amends: (draft, slots, at) => ({
    items: withLines(draft.items ?? [], lines.hears(slots, at) ?? []),
  }),
  takesOut: (draft, slots, at) => {
    const out = lines.hears(slots, at) ?? [];
    const left = draft.items?.filter((line) => !out.some((each) => isSame(each, line)));
    if (!left || left.length === draft.items?.length) return undefined;
    return { items: left.length > 0 ? left : undefined };
  },
  prepare: prepareSupply,
  measure: total,
  asksFor: ({ items }) => ({
    categories: items.flatMap(({ category }) => (category === undefined ? [] : [category])),
  }),
  tasks: (rules) => [
    {
      id: 'hand-over',
      title: words('发放', 'Hand over'),
      voice: 'office',
      within: promiseOf(rules, 'supply').finish,
      doneLabel: words('发放', 'Hand over'),
    },
    {
      id: 'receive',
      title: words('签收', 'Sign for it'),
      voice: 'requester',
      doneLabel: words('签收', 'Received'),
    },
  ],
  takes: ['file'],
  endsAs: 'done',
  effects: {
    submitted: ({ work }, { id, form: filled }) => reserveStock(work, id, filled.items),
    approved: ({ work, rules }, { id, requester, form: filled }) =>
      holdQuota(work.tx, rules, work.now, { person: requester, lines: filled.items, request: id }),
    released: ({ work }, { id, form: filled }) => releaseStock(work, id, filled.items),
    'done:hand-over': async ({ work, rules, tellRole }, { id, form: filled }) => {
      await issueStock(work, id, filled.items, filled.purpose);
      const items = await itemsIn(work.tx, filled.items);
      for (const item of items.length > 0 ? await reorderLow(work, rules, items) : [])
        await tellRole('office', lowNotice(item, work.now));
    },
  },
  undo: {
    approved: NOTHING_TO_UNDO,
    released: ({ work }, { id, form: filled }) => reserveStock(work, id, filled.items),
    'done:hand-over': async ({ work }, { id, form: filled }, at) => {
      await takeBackIssue(work, id, at);
      await notRunLow(work, await itemsIn(work.tx, filled.items), at);
    },
  },
  summary: (filled) => {
    const [first] = filled.items;
    const name = first ? lineText(first) : '';
    const more = filled.items.length - 1;
    return more > 0
      ? words(`${name} 等 ${filled.items.length} 种`, `${name} and ${more} more`)
      : words(name, name);
  },
  facts: (draft) => [
    ...(draft.purpose ? [{ label: form.purpose.label, value: draft.purpose }] : []),
    ...(draft.items
      ? [
          {
            label: words('合计', 'Total'),
            value: `¥${money(total({ items: draft.items, purpose: undefined }))}`,
            field: 'total',
          },
        ]
      : []),
  ],
  table: (draft) => (draft.items ? itemTable(draft.items) : undefined),
  ledger: (filled) => ({
    物品: filled.items.map(lineText).join('; '),
    合计: total(filled),
    用途: filled.purpose ?? '',
  }),
});

/** Told once each time an item falls below its mark. */
export const lowNotice = (item: LowItem, now: Temporal.Instant): Notice => ({
  key: `low:${item.id}:${now.toString()}`,
  text: words(
    `库存预警：「${item.name}」只剩 ${item.left} ${item.unit}，建议买 ${item.buy} ${item.unit}，已列入采购清单。说「采购清单」处理`,
    `Low stock: only ${item.left} of “${item.name}” left; ${item.buy} to buy are on the purchase list. Say “purchase list” to go on`,
  ),
});

/** The same thing, by its name or what the person called it. */
const isSame = (a: Line, b: Line): boolean =>
  [b.name, b.saidName ?? b.name].some((name) => a.name.includes(name) || name.includes(a.name));

/** A correction about things: the same thing gets the new count, another is added. */
function withLines(old: readonly Line[], said: readonly Line[]): readonly Line[] | undefined {
  const kept = old.map((each) => {
    const again = said.find((line) => isSame(line, each));
    return again ? { ...each, quantity: again.quantity } : each;
  });
  const all = [...kept, ...said.filter((line) => !old.some((each) => isSame(line, each)))];
  return all.length > 0 ? all : undefined;
}

/** Total price in yuan: what `upTo` bounds for supplies. Things to be bought have no price yet and count nothing. */
function total({ items }: Form): number {
  const fen = items.reduce(
    (sum, line) => sum + Math.round((line.price ?? 0) * 100) * line.quantity,
    0,
  );
  return Math.round(fen) / 100;
}

function itemTable(items: readonly Line[]): Block {
  return {
    block: 'table',
    columns: [
      { key: 'name', label: words('物品', 'Item') },
      { key: 'quantity', label: words('数量', 'Quantity'), align: 'right' },
      { key: 'price', label: words('单价', 'Price'), align: 'right' },
    ],
    rows: items.slice(0, 20).map((line) => ({
      name: line.purchase ? words(`${line.name}（采购）`, `${line.name} (to buy)`) : line.name,
      quantity: `${line.quantity} ${line.unit ?? ''}`.trim(),
      price: line.price === undefined ? '—' : `¥${money(line.price)}`,
    })),
  };
}

const money = (yuan: number): string => yuan.toFixed(2).replace(/\.00$/, '');
