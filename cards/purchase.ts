/** The purchase list, and one purchase with its quotes. Pure. */
import { beginning } from './clean.ts';
import type { Block, Button, Card, Fact } from './card.ts';
import { yuanText } from './money.ts';
import { buttonRow, type Page, pageButtons, pageText } from './pages.ts';
import { type Words, words } from './words.ts';

export type PurchaseState =
  | 'wanted'
  | 'asking'
  | 'agreed'
  | 'ordered'
  | 'arrived'
  | 'shelved'
  | 'dropped';

/** How a purchase stands. */
export const PURCHASE_STATE: {
  readonly [state in PurchaseState]: { readonly name: Words; readonly color: Card['color'] };
} = {
  wanted: { name: words('待询价', 'To be quoted'), color: 'orange' },
  asking: { name: words('超预算，待主任审批', 'Over budget, asking'), color: 'orange' },
  agreed: { name: words('已批准，待下单', 'Agreed, to be ordered'), color: 'blue' },
  ordered: { name: words('已下单', 'Ordered'), color: 'blue' },
  arrived: { name: words('已到货，待上架', 'Arrived, to be shelved'), color: 'blue' },
  shelved: { name: words('已完成', 'Done'), color: 'green' },
  dropped: { name: words('不买了', 'Dropped'), color: 'grey' },
};

export type PurchaseLine = {
  readonly id: number;
  readonly item: string;
  readonly unit: string;
  readonly quantity: number;
  readonly state: PurchaseState;
  readonly quotes: number;
  readonly low: boolean;
};

/** Purchases on one card. */
export const PURCHASES = 8;

export function purchasesCard(lines: readonly PurchaseLine[], page: Page): Card {
  const told =
    page.total === 0
      ? words('没有要买的东西', 'Nothing is to be bought')
      : words(`${page.total} 样要买或在途`, `${page.total} to buy or on the way`);
  const place = pageText(page, lines.length);
  return {
    title: words('采购清单', 'Purchase list'),
    ...(place ? { subtitle: place } : {}),
    color: page.total === 0 ? 'grey' : 'blue',
    preview: told,
    blocks: [
      { block: 'text', look: 'strong', text: told },
      ...lines.flatMap((line): readonly Block[] => [
        {
          block: 'text',
          text: words(
            `${line.item} ${line.quantity} ${line.unit} · ${PURCHASE_STATE[line.state].name.zh} · 报价 ${line.quotes} 家${line.low ? ' · 库存不足' : ''}`,
            `${line.quantity} of ${line.item} · ${PURCHASE_STATE[line.state].name.en} · ${line.quotes} quotes${line.low ? ' · low' : ''}`,
          ),
        },
        {
          block: 'buttons',
          buttons: [
            {
              label: words(
                beginning(`办理：${line.item}`, 20),
                beginning(`Open: ${line.item}`, 20),
              ),
              look: 'plain',
              value: { v: 1, a: 'purchase-show', l: `purchase:${line.id}` },
            },
          ],
        },
      ]),
      {
        block: 'text',
        look: 'quiet',
        text: words(
          '要加一样，说「采购清单加 A4纸 50包」；低于预警线的会自己列上来',
          'Say “purchase list add 50 A4 paper” to add something; what runs low comes by itself',
        ),
      },
      ...buttonRow(
        pageButtons(page, lines.length, PURCHASES, (f) => ({
          v: 1,
          a: 'purchases',
          f,
          n: page.total,
        })),
      ),
    ],
  };
}

export type PurchaseModel = Omit<PurchaseLine, 'quotes'> & {
  /** Fen. */
  readonly budget: number;
  readonly came: number;
  /** The cheapest first; fen a unit. */
  readonly quotes: readonly {
    readonly id: number;
    readonly supplier: string;
    readonly price: number;
    readonly score: number | undefined;
  }[];
  readonly chosen: { readonly supplier: string; readonly total: number } | undefined;
  readonly waiver: string | undefined;
  readonly bargain: string | undefined;
  readonly needs: { readonly quotes: number; readonly bargainAbove: number };
  readonly reader: 'keeper' | 'decider';
};

const button = ({ id }: PurchaseModel, label: Words, a: string, look: Button['look']): Button => ({
  label,
  look,
  value: { v: 1, a, l: `purchase:${id}` },
});

/** Quotes shown and offered; more nobody compares on a phone. */
const MOST_QUOTES = 10;

export function purchaseCard(model: PurchaseModel): Card {
  const { item, unit, quantity, state } = model;
  const { name, color } = PURCHASE_STATE[state];
  const what = words(`采购：${item} ${quantity} ${unit}`, `Buy ${quantity} of ${item}`);
  return {
    title: what,
    color,
    tags: [{ text: name, color }],
    preview: words(`${what.zh} ${name.zh}`, `${what.en}: ${name.en}`),
    blocks: [
      { block: 'facts', facts: facts(model) },
      ...quoteTable(model),
      ...(model.reader === 'keeper' ? keeping(model) : deciding(model)),
    ],
  };
}

