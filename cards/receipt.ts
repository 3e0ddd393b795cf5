/** A delivery on a card: to be inspected, then as it stands in the ledger. Pure. */
import type { Block, Button, Card, Fact } from './card.ts';
import { eachText, yuanOf, yuanText } from './money.ts';
import { buttonRow } from './pages.ts';
import { undoButton } from './undo.ts';
import { type Words, words } from './words.ts';

export type ReceiptModel = {
  readonly id: number;
  readonly item: string;
  readonly unit: string;
  readonly state: 'draft' | 'in' | 'dropped';
  readonly quantity: number;
  readonly damaged: number;
  /** Fen for all good ones. */
  readonly value: number;
  readonly supplier: string | undefined;
  readonly score: number | undefined;
  /** Units in the store room now. */
  readonly onHand: number;
  /** When it is to be in its place, while it is not. */
  readonly shelveBy: Words | undefined;
  readonly shelved: boolean;
  readonly place: string | undefined;
  /** What the reader has just done with it may be taken back. */
  readonly mayUndo: boolean;
};

const button = ({ id }: ReceiptModel, label: Words, a: string, look: Button['look']): Button => ({
  label,
  look,
  value: { v: 1, a, l: `receipt:${id}` },
});

export function receiptCard(model: ReceiptModel): Card {
  const { item, unit, quantity, state } = model;
  const what = `${item} ${quantity} ${unit}`;
  const title = {
    draft: words('到货验收', 'A delivery to inspect'),
    in: words('已入库', 'In the store room'),
    dropped: words('没有入库', 'Not taken in'),
  }[state];
  return {
    title: words(`${title.zh}：${what}`, `${title.en}: ${what}`),
    color: state === 'draft' ? 'orange' : state === 'in' ? 'green' : 'grey',
    preview: words(`${title.zh}：${what}`, `${title.en}: ${what}`),
    blocks: [
      ...(state === 'draft'
        ? inspecting(model)
        : state === 'in'
          ? [{ block: 'facts' as const, facts: facts(model) }, ...shelving(model)]
          : [{ block: 'text' as const, text: words('库存没有变', 'Stock did not change') }]),
      ...(model.mayUndo
        ? buttonRow([undoButton({ v: 1, a: 'undo', l: `receipt:${model.id}` })])
        : []),
    ],
  };
}

const facts = (model: ReceiptModel): readonly Fact[] => [
  {
    label: words('入库', 'Came in'),
    value: `${model.quantity} ${model.unit} × ${eachText(model.value, model.quantity)} = ${yuanText(model.value)}`,
  },
  ...(model.damaged > 0
    ? [
        {
          label: words('破损', 'Damaged'),
          value: words(`${model.damaged} ${model.unit}，未入库`, `${model.damaged}, not taken in`),
        },
      ]
    : []),
  ...(model.supplier === undefined
    ? []
    : [
        {
          label: words('供应商', 'Supplier'),
          value: `${model.supplier}${model.score === undefined ? '' : ` · ${model.score}/5`}`,
        },
      ]),
  { label: words('现有', 'On hand'), value: `${model.onHand} ${model.unit}` },
];

function shelving(model: ReceiptModel): readonly Block[] {
  const where = model.place ?? '';
  if (model.shelved)
    return [{ block: 'text', look: 'quiet', text: words('已上架', 'In its place') }];
  if (!model.shelveBy) return [];
  return [
    {
      block: 'text',
      look: 'strong',
      text: words(
        `请在 ${model.shelveBy.zh} 前上架${where === '' ? '' : `（${where}）`}`,
        `Please shelve it by ${model.shelveBy.en}${where === '' ? '' : ` (${where})`}`,
      ),
    },
    {
      block: 'buttons',
      buttons: [button(model, words('已上架', 'Shelved'), 'shelved', 'primary')],
    },
  ];
}

const SCORES = ['5', '4', '3', '2', '1'] as const;

const inspecting = (model: ReceiptModel): readonly Block[] => [
  {
    block: 'text',
    text: words(
      `现有 ${model.onHand} ${model.unit}。请核对数量和价格，确认后入账`,
      `${model.onHand} on hand. Please check quantity and price; it counts once confirmed`,
    ),
  },
  {
    block: 'form',
    name: 'receipt',
    inputs: [
      {
        input: 'number',
        name: 'quantity',
        label: words(`完好数量（${model.unit}）`, 'Good ones'),
        value: String(model.quantity),
        required: true,
      },
      {
        input: 'number',
        name: 'damaged',
        label: words('破损数量', 'Damaged ones'),
        value: String(model.damaged),
      },
      {
        input: 'number',
        name: 'yuan',
        label: words('货款合计（元）', 'Price of the good ones, yuan'),
        value: yuanOf(model.value),
        required: true,
      },
      {
        input: 'text',
        name: 'supplier',
        label: words('供应商', 'Supplier'),
        lines: 'one',
        longest: 60,
        ...(model.supplier === undefined ? {} : { value: model.supplier }),
      },
      {
        input: 'select',
        name: 'score',
        label: words('给供应商打分', 'Score of the supplier'),
        options: SCORES.map((value) => ({ value, label: `${value}/5` })),
      },
    ],
    buttons: [
      button(model, words('确认入库', 'Take it in'), 'receive', 'primary'),
      button(model, words('没有到货', 'Nothing came'), 'receive-not', 'plain'),
    ],
  },
];
