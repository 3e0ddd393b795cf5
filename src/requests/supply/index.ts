import type { Block } from '../../../cards/card.ts';
import { words } from '../../../cards/words.ts';
import { text } from '../fields/plain.ts';
import type { FormOf } from '../fields.ts';
import { promiseOf } from '../../settings/rules.ts';
import { type Effects, factsOf, type Filed, type Notice, requestKind } from '../kind.ts';
import { departmentsOf, seatFor } from '../../workflow/routing.ts';
import { free, promise, promiseAgain, spend, supplyBudget, usedOf } from './budget.ts';
import { heardAs } from './heard.ts';
import { fenOf, type Line, lines, lineText } from './lines.ts';
import { holdQuota } from './quota.ts';
import { budgetFor, prepareSupply } from './prepare.ts';
import { type LowItem, notRunLow, reorderLow } from './reorder.ts';
import { issueStock, itemsIn, releaseStock, reserveStock, takeBackIssue } from './stock.ts';
import { bringText, oldOnes, oldOnesIn, tradeInsOf } from './trade-in.ts';

const form = {
  items: lines,
  purpose: text({
    label: words('用途', 'Purpose'),
    required: false,
    slot: 'purpose',
    longest: 200,
  }),
  reason: text({
    label: words('多领原因', 'Why more than usual'),
    hint: words('以旧换新的物品超出应领才写', 'Only for more than is due without the old one'),
    required: false,
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
  budget: async (asking) => {
    const budget = await budgetFor(asking, asking.person);
    if (!budget) return undefined;
    const used = await usedOf(asking.tx, budget, asking.changes);
    const { per } = asking.rules.supplies.budget;
    return { department: budget.department, spent: used / 100, yuan: budget.limit / 100, per };
  },
  asksFor: ({ items }) => ({
    categories: items.flatMap(({ category }) => (category === undefined ? [] : [category])),
  }),
  tasks: (rules, { items = [] }) => [
    {
      id: 'hand-over',
      title: words('发放', 'Hand over'),
      voice: 'office',
      within: promiseOf(rules, 'supply').finish,
      doneLabel: words('发放', 'Hand over'),
      ...(tradeInsOf(items).length > 0 ? { fields: oldOnes(tradeInsOf(items)) } : {}),
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
    approved: async (effects, request) => {
      const { work, rules } = effects;
      const { id, requester, form: filled } = request;
      const asked = { person: requester, lines: filled.items, request: id };
      await holdQuota(work.tx, rules, work.now, asked);
      await promiseBudget(effects, request);
    },
    released: async ({ work }, { id, form: filled }) => {
      await releaseStock(work, id, filled.items);
      await free(work, id);
    },
    'done:hand-over': async (effects, { id, requester, form: filled, outcome }) => {
      const { work, rules, tellRole } = effects;
      const olds = oldOnesIn(tradeInsOf(filled.items), outcome['hand-over'] ?? {});
      const cost = await issueStock(work, id, filled.items, olds, filled.purpose);
      await spend(work, id, cost, budgetNow(effects, requester));
      const items = await itemsIn(work.tx, filled.items);
      for (const item of items.length > 0 ? await reorderLow(work, rules, items) : [])
        await tellRole('office', lowNotice(item, work.now));
    },
  },
  undo: {
    approved: ({ work }, { id }) => free(work, id),
    // The budget may be another's by now: then it stays taken back.
    released: async (effects, request) => {
      await reserveStock(effects.work, request.id, request.form.items);
      if (request.state === 'working') await promiseBudget(effects, request);
    },
    'done:hand-over': async ({ work }, { id, form: filled }, at) => {
      await takeBackIssue(work, id, at);
      await promiseAgain(work, id, fenOf(filled.items));
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
    ...(draft.reason ? [{ label: form.reason.label, value: draft.reason, field: 'reason' }] : []),
    ...(tradeInsOf(draft.items ?? []).length > 0
      ? [
          {
            label: words('以旧换新', 'Trade-in'),
            value: bringText(tradeInsOf(draft.items ?? [])),
          },
        ]
      : []),
    ...(draft.items
      ? [
          {
            label: words('合计', 'Total'),
            value: `¥${money(fenOf(draft.items) / 100)}`,
            field: 'total',
          },
        ]
      : []),
  ],
  table: (draft) => (draft.items ? itemTable(draft.items) : undefined),
  extra: ({ form: { items }, outcome }, at): readonly Block[] => {
    const facts = factsOf(oldOnes(tradeInsOf(items)), outcome['hand-over'] ?? {}, at);
    return facts.length > 0 ? [{ block: 'facts', facts }] : [];
  },
  ledger: (filled) => ({
    物品: filled.items.map(lineText).join('; '),
    合计: total(filled),
    用途: filled.purpose ?? '',
    多领原因: filled.reason ?? '',
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

/** Total price in yuan: what `upTo` bounds for supplies. */
function total({ items }: Form): number {
  return fenOf(items) / 100;
}

/** The budget that counts for a person now. */
const budgetNow = ({ work, rules, org }: Effects, person: number) =>
  supplyBudget(
    rules,
    departmentsOf(person, org),
    work.now.toZonedDateTimeISO(rules.timeZone).toPlainDate(),
  );

/** Takes it out of the department's budget: within its bound, unless it is soft or whoever lets more through has approved it. */
async function promiseBudget(
  effects: Effects,
  { id, requester, form: filled, approvedBy }: Filed<Form>,
): Promise<void> {
  const { work, rules, org } = effects;
  const budget = budgetNow(effects, requester);
  if (!budget) return;
  const { hold, beyond } = rules.supplies.budget;
  const higher = seatFor(beyond, requester, org)?.people ?? [];
  const most = hold === 'hard' && !approvedBy.some((person) => higher.includes(person));
  await promise(work, rules, budget, { request: id, fen: fenOf(filled.items), most });
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