const facts = (model: PurchaseModel): readonly Fact[] => [
  { label: words('预算', 'Budget'), value: yuanText(model.budget) },
  ...(model.chosen
    ? [
        {
          label: words('选定', 'Chosen'),
          value: `${model.chosen.supplier} ${yuanText(model.chosen.total)}`,
        },
      ]
    : []),
  ...(model.chosen && model.chosen.total > model.budget
    ? [
        {
          label: words('超预算', 'Over budget'),
          value: yuanText(model.chosen.total - model.budget),
        },
      ]
    : []),
  ...(model.waiver
    ? [{ label: words('报价不足的原因', 'Why so few quotes'), value: model.waiver }]
    : []),
  ...(model.bargain ? [{ label: words('议价', 'Bargained'), value: model.bargain }] : []),
  ...(model.came > 0
    ? [{ label: words('已到', 'Came'), value: `${model.came}/${model.quantity} ${model.unit}` }]
    : []),
];

const quoteTable = ({ quotes, quantity }: PurchaseModel): readonly Block[] =>
  quotes.length === 0
    ? []
    : [
        {
          block: 'table',
          columns: [
            { key: 'supplier', label: words('供应商', 'Supplier') },
            { key: 'price', label: words('单价', 'Price'), align: 'right' },
            { key: 'total', label: words('合计', 'Total'), align: 'right' },
            { key: 'score', label: words('评分', 'Score'), align: 'right' },
          ],
          rows: quotes.slice(0, MOST_QUOTES).map(({ supplier, price, score }) => ({
            supplier,
            price: yuanText(price),
            total: yuanText(Math.round(price * quantity)),
            score: score === undefined ? '—' : String(score),
          })),
        },
      ];

function keeping(model: PurchaseModel): readonly Block[] {
  switch (model.state) {
    case 'wanted':
      return [quoting(model), ...(model.quotes.length > 0 ? [ordering(model)] : [])];
    case 'agreed':
      return buttonRow([
        button(model, words('下单', 'Order'), 'purchase-order', 'primary'),
        button(model, words('不买了', 'Drop it'), 'purchase-drop', 'danger'),
      ]);
    case 'ordered':
      return buttonRow([
        button(model, words('到货验收', 'It came'), 'purchase-came', 'primary'),
        button(model, words('不买了', 'Drop it'), 'purchase-drop', 'danger'),
      ]);
    case 'asking':
    case 'arrived':
    case 'shelved':
    case 'dropped':
      return [];
    default:
      return model.state satisfies never;
  }
}

const quoting = (model: PurchaseModel): Block => ({
  block: 'form',
  name: 'quote',
  inputs: [
    {
      input: 'text',
      name: 'supplier',
      label: words('供应商', 'Supplier'),
      lines: 'one',
      longest: 60,
    },
    {
      input: 'number',
      name: 'price',
      label: words(`单价（元/${model.unit}）`, 'Price, yuan each'),
    },
  ],
  buttons: [
    button(model, words('加报价', 'Add a quote'), 'purchase-quote', 'plain'),
    button(model, words('不买了', 'Drop it'), 'purchase-drop', 'danger'),
  ],
});

const ordering = (model: PurchaseModel): Block => ({
  block: 'form',
  name: 'order',
  inputs: [
    {
      input: 'select',
      name: 'quote',
      label: words('选哪家', 'Which one'),
      options: model.quotes.slice(0, MOST_QUOTES).map(({ id, supplier, price }) => ({
        value: String(id),
        label: `${supplier} ${yuanText(price)}`,
      })),
      ...(model.quotes[0] ? { value: String(model.quotes[0].id) } : {}),
    },
    ...(model.quotes.length < model.needs.quotes
      ? [
          {
            input: 'text' as const,
            name: 'waiver',
            label: words(
              `报价不足 ${model.needs.quotes} 家的原因`,
              `Why fewer than ${model.needs.quotes} quotes`,
            ),
            lines: 'one' as const,
            longest: 200,
          },
        ]
      : []),
    {
      input: 'text',
      name: 'bargain',
      label: words(
        `议价情况（超过预算 ${Math.round(model.needs.bargainAbove * 100)}% 必填）`,
        `Bargained (needed above ${Math.round(model.needs.bargainAbove * 100)}% of the budget)`,
      ),
      lines: 'one',
      longest: 200,
    },
  ],
  buttons: [button(model, words('下单', 'Order'), 'purchase-order', 'primary')],
});

const deciding = (model: PurchaseModel): readonly Block[] =>
  model.state === 'asking'
    ? buttonRow([
        button(model, words('同意超预算', 'Agree'), 'purchase-yes', 'primary'),
        button(model, words('不同意', 'Refuse'), 'purchase-no', 'danger'),
      ])
    : [];
